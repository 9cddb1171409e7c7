package inputs

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// OpenRegistry finds the trusted registry, opens it and loads its policy. base is the tree before the change, nil if there is
// none. The error is a UsageError.
func (r Request) OpenRegistry(ctx context.Context, base *Base) (Trusted, error) {
	out := r.FindRegistry(ctx, base)
	tree := out.Rules.Tree()
	if tree == nil {
		return out, nil
	}
	builtIn := out.Rules
	if builtIn.Why() != source.BuiltIn {
		builtIn = r.BuiltIn()
	}
	known, err := registry.Open(out.Rules, builtIn)
	if err != nil {
		none := NoRegistry(tree.Origin, err.Error(), PassDirectory)
		out.Origin, out.Account = none.Origin, out.plus(none.Account)
		return out, nil
	}
	if checkout, err := r.Host.checkoutOf(out.disk); out.disk != "" && err == nil && checkout.Git != nil {
		out.CheckedOut = checkedOut(checkout)
	}
	missing := r.notCheckedOut(out)
	if slices.Contains(missing.files, policyFile) && len(r.Presets) > 0 {
		return out, r.presetsFit(tree)
	}
	rules, account, err := r.ReadPolicy(out.Rules, false)
	out.Registry, out.Policy, out.Origin = known, rules, tree.Origin
	out.Account = out.plus(account, missing.account(tree, false))
	return out, err
}

// misnamed reports waivers that are not read because of an extension such as .yml.
func misnamed(t Trusted) Account {
	if t.Registry == nil {
		return Account{}
	}
	tree, out := t.Registry.Tree, Account{}
	entries, err := fs.ReadDir(tree.Files, "waivers")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		out = gap(tree.Name("waivers"), "cannot be read: "+source.Reason(err))
	}
	for _, e := range entries {
		ending := path.Ext(e.Name())
		if ending != ".yaml" && (strings.EqualFold(ending, ".yaml") || strings.EqualFold(ending, ".yml")) {
			out = out.plus(lost(tree.Name("waivers/"+e.Name()), WrongName(strings.TrimSuffix(e.Name(), ending)+".yaml")))
		}
	}
	return out
}
