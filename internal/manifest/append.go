package manifest

import (
	"errors"
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Append returns a manifest with an entry added to the end of its vendors, in the style of the list that is there. Nothing else changes,
// comments included. file is the name to report. Append returns a Mistake if the manifest has one, and another error if it cannot be
// extended without changing its meaning.
func Append(file string, text []byte, entry Draft) ([]byte, error) {
	before := Parse("", file, text)
	root, _ := yamltree.Parse(file, text)
	if root == nil || root.Kind != yamltree.Map || len(root.Pairs) == 0 {
		return nil, mistakeIn(before)
	}
	t := newExtension(text, root)
	if list := t.vendors.Value; list.Kind != yamltree.Null && len(before.Problems) > 0 {
		return nil, mistakeIn(before)
	}
	entry = entry.In(&before)
	after := Manifest{}
	for _, extend := range []func(Draft) []byte{t.inFlow, t.afterKey, t.afterLast, t.beforeNext} {
		if out := extend(entry); out != nil {
			if after = Parse("", file, out); extends(before, after, entry.ID) {
				return out, nil
			}
		}
	}
	if len(before.Problems) > 0 {
		return nil, mistakeIn(before)
	}
	if len(after.Problems) > 0 && slices.ContainsFunc(after.Uses, func(u Use) bool { return u.ID.Value == entry.ID }) {
		return nil, fmt.Errorf("the entry is not complete: %s", after.Problems[0].Message)
	}
	return nil, errors.New("its vendors are written in a form that cannot be extended")
}

// Mistake is a problem of a manifest that is in the way of an extension.
type Mistake struct {
	diag.Problem

	others int
}

func (m *Mistake) Error() string {
	out := fmt.Sprintf("%s: %s", m.Pos, m.Message)
	if m.others > 0 {
		out += fmt.Sprintf(" (and %s)", diag.Count(m.others, "other mistake"))
	}
	return out
}

func mistakeIn(m Manifest) error {
	if len(m.Problems) == 0 {
		return errors.New("it has no list of vendors")
	}
	return &Mistake{Problem: m.Problems[0], others: len(m.Problems) - 1}
}

// extends reports whether a manifest has one more use than before, and otherwise the same.
func extends(before, after Manifest, id string) bool {
	if len(after.Problems) > 0 || len(after.Uses) != len(before.Uses)+1 || after.Uses[len(before.Uses)].ID.Value != id || len(after.Ignores) != len(before.Ignores) {
		return false
	}
	for i := range before.Uses {
		if !before.Uses[i].Same(after.Uses[i]) {
			return false
		}
	}
	return true
}
