package inputs

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
)

// RegistryData is a whole registry to check as data, and the policy to apply.
type RegistryData struct {
	Files      *source.Tree // nil if there is no registry, or no base although one was named; the account says why
	Base       *source.Tree // the registry before a change; nil if none was named
	BaseName   string       // as given in the settings
	Policy     *policy.Policy
	Origin     string // the registry, as reports show it
	Commit     Commit
	RequestURL string
	Embedded   *source.Tree

	PolicyChosen bool // the request names the policy, so the registry needs none
	Account
}

// ReadRegistry reads a registry to check as a whole. before is a directory with the registry before a change, whose policy
// then applies; it may be empty. The error is a UsageError.
func (r Request) ReadRegistry(ctx context.Context, before string) (RegistryData, error) {
	found := r.FindRegistry(ctx, nil)
	out := RegistryData{BaseName: before, Origin: found.Origin, Commit: found.Commit, RequestURL: found.RequestURL, Embedded: r.Embedded(), Account: found.Account}
	out.PolicyChosen = len(r.Presets) > 0 || found.Rules.Why() == source.BuiltIn
	tree := found.Rules.Tree()
	ready := tree != nil && out.has(tree)
	if before != "" {
		base := r.onDisk(before, source.AtBase)
		out.add(base)
		if base.Rules.Tree() != nil && out.has(base.Rules.Tree()) {
			rules, account, err := r.ReadPolicy(base.Rules, true) // a change may add the policy
			if err != nil {
				return out, err
			}
			out.Base, out.Policy, out.Account = base.Rules.Tree(), rules, out.plus(account)
		}
		ready = ready && out.Policy != nil
	}
	if !ready {
		return out, nil
	}
	missing := r.notCheckedOut(found)
	if slices.Contains(missing.files, policyFile) && len(r.Presets) > 0 {
		return out, r.presetsFit(tree)
	}
	out.Account = out.plus(missing.account(tree, true))
	if out.Policy == nil {
		rules, account, err := r.policyAsData(tree)
		if err != nil {
			return out, err
		}
		out.Policy, out.Account = rules, out.plus(account)
	}
	out.Files, out.Origin = tree, tree.Origin
	return out, r.permitted(out.Policy)
}

// add adds the account of a registry, and its origin if it has one.
func (d *RegistryData) add(t Trusted) {
	d.Account = d.plus(t.Account)
	if t.Origin != "" {
		d.Origin = t.Origin
	}
}

// has reports whether a tree has a folder of records. If not, it adds that to the account.
func (d *RegistryData) has(tree *source.Tree) bool {
	info, err := fs.Stat(tree.Files, "vendors")
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir():
		d.add(NoRegistry(tree.Origin, registry.ErrNoVendors.Error(), PassDirectory))
	case err != nil:
		d.add(NoRegistry(tree.Origin, "read vendors: "+source.Reason(err), PassDirectory))
	default:
		return true
	}
	return false
}

// policyAsData returns the policy of a registry, or the presets of the request if it has none, which lint reports. It returns nil
// for a policy that cannot be read, which is a gap, and for one with errors, which lint reports, too. The error is a UsageError.
func (r Request) policyAsData(tree *source.Tree) (*policy.Policy, Account, error) {
	data, err := tree.Read(policyFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		rules, account := r.presets(tree)
		return rules, account, nil
	case err != nil:
		return nil, gap(tree.Name(policyFile), "cannot be read: "+source.Reason(err)), nil
	}
	if err := r.presetsFit(tree); err != nil {
		return nil, Account{}, err
	}
	rules, _ := rules.LoadPolicy(tree.Name(policyFile), data, r.Version)
	return rules, Account{}, nil
}
