// Package inputs reads what a check of one repository depends on: the tree that is judged, the tree before the change, and
// the registry that judges. It returns values, and it is the one place that decides what can be trusted. It judges nothing.
package inputs

import (
	"context"
	"fmt"
	"io/fs"
)

// Collected is what was read for one check.
type Collected struct {
	Head          Head
	Declared      Declared
	Base          *Base // nil if there is nothing to compare with
	Before        Before
	Trusted       Trusted
	Change        RegistryChange
	PolicyChosen  bool   // the settings name the policy, so the registry needs none
	WholeRegistry bool   // the run is in the registry's own repository and judges no change
	Skip          string // path of the registry in the head, which a search for vendors leaves out; empty if it lies elsewhere
	Embedded      fs.FS  // the registry inside vendorgate
}

// Collect reads everything that a request names. The error is a UsageError, or that the context ended; whatever else goes
// wrong is in the Account of the value that it belongs to.
func Collect(ctx context.Context, r Request) (Collected, error) {
	out := Collected{Embedded: r.Host.Registry, Skip: r.RegistryFolder(), PolicyChosen: len(r.Presets) > 0}
	var err error
	if out.Head, err = r.OpenHead(ctx); err != nil {
		return out, err
	}
	if out.Declared, err = r.ReadManifests(ctx, out.Head); err != nil {
		return out, err
	}
	base, why, err := r.openBase(ctx, out.Head)
	if err != nil {
		return out, err
	}
	if out.Before, err = r.readBefore(base, why, out.Head, out.Declared); err != nil {
		return out, err
	}
	out.Base = base
	out.Declared = out.Declared.after(out.Before)
	if out.Trusted, err = r.OpenRegistry(ctx, base); err != nil {
		return out, err
	}
	out.Trusted.Account = out.Trusted.Account.plus(misnamed(out.Trusted))
	if err := ctx.Err(); err != nil {
		return out, fmt.Errorf("check stopped: %w", err)
	}
	out.Change = r.readChange(ctx, out.Trusted.Rules, out.Head)
	out.WholeRegistry = r.wholeRegistry()
	return out, nil
}
