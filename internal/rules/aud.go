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
			RuleInfo: policy.RuleInfo{ID: FindingsOpen, Title: "an auditor's reservation, or findings that stay open", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    findingsOpen, Deadlines: fixesDue, Documents: openFindings, Public: TitleOnly,
		},
	}
}

// auditMissing: VG-AUD-001.
func auditMissing(u *Subject) []Fault {
	return u.requireAssessment("independent audit", "Ask for the next report, or for a bridge letter", vocab.IndependentAssessments(), u.notCovered)
}

// auditEnds is the last day on which an independent audit counts.
func auditEnds(u *Subject) []Deadline {
	return u.assessmentEnds(AuditMissing, "independent audit", "Ask for the next report, or for a bridge letter.", vocab.IndependentAssessments(), u.notCovered)
}

// auditReport is the report itself.
func auditReport(u *Subject) []string {
	return u.limitedTerm("assessment_max_age", "The report or certificate of an independent audit that covers the service ("+strings.Join(vocab.IndependentAssessments(), ", ")+"), not older than %s.")
}

// pentestMissing: VG-AUD-002.
func pentestMissing(u *Subject) []Fault {
	return u.requireAssessment("independent penetration test", "Ask for the summary of a new one", []string{"pentest"}, u.notIndependent)
}

// independent says why a penetration test does not count as independent for the service in use; empty if it does.
func (u *Subject) notIndependent(a *attr.Record) string {
	if !a.Get("independent").True() {
		return "is not independent"
	}
	return u.notCovered(a)
}

// pentestEnds is the last day on which a penetration test counts.
func pentestEnds(u *Subject) []Deadline {
	return u.assessmentEnds(PentestMissing, "independent penetration test", "Ask for the summary of a new one.", []string{"pentest"}, u.notIndependent)
}

// pentestSummary is the summary of the test.
func pentestSummary(u *Subject) []string {
	return u.limitedTerm("pentest_max_age", "The summary of a penetration test of the service by somebody independent, not older than %s.")
}

// bestAssessment is the assessment of some types that counts longest, among those that unfit has nothing against; nil if there is none.
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

// assessmentEnds is the last day of the best assessment of some types.
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
	id, from := paper.Get("id").Text, lastDay(paper)
	if paper.Get("expires").Known() {
		from = "expires"
	}
	return []Deadline{{
		LastDay: u.validityEnd(best), Rule: rule, Kind: kind, Item: id, Path: "assessments[" + id + "]." + from, At: paper.Get(from),
		What: fmt.Sprintf("the %s (%s)", what, id), Who: u.Policy.Owner(), Do: do,
	}}
}

// maxAssessments is how many papers a message still names.
const maxAssessments = 5

