// Package inputs reads everything that a check of one repository depends on: the tree to check, the tree before the change,
// and the registry. It is the only package that decides what can be trusted. It evaluates no rules.
package inputs

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/vendorgate/vendorgate/internal/manifest"
)

// Collected is everything that was read for one check.
type Collected struct {
	Head     Head
	Declared Declared
	Local
	Base          *Base // nil if there is nothing to compare with
	Before        Before
	Agreed        Agreed
	Trusted       Trusted
	Change        RegistryChange
	PolicyChosen  bool   // the settings name the policy, so the registry needs none
	WholeRegistry bool   // the job is in the registry's own repository, without a change
	Skip          string // path of the registry in the head, which a search for vendors skips; empty if it is elsewhere
	Embedded      fs.FS  // the embedded registry
}

// Collect reads everything that a request names. It returns an error only for a UsageError or if the context ended. All other
// errors are in the Account of the value that they belong to.
func Collect(ctx context.Context, r Request) (Collected, error) {
	out := Collected{Embedded: r.Host.Registry, Skip: r.RegistryFolder(), PolicyChosen: len(r.Presets) > 0}
	var err error
	if out.Head, err = r.OpenHead(ctx); err != nil {
		return out, err
	}
	if out.Local, err = r.readLocal(ctx, out.Head); err != nil {
		return out, err
	}
	out.Base = out.base
	if out.Trusted, err = r.OpenRegistry(ctx, out.Base); err != nil { // before the base, which depends on trusted_branches
		return out, err
	}
	if err := r.permitted(out.Trusted.Policy); err != nil {
		return out, err
	}
	unchanged := out.unchanged
	if out.Base == nil && r.Job != nil {
		out.Base, unchanged = r.baseInJob(ctx, out.Head, out.Trusted.Policy)
	}
	if out.Declared, err = r.ReadManifests(ctx, out.Head, out.Base); err != nil {
		return out, err
	}
	if out.Before, err = r.readBefore(out.Base, unchanged, out.Head, out.Declared); err != nil {
		return out, err
	}
	out.Agreed = r.readAgreed(ctx, out.Head, out.Declared, out.Base, out.Before)
	out.Declared = out.Declared.after(out.Before)
	out.Trusted.Account = out.Trusted.plus(misnamed(out.Trusted))
	if err := ctx.Err(); err != nil {
		return out, fmt.Errorf("check stopped: %w", err)
	}
	out.Change = r.readChange(ctx, out.Trusted.Rules, out.Head)
	out.WholeRegistry = r.wholeRegistry()
	if r.Job != nil && r.Job.Low != nil {
		if low := r.Job.Low(); low != "" && low != out.Trusted.Commit.Low { // both can have the same token
			out.Trusted.Notices = append(out.Trusted.Notices, low)
		}
	}
	return out, nil
}

// DeclaredBefore returns a function that reports whether a manifest of the base declared a vendor for a file of the head; nil if there
// is no base to compare with.
func (c Collected) DeclaredBefore() (func(vendor, file string) bool, error) {
	if c.Base == nil || c.Before.Manifests == nil {
		return nil, nil
	}
	all, err := c.Base.all(c.Head, c.Before.Manifests)
	var manifests []manifest.Manifest
	for name, m := range all {
		if m.Path = name; c.Before.Manifests[name].Path != "" { // by its path in the head
			m.Path = c.Head.InRepository(name)
		}
		manifests = append(manifests, m)
	}
	declared := manifest.CoverageOf(manifests)
	return func(vendor, file string) bool { return declared.Covers(vendor, c.Head.InRepository(file)) }, err
}
