package rules

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// shortfalls collects the reasons why a use fails one rule, so that they become one finding. VG-REG-005 reports claims of the
// vendor that are unknown. What the organisation does itself, such as a contract or a pilot, is never unknown: if it is
// missing, the rule fails.
type shortfalls struct {
	u       *Subject
	rule    string
	reasons []string
	related []diag.Related
	expired LastDay // the last day that has passed and is a reason, if any; no rule has more than one
	grace   string  // parameter with its own grace period
}

func (u *Subject) shortfalls(rule string) *shortfalls { return &shortfalls{u: u, rule: rule} }

// claim returns a claim of the vendor; false if it is unknown, or if the record says that there is none. It asks for unknown claims.
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

// add adds a reason, and the attribute that shows it.
func (w *shortfalls) add(path, format string, args ...any) {
	w.reasons = append(w.reasons, fmt.Sprintf(format, args...))
	w.related = append(w.related, w.u.relatedTo(path, "in the record"))
}

// addLimit adds a reason that compares an attribute with a limit of the policy.
func (w *shortfalls) addLimit(path string, limit diag.Pos, format string, args ...any) {
	w.add(path, format, args...)
	w.related = append(w.related, diag.Related{Pos: limit, Message: "the policy's limit"})
}

// requireTrue requires a claim to be true.
func (w *shortfalls) requireTrue(path, missing string) {
	if v, ok := w.claim(path); ok && !v.True() {
		w.add(path, "%s", missing)
	}
	w.u.accept(path, "true")
}

// requireAll requires a claimed list to contain every word.
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
		w.add(path, "missing %s: %s", what, List(missing))
	}
}

// requireAny requires a claimed list not to be empty.
func (w *shortfalls) requireAny(path, missing string) {
	if v, ok := w.claim(path); ok && len(v.Items) == 0 {
		w.add(path, "%s", missing)
	}
	w.u.accept(path, "one or more")
}

// Limit returns a period of the policy at the tier of the use; false if the policy sets none.
func (u *Subject) Limit(name string) (diag.At[scalar.Period], bool) {
	p := u.Policy.Params.Period(name, u.Tier)
	return p, p.Pos.File != ""
}

// requireAtMost requires a claimed period to be no longer than a parameter.
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

// requireAtLeast requires a claimed period to be no shorter than a parameter.
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

// over reports whether a period is longer than a limit. A word such as never counts as longer.
func over(v *attr.Value, limit scalar.Period) bool {
	return v.Span.IsZero() && !strings.HasPrefix(v.Text, "P") || v.Span.Compare(limit) > 0
}

// length formats a period. All words that may stand in its place mean forever.
func length(v *attr.Value) string {
	if !strings.HasPrefix(v.Text, "P") {
		return "forever"
	}
	return v.Span.Words()
}

// requireRecent requires a task of the organisation to be repeated within a parameter. due is the deadline for it.
func (w *shortfalls) requireRecent(due []Deadline, path, param, what, never string) {
	limit, set := w.u.Limit(param)
	switch {
	case !set:
	case len(due) == 0:
		w.add(path, "%s", never)
	case due[0].Past:
		w.expired = due[0].LastDay
		w.addLimit(path, limit.Pos, "%s %s (due again by %s)", what, due[0].At.Text, due[0].Date)
	}
}

// fault returns one fault for all reasons, or nil if there are none. subject begins the message. The grace period applies only if
// a last day that has passed is the only reason.
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

// faultSaying returns one fault for all reasons, with a message that already contains them.
func (w *shortfalls) faultSaying(message, hint string) []Fault {
	out := w.fault("", hint)
	for i := range out {
		out[i].Message = message
	}
	return out
}

// withLimit limits the severity of faults, and sets a key that tells them apart from other faults of their rule.
func withLimit(most diag.Severity, key string, faults []Fault) []Fault {
	for i := range faults {
		faults[i].MaxSeverity, faults[i].Key = most, key
	}
	return faults
}

// dueSoon returns a warning for the first deadline that is near, or nil. what begins the message.
func (u *Subject) dueSoon(due []Deadline, key, what, hint string) []Fault {
	for _, d := range due {
		if d.Near {
			return []Fault{{
				MaxSeverity: diag.Warning, Key: key, Pos: u.ID.Pos, Day: d.LastDay, Related: []diag.Related{{Pos: d.At.Pos, Message: "in the record"}},
				Message: fmt.Sprintf("%s is due by %s (%s)", what, d.Date, d.Ago()), Hint: hint,
			}}
		}
	}
	return nil
}

// limitedTerm formats a required document with a period of the policy; none if the policy sets no period.
func (u *Subject) limitedTerm(param, format string) []string {
	limit, set := u.Limit(param)
	if !set {
		return nil
	}
	return []string{fmt.Sprintf(format, limit.Value.Words())}
}

// about formats the beginning of a message; format has one %q for the vendor.
func (u *Subject) about(format string) string { return fmt.Sprintf(format, u.ID.Value) }

// mustNotSend begins the message of a fault that forbids sending a class of data.
func (u *Subject) mustNotSend(class string) string {
	return fmt.Sprintf("%s data must not be sent to %q", class, u.ID.Value)
}

// ownerMust is the hint of a finding that only the owner of the policy can act on. format continues "they must".
func (u *Subject) ownerMust(format string, args ...any) string {
	return must(u.Policy.Owner(), format, args...) + " No code change is needed."
}

// must begins a sentence with who must act; format continues it.
func must(who, format string, args ...any) string {
	if rest, ok := strings.CutPrefix(who, "the "); ok {
		who = "The " + rest
	}
	return who + " must " + fmt.Sprintf(format, args...)
}

// sensitive returns the first data class of the use that is confidential or more sensitive, judged by its tier; empty if there is none.
func (u *Subject) sensitive() string {
	for _, class := range u.Classes {
		if tier, ok := u.Policy.ClassTier(class); !ok || tier <= 2 {
			return class
		}
	}
	return ""
}

// Sends returns the first data class of the use that is one of classes; empty if there is none.
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

// approved reports whether the vendor is approved, so that a pilot, a contract and an exit plan must exist.
func (u *Subject) approved() bool {
	status := u.Attr("status").Text
	return status == "approved" || status == "conditional"
}

// stricter returns the smaller of a limit of the policy and one that the manifest sets.
func stricter(limit diag.At[float64], own *attr.Value) diag.At[float64] {
	if own.Known() && cmp.Less(policy.DecimalOf(own), limit.Value) {
		return diag.At[float64]{Value: policy.DecimalOf(own), Pos: own.Pos}
	}
	return limit
}
