package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Rules about audits and their findings.
const (
	AuditMissing         = "VG-AUD-001"
	PentestMissing       = "VG-AUD-002"
	DocumentationMissing = "VG-AUD-003"
	FindingsOpen         = "VG-AUD-004"
)

func auditRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: AuditMissing, Title: "no current independent audit covers the service", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    auditMissing, Deadlines: auditEnds, Documents: auditReport,
		},
		{
			RuleInfo: policy.RuleInfo{ID: PentestMissing, Title: "no current independent penetration test covers the service", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    pentestMissing, Deadlines: pentestEnds, Documents: pentestSummary,
		},
		{
			RuleInfo: policy.RuleInfo{ID: DocumentationMissing, Title: "security documentation is missing, or a report was refused", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    documentationMissing, Documents: documentationLinks, Public: TitleOnly,
		},
		{
			RuleInfo: policy.RuleInfo{ID: FindingsOpen, Title: "an assessment has a qualified opinion or unresolved findings", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    findingsOpen, Deadlines: fixesDue, Documents: openFindings, Public: TitleOnly,
		},
	}
}

// auditMissing implements VG-AUD-001.
func auditMissing(u *Subject) []Fault {
	return u.requireAssessment("independent audit", u.ownerMust("ask the vendor for the next report or a bridge letter."), vocab.IndependentAssessments(), u.notCovered)
}

// auditEnds returns the last day of the best independent audit.
func auditEnds(u *Subject) []Deadline {
	return u.assessmentEnds(AuditMissing, "independent audit", "Ask the vendor for the next report or a bridge letter.", vocab.IndependentAssessments(), u.notCovered)
}

// auditReport asks for the report.
func auditReport(u *Subject) []string {
	return u.limitedTerm("assessment_max_age", "The report or certificate of an independent audit that covers the service ("+strings.Join(vocab.IndependentAssessments(), ", ")+"), no older than %s.")
}

// pentestMissing implements VG-AUD-002.
func pentestMissing(u *Subject) []Fault {
	return u.requireAssessment("independent penetration test", u.ownerMust("ask the vendor for the summary of a new test."), []string{"pentest"}, u.notIndependent)
}

// notIndependent explains why a penetration test is not an independent test of the service in use; empty if it is.
func (u *Subject) notIndependent(a *attr.Record) string {
	if !a.Get("independent").True() {
		return "is not independent"
	}
	return u.notCovered(a)
}

// pentestEnds returns the last day of the best penetration test.
func pentestEnds(u *Subject) []Deadline {
	return u.assessmentEnds(PentestMissing, "independent penetration test", "Ask the vendor for the summary of a new test.", []string{"pentest"}, u.notIndependent)
}

// pentestSummary asks for the summary of the test.
func pentestSummary(u *Subject) []string {
	return u.limitedTerm("pentest_max_age", "The summary of an independent penetration test of the service, no older than %s.")
}

// bestAssessment returns the assessment of the given types that is valid longest, leaving out those for which unfit gives a reason;
// nil if there is none.
func (u *Subject) bestAssessment(types []string, unfit func(*attr.Record) string) (best validity, paper *attr.Record) {
	for _, a := range u.Attr("assessments").Records {
		if !slices.Contains(types, a.Get("type").Text) || unfit(a) != "" {
			continue
		}
		if s := u.validity(a); s.Through.After(best.Through) {
			best, paper = s, a
		}
	}
	return best, paper
}

// assessmentEnds returns the last day of the best assessment of the given types.
func (u *Subject) assessmentEnds(rule, what, do string, types []string, unfit func(*attr.Record) string) []Deadline {
	best, paper := u.bestAssessment(types, unfit)
	if paper == nil {
		return nil
	}
	kind := inventory.Assessment
	switch {
	case rule == PentestMissing:
		kind = inventory.Pentest
	case paper.Get("certified_on").Known():
		kind = inventory.Certificate
	}
	id := paper.Get("id").Text
	d := Deadline{
		LastDay: u.validityEnd(best), Rule: rule, Kind: kind, Item: id, Path: "assessments[" + id + "]." + best.by, At: paper.Get(best.by),
		What: fmt.Sprintf("the %s (%s)", what, id), Who: u.Policy.Owner(), Do: do,
	}
	if best.by == "surveillance" {
		d.What += ", which needs a surveillance audit"
		d.Do = "Ask the vendor for the result of the next surveillance audit, and add its date to surveillance."
	}
	return []Deadline{d}
}

// maxAssessments is how many assessments a message names.
const maxAssessments = 5

// requireAssessment reports a fault if no assessment of the given types is valid today, and a warning if the best one expires
// soon. It leaves out assessments for which unfit gives a reason.
func (u *Subject) requireAssessment(what, hint string, types []string, unfit func(*attr.Record) string) []Fault {
	f := Fault{Pos: u.ID.Pos, Message: fmt.Sprintf("no current %s covers %q as it is used here", what, u.ID.Value)}
	best, _ := u.bestAssessment(types, unfit)
	var reasons []string
	for _, a := range u.Attr("assessments").Records {
		if !slices.Contains(types, a.Get("type").Text) {
			continue
		}
		id, why, s := a.Get("id"), unfit(a), u.validity(a)
		if len(f.Related) < maxAssessments {
			f.Related = append(f.Related, diag.Related{Pos: id.Pos, Message: "an assessment on record"})
		}
		if text := u.notValidToday(s); text != "" {
			why = strings.TrimPrefix(why+", and "+text, ", and ")
		}
		if why != "" {
			reasons = append(reasons, id.Text+" "+why)
		}
	}
	if len(f.Related) == 0 {
		f.Message = fmt.Sprintf("the record of %q has no current %s", u.ID.Value, what)
		f.Related = []diag.Related{u.relatedTo("assessments", "the assessments on record")}
	}
	f.Hint = hint
	switch d := u.validityEnd(best); {
	case best.Through.IsZero():
	case d.Near:
		f.MaxSeverity, f.Day = diag.Warning, d
		f.Message = fmt.Sprintf("the %s of %q is valid through %s (%s)", what, u.ID.Value, d.Date, d.Ago())
		return []Fault{f}
	case !d.Past:
		return nil
	default:
		f.Lapsed, f.Day, f.Grace = true, d, best.grace
	}
	if len(reasons) > maxAssessments {
		reasons = append(reasons[:maxAssessments:maxAssessments], fmt.Sprintf("and %d more", len(reasons)-maxAssessments))
	}
	if len(reasons) > 0 {
		f.Message += ": " + strings.Join(reasons, "; ")
	}
	return []Fault{f}
}

// notValidToday explains why an assessment is not valid today; empty if it is.
func (u *Subject) notValidToday(s validity) string {
	switch d := u.validityEnd(s); {
	case s.Through.IsZero():
		return s.why
	case d.Past:
		return fmt.Sprintf("was valid through %s (%s)", d.Date, d.aside(s.why))
	default:
		return ""
	}
}

// documentationMissing implements VG-AUD-003. A missing link is a fault rather than unknown, because anyone can look it up.
func documentationMissing(u *Subject) []Fault {
	w := u.shortfalls(DocumentationMissing)
	for _, page := range []struct{ path, what string }{{"links.docs", "API documentation"}, {"links.auth_docs", "authentication documentation"}} {
		if !u.Attr(page.path).Known() {
			w.add(page.path, "no %s", page.what)
		}
	}
	if !u.Attr("links.security").Known() && !u.Attr("links.trust_center").Known() {
		w.add("links.security", "no security page or trust centre")
	}
	for _, a := range u.Attr("assessments").Records {
		if shared := a.Get("shared"); shared.Text == "refused" {
			w.reasons = append(w.reasons, "the vendor refused to share "+a.Get("id").Text)
			w.related = append(w.related, diag.Related{Pos: shared.Pos, Message: "the refusal"})
		}
	}
	return w.fault(u.about("the security documentation of %q is incomplete"), u.ownerMust("ask the vendor in writing, and record the links or the refusal."))
}

// documentationLinks asks for the pages that the vendor must publish.
func documentationLinks(*Subject) []string {
	return []string{"Links to the documentation of the API and of its authentication, and to a security page or trust centre."}
}

// openFindings asks for the auditor's opinion and the open findings.
func openFindings(*Subject) []string {
	return []string{"The auditor's opinion, and the number of open findings by severity, with the date by which each will be fixed."}
}

// findingsOpen implements VG-AUD-004. It looks only at the latest assessment of each type.
func findingsOpen(u *Subject) []Fault {
	var out []Fault
	due := fixesDue(u)
	for _, a := range u.latestAssessments() {
		id, opinion := a.Get("id"), a.Get("opinion")
		if opinion.Known() && opinion.Text != "unqualified" {
			f := Fault{
				Pos: u.ID.Pos, Key: id.Text + ":opinion", Related: []diag.Related{{Pos: opinion.Pos, Message: "the opinion"}},
				Message: fmt.Sprintf("assessment %s of %q has the opinion %q", id.Text, u.ID.Value, opinion.Text),
				Hint:    u.ownerMust("read the auditor's objections and add a condition with a due date."),
			}
			if opinion.Text == "qualified" && u.Tier > 1 {
				f.MaxSeverity = diag.Warning
			}
			out = append(out, f)
		}
		out = append(out, u.open(a, due)...)
	}
	return out
}

// latestAssessments returns the latest assessment of each type.
func (u *Subject) latestAssessments() []*attr.Record {
	latest := map[string]scalar.Date{} // by type
	all := u.Attr("assessments").Records
	for _, a := range all {
		if last := a.Get(lastDay(a)).Day; last.After(latest[a.Get("type").Text]) {
			latest[a.Get("type").Text] = last
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(a *attr.Record) bool { return a.Get(lastDay(a)).Day.Before(latest[a.Get("type").Text]) })
}

// fixesDue returns the last days for fixing critical and high findings: the limit of the policy, or of the vendor if that is
// shorter.
func fixesDue(u *Subject) []Deadline {
	var out []Deadline
	for _, a := range u.latestAssessments() {
		from, id := a.Get(lastDay(a)), a.Get("id").Text
		for _, severity := range []string{"critical", "high"} {
			open := a.Get("findings_open." + severity)
			limit, set := u.fixLimit(severity)
			if !set || !from.Known() || open.Int <= 0 {
				continue
			}
			out = append(out, Deadline{
				LastDay: u.LastDay(from.Day.Plus(limit.Value), "warn_before_lapse"), Rule: FindingsOpen, Kind: inventory.Fix, Item: id + ":" + severity,
				Path: "assessments[" + id + "].findings_open." + severity, At: open, What: fmt.Sprintf("the time to fix the open %s findings of %s", severity, id),
				Who: u.Policy.Owner(), Do: "Ask the vendor for the fix, and update findings_open.",
			})
		}
	}
	return out
}

func (u *Subject) fixLimit(severity string) (limit diag.At[scalar.Period], set bool) {
	limit, set = u.Limit("patch_" + severity)
	if own := u.Attr("vulnerability_management.patch_sla." + severity); own.Known() && own.Span.Compare(limit.Value) < 0 {
		limit = diag.At[scalar.Period]{Value: own.Span, Pos: own.Pos}
	}
	return limit, set
}

// open reports critical and high findings that are open longer than the limit for patches.
func (u *Subject) open(a *attr.Record, due []Deadline) []Fault {
	id := a.Get("id").Text
	w := u.shortfalls(FindingsOpen)
	for _, severity := range []string{"critical", "high"} {
		for _, d := range due {
			if d.Item != id+":"+severity || !d.Past {
				continue
			}
			limit, _ := u.fixLimit(severity)
			w.reasons = append(w.reasons, fmt.Sprintf("%d %s, due to be fixed by %s", d.At.Int, severity, d.Date))
			w.related = append(w.related, diag.Related{Pos: d.At.Pos, Message: "in the record"}, diag.Related{Pos: limit.Pos, Message: "the time for a fix"})
		}
	}
	return withLimit(diag.Off, id+":open", w.fault(fmt.Sprintf("assessment %s of %q has unresolved findings", id, u.ID.Value), u.ownerMust("ask the vendor for a plan to fix them, and add a condition with a due date.")))
}

// lastDay names the attribute that dates an assessment.
func lastDay(a *attr.Record) string {
	for _, path := range []string{"performed.end", "period.end"} {
		if a.Get(path).Known() {
			return path
		}
	}
	return "issued"
}
