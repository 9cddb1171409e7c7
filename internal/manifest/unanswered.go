package manifest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Placeholder reports whether a text only stands for an answer that is still to come, such as TODO.
func Placeholder(text string) bool {
	word := strings.ToLower(strings.Trim(text, " .:?!-_*#<>[](){}"))
	if before, _, ok := strings.Cut(text, ":"); ok { // "TODO: ask the team"
		word = strings.ToLower(strings.TrimSpace(before))
	}
	return text != "" && slices.Contains([]string{"", "todo", "tbd", "tba", "tbc", "fixme", "xxx", "changeme", "placeholder", "n/a", "na", "none", "unknown", "later", "nobody", "purpose", "owner", "reason"}, word)
}

// Unanswered returns the answers of a manifest that are placeholders. Drafts have them where nobody but the author knows the answer.
func (m *Manifest) Unanswered() []diag.Problem {
	var out []diag.Problem
	add := func(at diag.At[string], what, hint string) {
		same := func(p diag.Problem) bool { return p.Pos == at.Pos } // the owner of all uses
		if Placeholder(at.Value) && !slices.ContainsFunc(out, same) {
			out = append(out, diag.Problem{Pos: at.Pos, Message: fmt.Sprintf("%s is %q, which is no answer", what, at.Value), Hint: hint})
		}
	}
	for _, u := range m.Uses {
		add(u.Purpose, fmt.Sprintf("the purpose of %q", u.ID.Value), "say what you use the vendor for, in a few words")
		owner := fmt.Sprintf("the owner of %q", u.ID.Value)
		if !u.Get("owner").Known() {
			owner = "the owner"
		}
		add(u.Owner, owner, "name the team that owns the use")
		add(u.Get("not_in_code").At(), fmt.Sprintf("not_in_code of %q", u.ID.Value), "say why the code shows no trace of the vendor")
	}
	for _, i := range m.Ignores {
		add(diag.At[string]{Value: i.Reason, Pos: i.Pos}, "the reason of an ignore entry", "say why the match is not a use of a vendor")
	}
	return out
}
