package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Rules about audits and their findings.
const (
	AuditMissing         = "VG-AUD-001"
	PentestMissing       = "VG-AUD-002"
	DocumentationMissing = "VG-AUD-003"
	FindingsOpen         = "VG-AUD-004"
	ReviewMissing        = "VG-AUD-005"
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
			Judge:    documentationMissing, Documents: documentationLinks, Public: SentenceOnly,
		},
		{
			RuleInfo: policy.RuleInfo{ID: FindingsOpen, Title: "an assessment has a qualified opinion or unresolved findings", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    findingsOpen, Deadlines: fixesDue, Documents: openFindings, Public: SentenceOnly,
		},
		{
			RuleInfo: policy.RuleInfo{ID: ReviewMissing, Title: "no current security review of the API's architecture is on record", Levels: tiered("WW--"), Waivable: true, Optional: true},
			Judge:    reviewMissing, Deadlines: reviewEnds, Documents: architecture,
		},
	}
}

// auditMissing implements VG-AUD-001.
func auditMissing(u *subject.Subject) []subject.Fault {
	return requireAssessment(u, "independent audit", u.OwnerMust("ask the vendor for the next report or a bridge letter."), vocab.IndependentAssessments(), u.NotCovered)
}

// auditEnds returns the last day of the best independent audit.
func auditEnds(u *subject.Subject) []subject.Deadline {
	return assessmentEnds(u, AuditMissing, "independent audit", "Ask the vendor for the next report or a bridge letter.", vocab.IndependentAssessments(), u.NotCovered)
}

// auditReport asks for the report.
func auditReport(u *subject.Subject) []string {
	return u.LimitedTerm("assessment_max_age", "The report or certificate of an independent audit that covers the service ("+strings.Join(vocab.IndependentAssessments(), ", ")+"), no older than %s.")
}

// pentestMissing implements VG-AUD-002.
func pentestMissing(u *subject.Subject) []subject.Fault {
	return requireAssessment(u, "independent penetration test", u.OwnerMust("ask the vendor for the summary of a new test."), []string{"pentest"}, u.NotIndependent)
}

// pentestEnds returns the last day of the best penetration test.
func pentestEnds(u *subject.Subject) []subject.Deadline {
	return assessmentEnds(u, PentestMissing, "independent penetration test", "Ask the vendor for the summary of a new test.", []string{"pentest"}, u.NotIndependent)
}

// pentestSummary asks for the summary of the test.
func pentestSummary(u *subject.Subject) []string {
	return u.LimitedTerm("pentest_max_age", "The summary of an independent penetration test of the service, no older than %s.")
}

// assessmentEnds returns the last day of the best assessment of the given types.
func assessmentEnds(u *subject.Subject, rule, what, do string, types []string, unfit func(*attr.Record) string) []subject.Deadline {
	best, paper := u.BestAssessment(types, unfit)
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
	path, at := "assessments["+id+"]."+best.By, paper.Get(best.By)
	if best.By == "evidence" {
		path = "evidence[" + at.Text + "].expires"
		at = u.Attr(path)
	}
	d := subject.Deadline{
		LastDay: u.ValidityEnd(best), Rule: rule, Kind: kind, Item: id, Path: path, At: at,
		What: fmt.Sprintf("the %s (%s)", what, id), Who: u.Policy.Owner(), Do: do,
	}
	if best.By == "surveillance" {
		d.What += ", which needs a surveillance audit"
		d.Do = "Ask the vendor for the result of the next surveillance audit, and add its date to surveillance."
	}
	return []subject.Deadline{d}
}

// ages says how long assessments are current, as part of a sentence.
func ages(u *subject.Subject, types []string) string {
	limit := "assessment_max_age"
	if slices.Contains(types, "pentest") {
		limit = "pentest_max_age"
	}
	out := strings.Join(u.LimitedTerm(limit, ", at most %s old"), "")
	if slices.Contains(types, "iso27001") {
		out += " or a certificate in force"
	}
	return out
}

// maxAssessments is how many assessments a message names.
const maxAssessments = 5

