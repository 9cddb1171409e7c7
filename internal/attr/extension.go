package attr

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Own reports whether a key is the organisation's own: it begins with x-, may have any value, and means nothing to vendorgate.
func Own(key string) bool { return strings.HasPrefix(key, ownPrefix) }

const ownPrefix = "x-"

// nearlyOwn suggests the key of one's own that a key is probably meant as, such as X-Team or x_team; "" if it is none.
func nearlyOwn(key string) string {
	if len(key) < 3 || !strings.EqualFold(key[:1], "x") || key[1] != '-' && key[1] != '_' {
		return ""
	}
	return fmt.Sprintf("a key of your own begins with x-: write %q", ownPrefix+clip(key[2:]))
}

// SchemaKey is a key at the root of a file that says which schema an editor applies. It means nothing to vendorgate.
const SchemaKey = "$schema"

// EditorLine returns the comment with which editors find the schema of a file format, as a line.
func EditorLine(format string) string {
	return "# yaml-language-server: " + SchemaKey + "=https://raw.githubusercontent.com/vendorgate/vendorgate/main/docs/schemas/" + format + ".json\n"
}

// withoutSchema returns a file without the key that names its schema.
func withoutSchema(tree *yamltree.Node) *yamltree.Node {
	i := slices.IndexFunc(tree.Pairs, func(p yamltree.Pair) bool { return p.Key == SchemaKey && p.Value.Kind == yamltree.Scalar })
	if i < 0 {
		return tree
	}
	out := *tree
	out.Pairs = slices.Delete(slices.Clone(tree.Pairs), i, i+1)
	return &out
}

// own reads a pair of the organisation's own. Nothing but a credential is wrong in it.
func (r *reader) own(pair yamltree.Pair) {
	r.secrets(&yamltree.Node{Kind: yamltree.Map, Pairs: []yamltree.Pair{pair}})
}

// withoutOwn returns a tree without the keys of the organisation's own.
func withoutOwn(tree *yamltree.Node) *yamltree.Node {
	if len(tree.Items) == 0 && len(tree.Pairs) == 0 {
		return tree
	}
	out := *tree
	out.Items, out.Pairs = nil, nil
	for _, item := range tree.Items {
		out.Items = append(out.Items, withoutOwn(item))
	}
	for _, pair := range tree.Pairs {
		if !Own(pair.Key) {
			pair.Value = withoutOwn(pair.Value)
			out.Pairs = append(out.Pairs, pair)
		}
	}
	return &out
}
