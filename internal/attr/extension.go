package attr

import (
	"fmt"
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
