package rules

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"

	"github.com/vendorgate/vendorgate/internal/policy"
)

// gaps collects what one rule finds missing in one use, so that many gaps are one finding. What the vendor claims may
// be unknown: that is asked for (VG-REG-005) and is no finding of the rule's own. What we hold or did ourselves, such
// as a contract or a pilot, is there or not, and missing is then the rule's finding.
type shortfalls struct {
	u       *Subject
	rule    string
	reasons []string
	related []diag.Related
	expired LastDay // the first day that has passed, where one has
	grace   string  // parameter with a grace of its own
}

func (u *Subject) shortfalls(rule string) *shortfalls { return &shortfalls{u: u, rule: rule} }

// claim is a claim of the vendor; false if nobody has established it, or if the record says that there is nothing.
func (w *shortfalls) claim(path string) (*attr.Value, bool) {
	v := w.u.Attr(path)
	switch {
	case v.State == attr.Absent, v.State == attr.Unknown, v.Text == "unknown":
		w.u.Ask(w.u.Policy.Rule(w.rule).Pos, path)
		return v, false
	default:
		return v, v.Known()
	}
}

// lack notes a gap, and the attribute that shows it.
func (w *shortfalls) add(path, format string, args ...any) {
	w.reasons = append(w.reasons, fmt.Sprintf(format, args...))
	w.related = append(w.related, w.u.Seen(path, "what the record says"))
}

// limited notes a gap between the record and a number of the policy.
func (w *shortfalls) addLimit(path string, limit diag.Pos, format string, args ...any) {
	w.add(path, format, args...)
	w.related = append(w.related, diag.Related{Pos: limit, Message: "the policy's limit"})
}

// yes wants a claim to be true.
func (w *shortfalls) requireTrue(path, missing string) {
	if v, ok := w.claim(path); ok && !v.True() {
		w.add(path, "%s", missing)
	}
	w.u.accept(path, "true")
}

// all wants a list that the vendor claims to hold every word.
func (w *shortfalls) requireAll(path, what string, words []string) {
	v, ok := w.claim(path)
	if !ok {
		w.u.accept(path, "all of "+List(words))
		return
	}
	var missing []string
	for _, word := range words {
		if !v.Has(word) {
			missing = append(missing, word)
		}
	}
	if len(missing) > 0 {
		w.add(path, "no %s %s", what, List(missing))
	}
}

// any wants a list that the vendor claims to hold something.
func (w *shortfalls) requireAny(path, missing string) {
	if v, ok := w.claim(path); ok && len(v.Items) == 0 {
		w.add(path, "%s", missing)
	}
	w.u.accept(path, "one or more")
}

// Limit is a period of the policy at the tier of the use; false if the policy sets none there.
func (u *Subject) Limit(name string) (diag.At[scalar.Period], bool) {
	p := u.Policy.Params.Period(name, u.Tier)
	return p, p.Pos.File != ""
}

// atMost wants a period that the vendor claims to be no longer than a parameter.
func (w *shortfalls) requireAtMost(path, param, what string) {
	limit, set := w.u.Limit(param)
	if !set {
		return
	}
	if v, ok := w.claim(path); ok && over(v, limit.Value) {
		w.addLimit(path, limit.Pos, "%s %s (at most %s)", what, length(v), limit.Value.Words())
	}
	w.u.accept(path, "at most "+limit.Value.Words())
}

// atLeast wants a period to be no shorter than a parameter.
func (w *shortfalls) requireAtLeast(path, param, what string) {
	limit, set := w.u.Limit(param)
	if !set {
		return
	}
	if v, ok := w.claim(path); ok && !over(v, limit.Value) && v.Span.Compare(limit.Value) < 0 {
		w.addLimit(path, limit.Pos, "%s %s (at least %s)", what, length(v), limit.Value.Words())
	}
	w.u.accept(path, "at least "+limit.Value.Words())
}

// over reports whether a period is longer than a limit. A word, such as never, has no end.
func over(v *attr.Value, limit scalar.Period) bool {
	return v.Span.IsZero() && !strings.HasPrefix(v.Text, "P") || v.Span.Compare(limit) > 0
}

// length says how long a period is. The words beside periods all mean that it has no end.
func length(v *attr.Value) string {
	if !strings.HasPrefix(v.Text, "P") {
		return "for ever"
	}
	return v.Span.Words()
}

