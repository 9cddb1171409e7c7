package subject

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// RequireRequests requires enough requests behind the measurements of a pilot, if the policy says how many.
func (w *Shortfalls) RequireRequests() {
	const path = "pilot.load.requests"
	least := w.Subject.Policy.Params.Decimal("pilot_requests", w.Subject.Tier)
	switch requests := w.Subject.Attr(path); {
	case least.Pos.File == "" || requests.Known() && policy.DecimalOf(requests) >= least.Value:
	case !requests.Known():
		w.AddLimit(path, least.Pos, "nobody recorded how many requests are behind its measurements (at least %d)", int(least.Value))
	default:
		w.AddLimit(path, least.Pos, "only %s requests are behind its measurements (at least %d)", requests.Text, int(least.Value))
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
	for _, entry := range []string{"API1:2023", "API2:2023"}[:min(least.Value, 2)] {
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
