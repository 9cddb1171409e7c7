package inputs

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
)

// OpenRegistry finds the trusted registry, opens it and loads its policy. base is the tree before the change, nil if there is
// none.
func (r Request) OpenRegistry(ctx context.Context, base *Base) Trusted {
	out := r.FindRegistry(ctx, base)
	tree := out.Rules.Tree()
	if tree == nil {
		return out
	}
	builtIn := out.Rules
	if builtIn.Why() != source.BuiltIn {
		builtIn = r.BuiltIn()
	}
	known, err := registry.Open(out.Rules, builtIn)
	if err != nil {
		none := NoRegistry(tree.Origin, err.Error(), PassDirectory)
		out.Origin, out.Account = none.Origin, out.plus(none.Account)
		return out
	}
	rules, account := r.ReadPolicy(out.Rules)
	out.Registry, out.Policy, out.Origin = known, rules, tree.Origin
	out.Account = out.plus(account)
	return out
}

// ReadPolicy loads policy.yaml, or the default policy if there is none. A file with a similar name is an error, because its
// author expects it to apply. The policy is nil if it cannot be read.
func (r Request) ReadPolicy(from source.Rules) (*policy.Policy, Account) {
	tree := from.Tree()
	entries, err := fs.ReadDir(tree.Files, ".")
	if err != nil {
		return nil, lost(tree.Name("policy.yaml"), source.Reason(err))
	}
	var account Account
	for _, e := range entries {
		if name := e.Name(); name != "policy.yaml" && (strings.EqualFold(name, "policy.yaml") || strings.EqualFold(name, "policy.yml")) {
			account = account.plus(lost(tree.Name(name), WrongName("policy.yaml")))
		}
	}
	if len(account.Unread) > 0 {
		return nil, account
	}
	data, err := tree.Read("policy.yaml")
	if errors.Is(err, fs.ErrNotExist) {
		data, err = nil, nil
	}
	if err != nil {
		return nil, lost(tree.Name("policy.yaml"), source.Reason(err))
	}
	rules, problems := rules.LoadPolicy(tree.Name("policy.yaml"), data, r.Version)
	if len(problems) > 0 {
		account = unreadPolicy(tree, problems)
	}
	return rules, account
}

// misnamed reports waivers, and records of declared vendors, that are not read because of an extension such as .yml.
func misnamed(t Trusted, manifests []manifest.Manifest) Account {
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
	exists := func(file string) bool {
		_, err := fs.Stat(tree.Files, file)
		return err == nil
	}
	for _, id := range (Declared{Manifests: manifests}).IDs() {
		if exists("vendors/" + id + ".yaml") {
			continue
		}
		for _, ending := range []string{".yml", ".YAML", ".YML"} {
			if file := "vendors/" + id + ending; exists(file) {
				out = out.plus(notice(tree.Name(file) + ": " + WrongName(id+".yaml")))
			}
		}
	}
	return out
}

// WrongName says what to do about a file with a wrong name.
func WrongName(right string) string {
	return "vendorgate does not read a file with this name; rename it to " + right
}

// unreadPolicy returns the account of a policy with errors.
func unreadPolicy(tree *source.Tree, problems []diag.Problem) Account {
	out := gap(tree.Name("policy.yaml"), "the policy has errors, so no rules were applied")
	out.Unread = []Unread{{File: "policy.yaml", Problems: problems}}
	return out
}