// fresh wants something that we did to lie no further back than a parameter: the day that a deadline of the rule gives.
func (w *shortfalls) requireRecent(due []Deadline, path, param, what, never string) {
	limit, set := w.u.Limit(param)
	switch {
	case !set:
	case len(due) == 0:
		w.add(path, "%s", never)
	case due[0].Past:
		w.noteExpiry(due[0].LastDay)
		w.addLimit(path, limit.Pos, "%s %s, which counted through %s", what, due[0].At.Text, due[0].Date)
	}
}

// lapse notes a day that has passed, where that day is what is missing.
func (w *shortfalls) noteExpiry(d LastDay) {
	if w.expired.Date.IsZero() || d.Date.Before(w.expired.Date) {
		w.expired = d
	}
}

// fault is the finding for all that is missing; nil if nothing is. subject begins the message.
func (w *shortfalls) fault(subject, hint string) []Fault {
	if len(w.reasons) == 0 {
		return nil
	}
	f := Fault{Pos: w.u.ID.Pos, Related: w.related, Hint: hint, Message: subject + ": " + strings.Join(w.reasons, "; "), Grace: w.grace}
	if len(w.reasons) == 1 && w.expired.Past {
		f.Lapsed, f.Day = true, w.expired
	}
	return []Fault{f}
}

// capped limits how much faults may weigh, and tells them apart from the other faults of their rule.
func withLimit(most diag.Severity, key string, faults []Fault) []Fault {
	for i := range faults {
		faults[i].MaxSeverity, faults[i].Key = most, key
	}
	return faults
}

// announced is the warning of the first deadline that is near; nil if none is. what is the thing that counts through the day.
func (u *Subject) dueSoon(due []Deadline, key, what, hint string) []Fault {
	for _, d := range due {
		if d.Near {
			return []Fault{{
				MaxSeverity: diag.Warning, Key: key, Pos: u.ID.Pos, Day: d.LastDay, Related: []diag.Related{{Pos: d.At.Pos, Message: "what the record says"}},
				Message: fmt.Sprintf("%s counts through %s (%s)", what, d.Date, d.Ago()), Hint: hint,
			}}
		}
	}
	return nil
}

// limitedTerm is a term of the contract with a period of the policy; none if the policy sets none.
func (u *Subject) limitedTerm(param, format string) []string {
	limit, set := u.Limit(param)
	if !set {
		return nil
	}
	return []string{fmt.Sprintf(format, limit.Value.Words())}
}

// subject is what a message is about, as in: the logs of "acme".
func (u *Subject) subject(what string) string { return fmt.Sprintf("%s of %q", what, u.ID.Value) }

// sent is what a message about a class of data is about.
func (u *Subject) sent(class string) string {
	return fmt.Sprintf("%s data sent to %q", class, u.ID.Value)
}

// team is the hint of a finding that developers cannot act on.
func (u *Subject) ownerMust(format string, args ...any) string {
	return fmt.Sprintf("Nothing to change in this repository; %s ", u.Policy.Owner()) + fmt.Sprintf(format, args...)
}

// sensitive names the first class of data of the use that is confidential or worse, by its tier.
func (u *Subject) sensitive() string {
	for _, class := range u.Classes {
		if tier, ok := u.Policy.ClassTier(class); !ok || tier <= 2 {
			return class
		}
	}
	return ""
}

// Sends reports whether the use has one of some classes of data.
func (u *Subject) Sends(classes ...string) string {
	for _, have := range u.Classes {
		for _, class := range classes {
			if have == class {
				return have
			}
		}
	}
	return ""
}

// Decided reports whether the vendor has passed its approval, so that pilots, contracts and plans must be there.
func (u *Subject) Decided() bool {
	status := u.Attr("status").Text
	return status == "approved" || status == "conditional"
}

// stricter is the smaller of a policy's number and one that the manifest sets for itself.
func stricter(limit diag.At[float64], own *attr.Value) diag.At[float64] {
	if own.Known() && cmp.Less(policy.DecimalOf(own), limit.Value) {
		return diag.At[float64]{Value: policy.DecimalOf(own), Pos: own.Pos}
	}
	return limit
}
