package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// auditMissing: VG-AUD-001.
func auditMissing(u *Subject) []Fault {
	return u.current("independent audit", "Ask for the next report, or for a bridge letter", vocab.IndependentAssessments(), u.Covers)
}

// pentestMissing: VG-AUD-002.
func pentestMissing(u *Subject) []Fault {
	return u.current("independent penetration test", "Ask for the summary of a new one", []string{"pentest"}, func(a *attr.Record) string {
		if !a.Get("independent").True() {
			return "is not independent"
		}
		return u.Covers(a)
	})
}

// fewPapers is how many papers a message still names.
const fewPapers = 5

// current finds the assessment of some types that counts longest, among those that unfit has nothing against. It is a
// fault if none counts today, and a warning if the last one soon ends.
func (u *Subject) current(what, ask string, types []string, unfit func(*attr.Record) string) []Fault {
	f := Fault{Pos: u.ID.Pos, Message: fmt.Sprintf("no current %s covers %q as it is used here", what, u.ID.Value)}
	var best Validity
	var reasons []string
	for _, a := range u.Fact("assessments").Records {
		if !slices.Contains(types, a.Get("type").Text) {
			continue
		}
		id, why, s := a.Get("id"), unfit(a), u.Counts(a)
		if len(f.Related) < fewPapers {
			f.Related = append(f.Related, diag.Related{Pos: id.Pos, Message: "what is on record"})
		}
		if text := u.lasted(s); text != "" {
			why = strings.TrimPrefix(why+", and "+text, ", and ")
		}
		if why != "" {
			reasons = append(reasons, id.Text+" "+why)
		}
		if unfit(a) == "" && s.Through.After(best.Through) {
			best = s
		}
	}
	if len(f.Related) == 0 {
		f.Related = []diag.Related{u.Seen("assessments", "the assessments on record")}
	}
	f.Hint = u.team("acts. %s.", ask)
	switch d := u.Ends(best); {
	case best.Through.IsZero():
	case d.Near:
		f.Cap, f.Day = diag.Warning, d
		f.Message = fmt.Sprintf("the %s of %q counts through %s (%s)", what, u.ID.Value, d.Date, d.Ago())
		return []Fault{f}
	case !d.Past:
		return nil
	default:
		f.Lapsed, f.Day, f.Grace = true, d, best.grace
	}
	if len(reasons) > fewPapers {
		reasons = append(reasons[:fewPapers:fewPapers], fmt.Sprintf("and %d more", len(reasons)-fewPapers))
	}
	if len(reasons) > 0 {
		f.Message += ": " + strings.Join(reasons, "; ")
	}
	return []Fault{f}
}

// lasted says how an assessment does not count today; empty if it does.
func (u *Subject) lasted(s Validity) string {
	switch {
	case s.Through.IsZero():
		return s.why
	case u.Ends(s).Past:
		return fmt.Sprintf("counted through %s: %s", s.Through, s.why)
	default:
		return ""
	}
}

// documentationMissing: VG-AUD-003. What a vendor publishes is there or not.
func documentationMissing(u *Subject) []Fault {
	w := u.gaps("VG-AUD-003")
	for _, page := range []struct{ path, what string }{{"links.docs", "documentation"}, {"links.auth_docs", "documentation of its authentication"}} {
		if !u.Fact(page.path).Known() {
			w.lack(page.path, "no %s", page.what)
		}
	}
	if !u.Fact("links.security").Known() && !u.Fact("links.trust_center").Known() {
		w.lack("links.security", "no security page or trust centre")
	}
	for _, a := range u.Fact("assessments").Records {
		if shared := a.Get("shared"); shared.Text == "refused" {
			w.lacking = append(w.lacking, "it refused to share "+a.Get("id").Text)
			w.related = append(w.related, diag.Related{Pos: shared.Pos, Message: "the refusal"})
		}
	}
	return w.fault(u.subject("the security documentation"), u.team("asks the vendor once in writing, and records the links or the refusal."))
}

// findingsOpen: VG-AUD-004. Of several papers of one kind only the latest counts.
func findingsOpen(u *Subject) []Fault {
	var out []Fault
	latest := map[string]scalar.Date{} // by type
	for _, a := range u.Fact("assessments").Records {
		if last := a.Get(lastDay(a)).Day; last.After(latest[a.Get("type").Text]) {
			latest[a.Get("type").Text] = last
		}
	}
	for _, a := range u.Fact("assessments").Records {
		if a.Get(lastDay(a)).Day.Before(latest[a.Get("type").Text]) {
			continue
		}
		id, opinion := a.Get("id"), a.Get("opinion")
		if opinion.Known() && opinion.Text != "unqualified" {
			f := Fault{
				Pos: u.ID.Pos, Key: id.Text + ":opinion", Related: []diag.Related{{Pos: opinion.Pos, Message: "the opinion"}},
				Message: fmt.Sprintf("%s about %q has the opinion %q", id.Text, u.ID.Value, opinion.Text),
				Hint:    u.team("reads what the auditor objects to, and adds a condition with a date."),
			}
			if opinion.Text == "qualified" && u.Tier > 1 {
				f.Cap = diag.Warning
			}
			out = append(out, f)
		}
		out = append(out, u.open(a)...)
	}
	return out
}

// open is the fault for critical and high findings that stay open longer than patches may take: as long as the policy
// says, or as the vendor promises if that is sooner.
func (u *Subject) open(a *attr.Record) []Fault {
	from := a.Get(lastDay(a))
	if !from.Known() {
		return nil
	}
	w := u.gaps("VG-AUD-004")
	for _, severity := range []string{"critical", "high"} {
		open := a.Get("findings_open." + severity)
		limit, set := u.Limit("patch_" + severity)
		if own := u.Fact("vulnerability_management.patch_sla." + severity); own.Known() && own.Span.Compare(limit.Value) < 0 {
			limit = diag.At[scalar.Period]{Value: own.Span, Pos: own.Pos}
		}
		if d := u.LastDay(from.Day.Plus(limit.Value), "warn_before_lapse"); set && open.Int > 0 && d.Past {
			w.lacking = append(w.lacking, fmt.Sprintf("%d %s, to be fixed by %s", open.Int, severity, d.Date))
			w.related = append(w.related, diag.Related{Pos: open.Pos, Message: "what the record says"}, diag.Related{Pos: limit.Pos, Message: "the time for a fix"})
		}
	}
	id := a.Get("id").Text
	return capped(diag.Off, id+":open", w.fault(fmt.Sprintf("%s about %q has open findings", id, u.ID.Value), u.team("asks for the plan to fix them, and adds a condition with a date.")))
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