// requireAssessment reports a fault if no assessment of the given types is valid today, and a warning if the best one expires
// soon. It leaves out assessments for which unfit gives a reason.
func requireAssessment(u *subject.Subject, what, hint string, types []string, unfit func(*attr.Record) string) []subject.Fault {
	u.Wants(what+" ("+strings.Join(types, ", ")+") that covers the service and names its evidence"+ages(u, types), "assessments")
	f := subject.Fault{Pos: u.ID.Pos, Message: fmt.Sprintf("no current %s covers %q as it is used here", what, u.ID.Value)}
	best, _ := u.BestAssessment(types, unfit)
	var reasons []string
	var absent []diag.Related
	for _, a := range u.Attr("assessments").Records {
		if !slices.Contains(types, a.Get("type").Text) {
			continue
		}
		id, why, s := a.Get("id"), unfit(a), u.Validity(a)
		if len(f.Related) < maxAssessments {
			f.Related = append(f.Related, diag.Related{Pos: id.Pos, Message: "an assessment on record"})
		}
		for _, text := range []string{u.NotValidToday(s), u.Unproven(a)} {
			if text != "" {
				why = strings.TrimPrefix(why+", and "+text, ", and ")
			}
		}
		if why != "" {
			reasons = append(reasons, id.Text+" "+why)
		}
		if paper := a.Get("evidence"); paper.Known() && u.Document(paper) == nil && len(absent) < maxAssessments {
			absent = append(absent, diag.Related{Pos: paper.Pos, Message: "the evidence that it names"})
		}
	}
	if len(f.Related) == 0 {
		f.Message = fmt.Sprintf("the record of %q has no current %s", u.ID.Value, what)
		f.Related = []diag.Related{u.RelatedTo("assessments", "the assessments on record")}
	}
	f.Hint, f.Related = hint, append(f.Related, absent...)
	switch d := u.ValidityEnd(best); {
	case best.Through.IsZero():
	case d.Near:
		f.MaxSeverity, f.Day = diag.Warning, d
		f.Message = fmt.Sprintf("the %s of %q is valid through %s (%s)", what, u.ID.Value, d.Date, d.Ago())
		return []subject.Fault{f}
	case !d.Past:
		return nil
	default:
		f.Lapsed, f.Day, f.Grace = true, d, best.Grace
	}
	if len(reasons) > maxAssessments {
		reasons = append(reasons[:maxAssessments:maxAssessments], fmt.Sprintf("and %d more", len(reasons)-maxAssessments))
	}
	if len(reasons) > 0 {
		f.Message += ": " + strings.Join(reasons, "; ")
	}
	return []subject.Fault{f}
}

// documentationMissing implements VG-AUD-003. A missing link is a fault rather than unknown, because anyone can look it up.
func documentationMissing(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(DocumentationMissing)
	u.Wants("an address", "links.docs")
	u.Wants("an address", "links.auth_docs")
	u.Wants("an address", "links.security", "links.trust_center")
	for _, page := range []struct{ path, what string }{{"links.docs", "API documentation"}, {"links.auth_docs", "authentication documentation"}} {
		if !u.Attr(page.path).Known() {
			w.Add(page.path, "no %s", page.what)
		}
	}
	if !u.Attr("links.security").Known() && !u.Attr("links.trust_center").Known() {
		w.Add("links.security", "no security page or trust centre")
	}
	refused := false
	for _, a := range u.Attr("assessments").Records {
		if shared := a.Get("shared"); shared.Text == "refused" {
			refused = true
			w.Reasons = append(w.Reasons, "the vendor refused to share "+a.Get("id").Text)
			w.Related = append(w.Related, diag.Related{Pos: shared.Pos, Message: "the refusal"})
		}
	}
	hint := "ask the vendor in writing, and record the links. A refusal stays a finding."
	if refused {
		hint = "ask the vendor again for what it refused, or replace it. A refusal stays a finding."
	}
	return u.InPrivate("the security documentation of %q is incomplete", w.Fault(u.About("the security documentation of %q is incomplete"), u.OwnerMust("%s", hint)))
}

// documentationLinks asks for the pages that the vendor must publish.
func documentationLinks(*subject.Subject) []string {
	return []string{"Links to the documentation of the API and of its authentication, and to a security page or trust centre."}
}

// openFindings asks for the auditor's opinion and the open findings.
func openFindings(*subject.Subject) []string {
	return []string{"The auditor's opinion, and the number of open findings by severity, with the date by which each will be fixed."}
}

// findingsOpen implements VG-AUD-004. It looks only at the latest assessment of each type.
func findingsOpen(u *subject.Subject) []subject.Fault {
	latest := u.LatestAssessments()
	if len(latest) == 0 {
		return u.NotAsked("the record has no assessments")
	}
	u.WantsOf("an unqualified opinion of each auditor, and critical and high findings fixed in time"+fixLimits(u), unstatedResults(latest))
	var out []subject.Fault
	due := fixesDue(u)
	for _, a := range latest {
		id, opinion := a.Get("id"), a.Get("opinion")
		if opinion.Known() && opinion.Text != "unqualified" {
			f := subject.Fault{
				Pos: u.ID.Pos, Key: id.Text + ":opinion", Related: []diag.Related{{Pos: opinion.Pos, Message: "the opinion"}},
				Message: fmt.Sprintf("assessment %s of %q has the opinion %q", id.Text, u.ID.Value, opinion.Text), Private: u.About("an assessment of %q has no unqualified opinion"),
				Hint: u.OwnerMust("have the vendor resolve what the auditor objects to, and record the next report."),
			}
			if opinion.Text == "qualified" && u.Tier > 1 {
				f.MaxSeverity = diag.Warning
			}
			out = append(out, f)
		}
		out = append(out, overdueFixes(u, a, due)...)
	}
	return out
}

