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
	WholeRegistry bool   // the run is in the registry's own repository and judges no change
	Skip          string // path of the registry in the head, which a search for vendors leaves out; empty if it lies elsewhere
	Embedded      fs.FS  // the registry inside vendorgate
}

// Collect reads everything that a request names. The error is a UsageError, or that the context ended; whatever else goes
// wrong is in the Account of the value that it belongs to.
func Collect(ctx context.Context, r Request) (Collected, error) {
	out := Collected{Embedded: r.Host.Registry, Skip: r.RegistryFolder()}
	var err error
	if out.Head, err = r.OpenHead(ctx); err != nil {
		return out, err
	}
	if out.Declared, err = r.ReadManifests(ctx, out.Head); err != nil {
		return out, err
	}
	if out.Base, err = r.baseOnDisk(); err != nil {
		return out, err
	}
	out.Trusted = r.OpenRegistry(ctx, out.Base) // before the base of a job, which depends on the branches that the policy trusts
	if err := r.permitted(out.Trusted.Policy); err != nil {
		return out, err
	}
	unchanged := ""
	if out.Base == nil {
		out.Base, unchanged = r.baseInJob(ctx, out.Head, out.Trusted.Policy)
	}
	if out.Before, err = r.readBefore(out.Base, unchanged, out.Head, out.Declared); err != nil {
		return out, err
	}
	out.Declared = out.Declared.after(out.Before)
	out.Trusted.Account = out.Trusted.Account.plus(misnamed(out.Trusted, out.Declared.Manifests))
	if err := ctx.Err(); err != nil {
		return out, fmt.Errorf("check stopped: %w", err)
	}
	out.Change = r.readChange(ctx, out.Trusted.Rules, out.Head)
	out.WholeRegistry = r.wholeRegistry()
	return out, nil
}
