package inputs

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
)

// policyFile is the file of a registry with its policy.
const policyFile = "policy.yaml"

// ReadPolicy loads policy.yaml from the registry whose rules apply. If the file does not exist, it uses the presets of the
// request. A registry of the user's own that has neither gives no verdict, because its policy may be missing by accident; with
// standIn, the default preset is used instead. A file with a similar name is an error, because its author expects it to apply.
// The policy is nil if it could not be read, and the account says why. The error is a UsageError.
func (r Request) ReadPolicy(from source.Rules, standIn bool) (*policy.Policy, Account, error) {
	tree := from.Tree()
	account := nearPolicies(tree)
	if len(account.Unread) > 0 {
		return nil, account, nil
	}
	data, err := tree.Read(policyFile)
	if errors.Is(err, fs.ErrNotExist) && !standIn && from.Why() != source.BuiltIn {
		if account := straysInstead(tree); len(account.Unread) > 0 {
			return nil, account, nil
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) && (standIn || len(r.Presets) > 0 || from.Why() == source.BuiltIn):
		chosen, account := r.presets(tree)
		return chosen, account, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, noPolicy(tree), nil
	case err != nil:
		return nil, lost(tree.Name(policyFile), source.Reason(err)), nil
	}
	if err := r.presetsFit(tree); err != nil {
		return nil, Account{}, err
	}
	rules, problems := rules.LoadPolicy(tree.Name(policyFile), data, r.Version)
	if len(problems) > 0 {
		account = unReadPolicy(tree, problems)
	}
	return rules, account, nil
}

// nearPolicies is the account of files that are nearly named policy.yaml.
func nearPolicies(tree *source.Tree) Account {
	entries, err := fs.ReadDir(tree.Files, ".")
	if err != nil {
		return lost(tree.Name(policyFile), source.Reason(err))
	}
	var out Account
	for _, e := range entries {
		if name := e.Name(); name != policyFile && (strings.EqualFold(name, policyFile) || strings.EqualFold(name, "policy.yml")) {
			out = out.plus(lost(tree.Name(name), WrongName(policyFile)))
		}
	}
	return out
}

// straysInstead is the account of files that a registry without a policy.yaml has in its place.
func straysInstead(tree *source.Tree) Account {
	found, err := registry.Policies(tree)
	if err != nil {
		return lost(tree.Name(policyFile), source.Reason(err))
	}
	var out Account
	for _, s := range found {
		if s.Right == policyFile {
			out = out.plus(lost(tree.Name(s.File), WrongName(policyFile)))
		}
	}
	return out
}

// presets loads the presets of the request, or the default one if it names none.
func (r Request) presets(tree *source.Tree) (*policy.Policy, Account) {
	load := func() (*policy.Policy, []diag.Problem) { return rules.LoadPresets(r.Presets, r.Version) }
	if len(r.Presets) == 0 {
		load = func() (*policy.Policy, []diag.Problem) {
			return rules.LoadPolicy(tree.Name(policyFile), nil, r.Version)
		}
	}
	chosen, problems := load()
	if len(problems) > 0 {
		return nil, unReadPolicy(tree, problems)
	}
	if len(r.Presets) > 0 {
		return chosen, notice(fmt.Sprintf("the registry has no policy; --policy selects %s", strings.Join(r.Presets, ", ")))
	}
	return chosen, Account{}
}

// presetsFit refuses presets for a registry that has a policy.
func (r Request) presetsFit(tree *source.Tree) error {
	if len(r.Presets) == 0 {
		return nil
	}
	return Usagef("leave out --policy", "--policy %s: the registry has a policy, %s", strings.Join(r.Presets, ","), tree.Name(policyFile))
}

// noPolicy is the account of a registry that lacks a policy.
func noPolicy(tree *source.Tree) Account {
	name := tree.Name(policyFile)
	out := lost(name, "it does not exist")
	out.Unread[0].Message = fmt.Sprintf("%s is missing, so there is no verdict", name)
	out.Unread[0].Hint = AddPolicy()
	return out
}

// AddPolicy says how to get a verdict from a registry that lacks a policy.
func AddPolicy() string {
	preset := policy.Presets()[0]
	return fmt.Sprintf("Add a policy.yaml with the lines `apiVersion: vendorgate/v1`, `kind: Policy`, `id: default` and `extends: %s`. If the registry is meant to have none, pass --policy %s.", preset, preset)
}

// unReadPolicy returns the account of a policy with errors.
func unReadPolicy(tree *source.Tree, problems []diag.Problem) Account {
	out := gap(tree.Name(policyFile), "the policy has errors, so no rules were applied")
	out.Unread = []Unread{{File: policyFile, Problems: problems}}
	return out
}

// permitted returns an error for settings that the policy does not allow. If the policy could not be read, there is no verdict
// anyway.
func (r Request) permitted(rules *policy.Policy) error {
	if r.AsOf == "" || rules == nil || rules.AllowAsOf.Value {
		return nil
	}
	return Usagef("remove it to check as of now, or allow it with `allow_as_of: true` in the policy", "--as-of %s: the policy does not allow this setting in CI", r.AsOf)
}