// fixesDue returns the last days for fixing critical and high findings: the limit of the policy, or of the vendor if that is
// shorter.
func fixesDue(u *subject.Subject) []subject.Deadline {
	var out []subject.Deadline
	for _, a := range u.LatestAssessments() {
		from, id := a.Get(subject.DatedBy(a)), a.Get("id").Text
		for _, severity := range []string{"critical", "high"} {
			open := a.Get("findings_open." + severity)
			limit, set := fixLimit(u, severity)
			if !set || !from.Known() || open.Int <= 0 {
				continue
			}
			out = append(out, subject.Deadline{
				LastDay: u.LastDay(from.Day.Plus(limit.Value), "warn_before_lapse"), Rule: FindingsOpen, Kind: inventory.Fix, Item: id + ":" + severity,
				Path: "assessments[" + id + "].findings_open." + severity, At: open, What: fmt.Sprintf("the time to fix the open %s findings of %s", severity, id),
				Who: u.Policy.Owner(), Do: "Ask the vendor for the fix, and update findings_open.",
			})
		}
	}
	return out
}

// fixLimits names the times for fixes, as part of a sentence.
func fixLimits(u *subject.Subject) string {
	var out []string
	for _, severity := range []string{"critical", "high"} {
		if limit, set := fixLimit(u, severity); set {
			out = append(out, fmt.Sprintf("%s within %s", severity, limit.Value.Words()))
		}
	}
	return strings.TrimSuffix(" ("+strings.Join(out, ", ")+")", " ()")
}

// unstatedResults says that no assessment states an opinion or open findings; empty if one does.
func unstatedResults(all []*attr.Record) string {
	for _, a := range all {
		for _, path := range []string{"opinion", "findings_open.critical", "findings_open.high"} {
			if a.Get(path).Known() {
				return ""
			}
		}
	}
	return "no assessment states an opinion or open findings"
}

func fixLimit(u *subject.Subject, severity string) (limit diag.At[scalar.Period], set bool) {
	limit, set = u.Limit("patch_" + severity)
	if own := u.Attr("vulnerability_management.patch_sla." + severity); own.Known() && own.Span.Compare(limit.Value) < 0 {
		limit = diag.At[scalar.Period]{Value: own.Span, Pos: own.Pos}
	}
	return limit, set
}

// overdueFixes reports critical and high findings that are open longer than the limit for patches.
func overdueFixes(u *subject.Subject, a *attr.Record, due []subject.Deadline) []subject.Fault {
	id := a.Get("id").Text
	w := u.Shortfalls(FindingsOpen)
	for _, severity := range []string{"critical", "high"} {
		open := a.Get("findings_open." + severity)
		if _, set := fixLimit(u, severity); set && open.Int > 0 && !a.Get(subject.DatedBy(a)).Known() {
			w.Reasons = append(w.Reasons, fmt.Sprintf("%d %s, open since an unknown day", open.Int, severity))
			w.Related = append(w.Related, diag.Related{Pos: open.Pos, Message: "in the record"})
		}
		for _, d := range due {
			if d.Item != id+":"+severity || !d.Past {
				continue
			}
			limit, _ := fixLimit(u, severity)
			w.Reasons = append(w.Reasons, fmt.Sprintf("%d %s, due to be fixed by %s", d.At.Int, severity, d.Date))
			w.Related = append(w.Related, diag.Related{Pos: d.At.Pos, Message: "in the record"}, diag.Related{Pos: limit.Pos, Message: "the time for a fix"})
		}
	}
	return subject.WithLimit(diag.Off, id+":open", u.InPrivate("an assessment of %q has unresolved findings", w.Fault(fmt.Sprintf("assessment %s of %q has unresolved findings", id, u.ID.Value), u.OwnerMust("have the vendor fix them, and update findings_open."))))
}

// reviewMissing implements VG-AUD-005. The organisation does the review itself, so a missing one is a fault rather than unknown.
func reviewMissing(u *subject.Subject) []subject.Fault {
	all := u.Reviews()
	u.Wants("a current risk-assessment or threat-model of the API's architecture", "evidence")
	if slices.ContainsFunc(all, u.FreshEvidence) {
		return nil
	}
	w := u.Shortfalls(ReviewMissing)
	w.Add("evidence", "no evidence of the type risk-assessment or threat-model")
	for i, id := range all {
		w.Reasons = append(w.Reasons[:i], cmp.Or(u.Doubt(id), fmt.Sprintf("evidence %q is only asserted", id)))
	}
	return w.Fault(u.About("no current security review of the architecture of %q is on record"), u.OwnerMust("review the API's architecture and add the result to evidence."))
}

// reviewEnds returns the last day of the review that is valid longest.
func reviewEnds(u *subject.Subject) []subject.Deadline {
	var best []subject.Deadline
	for _, id := range u.Reviews() {
		end, counts := u.EvidenceEnd(ReviewMissing, id, policy.Documented)
		switch {
		case counts && len(end) == 0:
			return nil
		case counts && (len(best) == 0 || best[0].Date.Before(end[0].Date)):
			best = end
		}
	}
	return best
}

// architecture asks for what a review of the architecture needs.
func architecture(*subject.Subject) []string {
	return []string{"For our review of the API's architecture: a diagram with its components, trust boundaries and data flows, and a description of the authentication flow and of how customers are separated."}
}
