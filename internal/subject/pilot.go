package subject

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// RequireRequests requires enough requests behind the measurements of a pilot, if the policy says how many.
func (w *Shortfalls) RequireRequests() {
	const path = "pilot.load.requests"
	least := w.Subject.Policy.Params.Decimal("pilot_requests", w.Subject.Tier)
	if least.Pos.File == "" {
		return
	}
	w.Subject.Wants(fmt.Sprintf("at least %d", int(least.Value)), path)
	switch requests := w.Subject.Attr(path); {
	case requests.Known() && policy.DecimalOf(requests) >= least.Value:
	case !requests.Known():
		w.AddLimit(path, least.Pos, "nobody recorded how many requests are behind its measurements (at least %d)", int(least.Value))
	default:
		w.AddLimit(path, least.Pos, "only %s requests are behind its measurements (at least %d)", requests.Text, int(least.Value))
	}
}

// RequireMeasured requires a result of the pilot within the limit of the policy, or the budget in the manifest if that is stricter.
func (w *Shortfalls) RequireMeasured(path, param, budget, what, unit string) {
	limit := stricter(w.Subject.Policy.Params.Decimal(param, w.Subject.Tier), w.Subject.Get(budget))
	if limit.Pos.File == "" {
		return
	}
	w.Subject.Wants(fmt.Sprintf("at most %v%s", limit.Value, unit), path)
	switch v := w.Subject.Attr(path); {
	case !v.Known():
		w.Add(path, "%s was not measured", what)
	case policy.DecimalOf(v) > limit.Value:
		w.AddLimit(path, limit.Pos, "%s of %s%s (at most %v)", what, v.Text, unit, limit.Value)
	}
}

// stricter returns the smaller of a limit of the policy and one that the manifest sets.
func stricter(limit diag.At[float64], own *attr.Value) diag.At[float64] {
	if own.Known() && cmp.Less(policy.DecimalOf(own), limit.Value) {
		return diag.At[float64]{Value: policy.DecimalOf(own), Pos: own.Pos}
	}
	return limit
}

// RequireErrorHandling requires wrong requests to get 4xx responses, and errors not to leak internals.
func (w *Shortfalls) RequireErrorHandling() {
	var wrong, untried []string
	w.Subject.Wants("false", "pilot.error_handling.leaks_internals")
	for _, c := range record.ErrorCases() {
		w.Subject.Wants("400 to 499", "pilot.error_handling."+c)
		v := w.Subject.Attr("pilot.error_handling." + c)
		if !v.Known() {
			untried = append(untried, c)
		} else if v.Int < 400 || v.Int > 499 {
			wrong = append(wrong, fmt.Sprintf("%s with status %d", c, v.Int))
			w.Related = append(w.Related, diag.Related{Pos: v.Pos, Message: "in the record"})
		}
	}
	if len(wrong) > 0 {
		w.Reasons = append(w.Reasons, "it answered "+strings.Join(wrong, ", "))
	}
	if len(untried) > 0 {
		w.Add("pilot.error_handling."+untried[0], "the answers to wrong requests were not recorded: %s", List(untried))
	}
	switch leaks := w.Subject.Attr("pilot.error_handling.leaks_internals"); {
	case !leaks.Known():
		w.Add("pilot.error_handling.leaks_internals", "nobody recorded whether its errors leak internals")
	case leaks.True():
		w.Add("pilot.error_handling.leaks_internals", "its errors leak internals")
	}
}

// RequireEntries requires attack tests, if there are any, to cover entries of the OWASP API Security Top 10, if the policy says how many:
// first broken authorization and broken authentication, then any other.
func (w *Shortfalls) RequireEntries(attacks []*attr.Record) {
	least := w.Subject.Policy.Params.Number("pilot_attacks", w.Subject.Tier)
	covered, missing := map[string]bool{}, []string(nil)
	for _, a := range attacks {
		if entry := a.Get("owasp"); entry.Known() {
			covered[entry.Text] = true
		}
	}
	named := []string{"API1:2023", "API2:2023"}[:min(least.Value, 2)]
	if least.Value > 0 {
		w.Subject.Wants(fmt.Sprintf("tests of at least %d entries of the OWASP API Security Top 10, among them %s", least.Value, List(named)), "pilot.attacks")
	}
	for _, entry := range named {
		if !covered[entry] {
			missing = append(missing, entry)
		}
	}
	switch {
	case len(attacks) == 0:
	case len(missing) > 0:
		w.AddLimit("pilot.attacks", least.Pos, "no attack test is about %s of the OWASP API Security Top 10", strings.Join(missing, " or "))
	case len(covered) < least.Value:
		w.AddLimit("pilot.attacks", least.Pos, "the attack tests cover only %d entries of the OWASP API Security Top 10 (at least %d)", len(covered), least.Value)
	}
}

// LeakedCredential reports whether a breach drill is about a leaked credential.
func LeakedCredential(drill *attr.Record) bool {
	return drill.Get("scenario").Text == "leaked-credential"
}

// StolenCredential reports whether a breach drill is about a credential that the vendor has to revoke.
func StolenCredential(drill *attr.Record) bool {
	return LeakedCredential(drill) || drill.Get("scenario").Text == "token-replay"
}

// DrillLimits names the limits of breach drills, as part of a sentence.
func (u *Subject) DrillLimits() string {
	var out []string
	for _, step := range []struct{ param, words string }{
		{"breach_drill_max_age", "at most %s ago"}, {"breach_revoke_within", "revoked within %s"}, {"breach_recover_within", "recovered within %s"},
	} {
		out = append(out, u.LimitedTerm(step.param, step.words)...)
	}
	return strings.Join(out, ", ")
}

// OutsidePilot explains why a pilot does not cover a use; the message is empty if it does. ends are the last days of the pilot. team reports
// whether the use can change that.
func (u *Subject) OutsidePilot(ends []Deadline) (message, hint string, team bool) {
	var why, record []string
	if u.Production() {
		why = append(why, "it excludes production")
	}
	for _, class := range u.Classes {
		if !slices.Contains(PilotClasses(), class) {
			why = append(why, "it excludes "+class+" data")
		}
	}
	if host := u.ProductionHost(); host != "" {
		why = append(why, "it excludes "+host+", a host of production")
	}
	repos := u.Attr("scope.repos")
	if repos.Known() && !registry.NamesRepository(repos, u.Repository) {
		why = append(why, "scope.repos does not include "+u.RepositoryName())
	}
	team = len(why) > 0
	if !repos.Known() {
		why, record = append(why, "no repository is named for it (scope.repos)"), append(record, "name its repositories (scope.repos)")
	}
	if !u.Attr("pilot.until").Known() {
		why, record = append(why, "it has no end date (pilot.until)"), append(record, "set its last day (pilot.until)")
	}
	for _, end := range ends {
		if end.Past {
			why, record = append(why, "it ended on "+end.At.Text), append(record, "approve the vendor or move its last day (pilot.until)")
		}
	}
	if len(why) == 0 {
		return "", "", false
	}
	if len(record) > 0 {
		hint = fmt.Sprintf("Ask %s to %s", u.Owners(), strings.Join(record, " and ")+u.RenewAt()+".")
	}
	if team {
		hint += fmt.Sprintf(" Use the vendor only outside production, with test data and in a pilot repository, or wait for %s to approve it.", u.Policy.Owner())
	}
	return fmt.Sprintf("%q is in a pilot that does not cover this use: %s", u.ID.Value, strings.Join(why, "; ")), strings.TrimSpace(hint), team
}
