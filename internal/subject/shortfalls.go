package subject

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Shortfalls collects the reasons why a use fails one rule, so that they become one finding. Unknown claims of the
// vendor are no reasons: package gate reports them together. What the organisation does itself, such as a contract or a pilot, is never unknown: if it is
// missing, the rule fails.
type Shortfalls struct {
	Subject *Subject
	rule    string
	Reasons []string
	Related []diag.Related
	Expired LastDay // the last day that has passed and is a reason, if any; no rule has more than one
	Grace   string  // parameter with its own grace period
	needs   []string

	OwnUnknowns bool // unknown claims are reasons, because VG-REG-005 would be more severe than the rule
}

// Shortfalls begins to collect the reasons why the use fails a rule.
func (u *Subject) Shortfalls(rule string) *Shortfalls { return &Shortfalls{Subject: u, rule: rule} }

// Claim returns a claim of the vendor; false if it is unknown, not applicable, or none. It asks for unknown claims, and none is a reason.
func (w *Shortfalls) Claim(path string) (*attr.Value, bool) {
	v := w.Subject.Attr(path)
	switch {
	case v.State == attr.None:
		w.Add(path, "%s is none", path)
	case answered(v):
		return v, v.Known()
	case w.OwnUnknowns:
		w.Add(path, "%s is unknown", path)
	default:
		w.Subject.Ask(w.Subject.Policy.Rule(w.rule).Pos, path)
	}
	return v, false
}

// Add adds a reason, and the attribute that shows it.
func (w *Shortfalls) Add(path, format string, args ...any) {
	w.Reasons = append(w.Reasons, fmt.Sprintf(format, args...))
	w.Related = append(w.Related, w.Subject.RelatedTo(path, "in the record"))
}

// Need notes what would mend the shortfalls, as a part of the hint. What several of them need is noted once.
func (w *Shortfalls) Need(format string, args ...any) {
	if need := fmt.Sprintf(format, args...); !slices.Contains(w.needs, need) {
		w.needs = append(w.needs, need)
	}
}

// NeedSince is Need if there are more reasons than there were.
func (w *Shortfalls) NeedSince(reasons int, format string, args ...any) {
	if len(w.Reasons) > reasons {
		w.Need(format, args...)
	}
}

// Needs joins what would mend the shortfalls; other stands for nothing.
func (w *Shortfalls) Needs(other string) string {
	switch last := len(w.needs) - 1; {
	case last < 0:
		return other
	case last == 0:
		return w.needs[0]
	default:
		return strings.Join(w.needs[:last], ", ") + " and " + w.needs[last]
	}
}

// AddLimit adds a reason that compares an attribute with a limit of the policy.
func (w *Shortfalls) AddLimit(path string, limit diag.Pos, format string, args ...any) {
	w.Add(path, format, args...)
	w.Related = append(w.Related, diag.Related{Pos: limit, Message: "the policy's limit"})
}

// RequireTrue requires a claim to be true.
func (w *Shortfalls) RequireTrue(path, missing string) {
	if v, ok := w.Claim(path); ok && !v.True() {
		w.Add(path, "%s", missing)
	}
	w.Subject.Wants("true", path)
}

// RequireAll requires a claimed list to contain every word.
func (w *Shortfalls) RequireAll(path, what string, words []string) {
	w.Subject.Wants("all of "+List(words), path)
	v, ok := w.Claim(path)
	if !ok {
		return
	}
	var missing []string
	for _, word := range words {
		if !v.Has(word) {
			missing = append(missing, word)
		}
	}
	if len(missing) > 0 {
		w.Add(path, "missing %s: %s", what, List(missing))
	}
}

// RequireAny requires a claimed list not to be empty.
func (w *Shortfalls) RequireAny(path, missing string) {
	if v, ok := w.Claim(path); ok && len(v.Items) == 0 {
		w.Add(path, "%s", missing)
	}
	w.Subject.Wants("one or more", path)
}

// RequireAtMost requires a claimed period to be no longer than a parameter.
func (w *Shortfalls) RequireAtMost(path, param, what string) {
	limit, set := w.Subject.Limit(param)
	if !set {
		return
	}
	if v, ok := w.Claim(path); ok && Over(v, limit.Value) {
		w.AddLimit(path, limit.Pos, "%s %s (at most %s)", what, Length(v), limit.Value.Words())
	}
	w.Subject.Wants("at most "+limit.Value.Words(), path)
}

// RequireAtLeast requires a claimed period to be no shorter than a parameter.
func (w *Shortfalls) RequireAtLeast(path, param, what string) {
	limit, set := w.Subject.Limit(param)
	if !set {
		return
	}
	if v, ok := w.Claim(path); ok && !Over(v, limit.Value) && v.Span.Compare(limit.Value) < 0 {
		w.AddLimit(path, limit.Pos, "%s %s (at least %s)", what, Length(v), limit.Value.Words())
	}
	w.Subject.Wants("at least "+limit.Value.Words(), path)
}

// Over reports whether a period is longer than a limit. A word such as never counts as longer.
func Over(v *attr.Value, limit scalar.Period) bool {
	return v.Span.IsZero() && !strings.HasPrefix(v.Text, "P") || v.Span.Compare(limit) > 0
}

// Length formats a period. All words that may stand in its place mean forever.
func Length(v *attr.Value) string {
	if !strings.HasPrefix(v.Text, "P") {
		return "forever"
	}
	return v.Span.Words()
}

// RequireRecent requires a task of the organisation to be repeated within a parameter. due is the deadline for it.
func (w *Shortfalls) RequireRecent(due []Deadline, path, param, what, never string) {
	limit, set := w.Subject.Limit(param)
	if set {
		w.Subject.Wants("at most "+limit.Value.Words()+" ago", path)
	}
	switch {
	case !set:
	case len(due) == 0:
		w.Add(path, "%s", never)
	case due[0].Past:
		w.Expired = due[0].LastDay
		w.AddLimit(path, limit.Pos, "%s %s (due again by %s)", what, due[0].At.Text, due[0].Date)
	}
}

// Fault returns one fault for all reasons, or nil if there are none. subject begins the message. The grace period applies only if
// a last day that has passed is the only reason.
func (w *Shortfalls) Fault(subject, hint string) []Fault {
	if len(w.Reasons) == 0 {
		return nil
	}
	f := Fault{Pos: w.Subject.ID.Pos, Related: w.Related, Hint: hint, Message: subject + ": " + strings.Join(w.Reasons, "; "), Grace: w.Grace}
	if len(w.Reasons) == 1 && w.Expired.Past {
		f.Lapsed, f.Day = true, w.Expired
	}
	return []Fault{f}
}

// FaultSaying returns one fault for all reasons, with a message that already contains them.
func (w *Shortfalls) FaultSaying(message, hint string) []Fault {
	out := w.Fault("", hint)
	for i := range out {
		out[i].Message = message
	}
	return out
}
