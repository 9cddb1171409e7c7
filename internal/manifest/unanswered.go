package manifest

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Unanswered returns the answers of a manifest that are none: placeholders, and words that name nothing. listed reports whether the
// organisation itself uses a word for a purpose or a team, by the path in the scope of the vendor's record.
func (m *Manifest) Unanswered(listed func(vendor, path, word string) bool) []diag.Problem {
	var out []diag.Problem
	add := func(none bool, at diag.At[string], what, hint string) {
		same := func(p diag.Problem) bool { return p.Pos == at.Pos } // the owner of all uses
		if none && !slices.ContainsFunc(out, same) {
			out = append(out, diag.Problem{Pos: at.Pos, Message: fmt.Sprintf("%s is %q, which is no answer", what, at.Value), Hint: hint})
		}
	}
	for _, u := range m.Uses {
		id := u.ID.Value
		none := NoPurpose(u.Purpose.Value) && !listed(id, "scope.purposes", u.Purpose.Value)
		add(none, u.Purpose, fmt.Sprintf("the purpose of %q", id), "say what you use the vendor for, in a few words")
		owner := fmt.Sprintf("the owner of %q", id)
		if !u.Get("owner").Known() {
			owner = "the owner"
		}
		none = NoOwner(u.Owner.Value) && !listed(id, "scope.teams", u.Owner.Value)
		add(none, u.Owner, owner, "name the team that owns the use")
		for _, q := range []struct{ path, what, hint string }{
			{"environments", "environment", "name where you call it: " + diag.OrList(vocab.Environments())},
			{"endpoints", "endpoint", "name the base URLs that the code calls"},
			{"api.version", "API version", "name the version of the API that the code calls"},
			{"auth_method", "authentication method", "say how the code authenticates"},
		} {
			for _, at := range append(ats(u.Get(q.path)), u.Get(q.path).At()) {
				add(at.Value == attr.ToDo, at, fmt.Sprintf("the %s of %q", q.what, id), q.hint)
			}
		}
		for _, r := range u.Get("data").Records {
			at := r.Get("class").At()
			add(at.Value == attr.ToDo, at, fmt.Sprintf("the data of %q", id), "name the data classes that you send or receive, such as personal; none means no data")
		}
		why := u.Get("not_in_code").At()
		add(Placeholder(why.Value), why, fmt.Sprintf("not_in_code of %q", id), "say why the code shows no trace of the vendor")
	}
	none := m.Owner.Value == attr.ToDo || len(m.Uses) == 0 && NoOwner(m.Owner.Value) // a use may take its words for a team
	add(none, m.Owner, "the owner", "name the team that owns the uses")
	for _, i := range m.Ignores {
		at := diag.At[string]{Value: i.Reason, Pos: i.Pos}
		add(Placeholder(i.Reason), at, "the reason of an ignore entry", "say why the match is not a use of a vendor")
	}
	return out
}