// current finds the assessment of some types that counts longest, among those that unfit has nothing against. It is a
// fault if none counts today, and a warning if the last one soon ends.
func (u *Subject) requireAssessment(what, ask string, types []string, unfit func(*attr.Record) string) []Fault {
	f := Fault{Pos: u.ID.Pos, Message: fmt.Sprintf("no current %s covers %q as it is used here", what, u.ID.Value)}
	best, _ := u.bestAssessment(types, unfit)
	var reasons []string
	for _, a := range u.Attr("assessments").Records {
		if !slices.Contains(types, a.Get("type").Text) {
			continue
		}
		id, why, s := a.Get("id"), unfit(a), u.validity(a)
		if len(f.Related) < maxAssessments {
			f.Related = append(f.Related, diag.Related{Pos: id.Pos, Message: "what is on record"})
		}
		if text := u.notValidToday(s); text != "" {
			why = strings.TrimPrefix(why+", and "+text, ", and ")
		}
		if why != "" {
			reasons = append(reasons, id.Text+" "+why)
		}
	}
	if len(f.Related) == 0 {
		f.Related = []diag.Related{u.Seen("assessments", "the assessments on record")}
	}
	f.Hint = u.ownerMust("acts. %s.", ask)
	switch d := u.validityEnd(best); {
	case best.Through.IsZero():
	case d.Near:
		f.MaxSeverity, f.Day = diag.Warning, d
		f.Message = fmt.Sprintf("the %s of %q counts through %s (%s)", what, u.ID.Value, d.Date, d.Ago())
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

// lasted says how an assessment does not count today; empty if it does.
func (u *Subject) notValidToday(s validity) string {
	switch {
	case s.Through.IsZero():
		return s.why
	case u.validityEnd(s).Past:
		return fmt.Sprintf("counted through %s: %s", s.Through, s.why)
	default:
		return ""
	}
}

// documentationMissing: VG-AUD-003. What a vendor publishes is there or not.
func documentationMissing(u *Subject) []Fault {
	w := u.shortfalls(DocumentationMissing)
	for _, page := range []struct{ path, what string }{{"links.docs", "documentation"}, {"links.auth_docs", "documentation of its authentication"}} {
		if !u.Attr(page.path).Known() {
			w.add(page.path, "no %s", page.what)
		}
	}
	if !u.Attr("links.security").Known() && !u.Attr("links.trust_center").Known() {
		w.add("links.security", "no security page or trust centre")
	}
	for _, a := range u.Attr("assessments").Records {
		if shared := a.Get("shared"); shared.Text == "refused" {
			w.reasons = append(w.reasons, "it refused to share "+a.Get("id").Text)
			w.related = append(w.related, diag.Related{Pos: shared.Pos, Message: "the refusal"})
		}
	}
	return w.fault(u.subject("the security documentation"), u.ownerMust("asks the vendor once in writing, and records the links or the refusal."))
}

// documentationLinks are the pages that the vendor must have.
func documentationLinks(*Subject) []string {
	return []string{"Links to the documentation of the API and of its authentication, and to a security page or trust centre."}
}

// openFindings is what an auditor left open.
func openFindings(*Subject) []string {
	return []string{"The auditor's opinion, and the number of findings that are open, by severity, with the day of each fix."}
}

// findingsOpen: VG-AUD-004. Of several papers of one kind only the latest counts.
func findingsOpen(u *Subject) []Fault {
	var out []Fault
	due := fixesDue(u)
	for _, a := range u.latestAssessments() {
		id, opinion := a.Get("id"), a.Get("opinion")
		if opinion.Known() && opinion.Text != "unqualified" {
			f := Fault{
				Pos: u.ID.Pos, Key: id.Text + ":opinion", Related: []diag.Related{{Pos: opinion.Pos, Message: "the opinion"}},
				Message: fmt.Sprintf("%s about %q has the opinion %q", id.Text, u.ID.Value, opinion.Text),
				Hint:    u.ownerMust("reads what the auditor objects to, and adds a condition with a date."),
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

// latestAssessments are the assessments, the latest of each type.
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

// fixesDue are the last days for fixes of critical and high findings: as long as the policy says, or as the vendor promises if
// that is sooner.
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
				Who: u.Policy.Owner(), Do: "Ask for the fix, and record that nothing is open any more.",
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

// open is the fault for critical and high findings that stay open longer than patches may take.
func (u *Subject) open(a *attr.Record, due []Deadline) []Fault {
	id := a.Get("id").Text
	w := u.shortfalls(FindingsOpen)
	for _, severity := range []string{"critical", "high"} {
		for _, d := range due {
			if d.Item != id+":"+severity || !d.Past {
				continue
			}
			limit, _ := u.fixLimit(severity)
			w.reasons = append(w.reasons, fmt.Sprintf("%d %s, to be fixed by %s", d.At.Int, severity, d.Date))
			w.related = append(w.related, diag.Related{Pos: d.At.Pos, Message: "what the record says"}, diag.Related{Pos: limit.Pos, Message: "the time for a fix"})
		}
	}
	return withLimit(diag.Off, id+":open", w.fault(fmt.Sprintf("%s about %q has open findings", id, u.ID.Value), u.ownerMust("asks for the plan to fix them, and adds a condition with a date.")))
}

// lastDay is the attribute that dates an assessment.
func lastDay(a *attr.Record) string {
	for _, path := range []string{"performed.end", "period.end"} {
		if a.Get(path).Known() {
			return path
		}
	}
	return "issued"
}
