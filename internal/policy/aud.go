package policy

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
func auditMissing(u *use) []fault {
	return u.current("independent audit", "Ask for the next report, or for a bridge letter", vocab.IndependentAssessments(), u.covers)
}

// pentestMissing: VG-AUD-002.
func pentestMissing(u *use) []fault {
	return u.current("independent penetration test", "Ask for the summary of a new one", []string{"pentest"}, func(a *attr.Record) string {
		if !a.Get("independent").True() {
			return "is not independent"
		}
		return u.covers(a)
	})
}

// fewPapers is how many papers a message still names.
const fewPapers = 5

// current finds the assessment of some types that counts longest, among those that unfit has nothing against. It is a
// fault if none counts today, and a warning if the last one soon ends.
func (u *use) current(what, ask string, types []string, unfit func(*attr.Record) string) []fault {
	f := fault{pos: u.ID.Pos, message: fmt.Sprintf("no current %s covers %q as it is used here", what, u.ID.Value)}
	var best standing
	var reasons []string
	for _, a := range u.get("assessments").Records {
		if !slices.Contains(types, a.Get("type").Text) {
			continue
		}
		id, why, s := a.Get("id"), unfit(a), u.counts(a)
		if len(f.related) < fewPapers {
			f.related = append(f.related, diag.Related{Pos: id.Pos, Message: "what is on record"})
		}
		if text := u.lasted(s); text != "" {
			why = strings.TrimPrefix(why+", and "+text, ", and ")
		}
		if why != "" {
			reasons = append(reasons, id.Text+" "+why)
		}
		if unfit(a) == "" && s.through.After(best.through) {
			best = s
		}
	}
	if len(f.related) == 0 {
		f.related = []diag.Related{u.seen("assessments", "the assessments on record")}
	}
	f.hint = u.team("acts. %s.", ask)
	switch d := u.ends(best); {
	case best.through.IsZero():
	case d.near:
		f.most, f.day = diag.Warning, d
		f.message = fmt.Sprintf("the %s of %q counts through %s (%s)", what, u.ID.Value, d.Date, d.ago())
		return []fault{f}
	case !d.past:
		return nil
	default:
		f.lapsed, f.day, f.grace = true, d, best.grace
	}
	if len(reasons) > fewPapers {
		reasons = append(reasons[:fewPapers:fewPapers], fmt.Sprintf("and %d more", len(reasons)-fewPapers))
	}
	if len(reasons) > 0 {
		f.message += ": " + strings.Join(reasons, "; ")
	}
	return []fault{f}
}

// lasted says how an assessment does not count today; empty if it does.
func (u *use) lasted(s standing) string {
	switch {
	case s.through.IsZero():
		return s.why
	case u.ends(s).past:
		return fmt.Sprintf("counted through %s: %s", s.through, s.why)
	default:
		return ""
	}
}

// documentationMissing: VG-AUD-003. What a vendor publishes is there or not.
func documentationMissing(u *use) []fault {
	w := u.wants("VG-AUD-003")
	for _, page := range []struct{ path, what string }{{"links.docs", "documentation"}, {"links.auth_docs", "documentation of its authentication"}} {
		if !u.get(page.path).Known() {
			w.lack(page.path, "no %s", page.what)
		}
	}
	if !u.get("links.security").Known() && !u.get("links.trust_center").Known() {
		w.lack("links.security", "no security page or trust centre")
	}
	for _, a := range u.get("assessments").Records {
		if shared := a.Get("shared"); shared.Text == "refused" {
			w.lacking = append(w.lacking, "it refused to share "+a.Get("id").Text)
			w.related = append(w.related, diag.Related{Pos: shared.Pos, Message: "the refusal"})
		}
	}
	return w.fault(u.subject("the security documentation"), u.team("asks the vendor once in writing, and records the links or the refusal."))
}

// findingsOpen: VG-AUD-004. Of several papers of one kind only the latest counts.
func findingsOpen(u *use) []fault {
	var out []fault
	latest := map[string]scalar.Date{} // by type
	for _, a := range u.get("assessments").Records {
		if last := a.Get(lastDay(a)).Day; last.After(latest[a.Get("type").Text]) {
			latest[a.Get("type").Text] = last
		}
	}
	for _, a := range u.get("assessments").Records {
		if a.Get(lastDay(a)).Day.Before(latest[a.Get("type").Text]) {
			continue
		}
		id, opinion := a.Get("id"), a.Get("opinion")
		if opinion.Known() && opinion.Text != "unqualified" {
			f := fault{
				pos: u.ID.Pos, key: id.Text + ":opinion", related: []diag.Related{{Pos: opinion.Pos, Message: "the opinion"}},
				message: fmt.Sprintf("%s about %q has the opinion %q", id.Text, u.ID.Value, opinion.Text),
				hint:    u.team("reads what the auditor objects to, and adds a condition with a date."),
			}
			if opinion.Text == "qualified" && u.tier > 1 {
				f.most = diag.Warning
			}
			out = append(out, f)
		}
		out = append(out, u.open(a)...)
	}
	return out
}

// open is the fault for critical and high findings that stay open longer than patches may take: as long as the policy
// says, or as the vendor promises if that is sooner.
func (u *use) open(a *attr.Record) []fault {
	from := a.Get(lastDay(a))
	if !from.Known() {
		return nil
	}
	w := u.wants("VG-AUD-004")
	for _, severity := range []string{"critical", "high"} {
		open := a.Get("findings_open." + severity)
		limit, set := u.limit("patch_" + severity)
		if own := u.get("vulnerability_management.patch_sla." + severity); own.Known() && own.Span.Compare(limit.Value) < 0 {
			limit = diag.At[scalar.Period]{Value: own.Span, Pos: own.Pos}
		}
		if d := u.deadline(from.Day.Plus(limit.Value), "warn_before_lapse"); set && open.Int > 0 && d.past {
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
