package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// trustedRegistry opens a registry and its policy. If there are several problems, it returns the last as the error and prints
// the others.
func trustedRegistry(ctx context.Context, env process.Env, name string) (*registry.Registry, *policy.Policy, error) {
	request, err := settings.RegistryRequest(env, ci.RegistrySettings{Name: name})
	if err != nil {
		return nil, nil, err
	}
	found, err := request.OpenRegistry(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	wrong := check.Unreadable(found.Account)
	for i, f := range wrong {
		if i == len(wrong)-1 {
			return nil, nil, fmt.Errorf("%s: %s", f.Pos, f.Message)
		}
		env.Say(sink.Linef("vendorgate: %s: %s", f.Pos, f.Message))
	}
	return found.Registry, found.Policy, nil
}

// vendor reads a record; nil if there is none with that id.
func vendor(known *registry.Registry, id string) (*registry.Vendor, error) {
	if !slices.Contains(known.IDs(), id) {
		return nil, nil //nolint:nilnil // nil means that there is no record
	}
	v, err := known.Vendor(id)
	if err == nil && v != nil && len(v.Problems) > 0 {
		p := v.Problems[0]
		err = fmt.Errorf("%s: %s", p.Pos, p.Message)
	}
	return v, err
}

// writable returns an error if the registry is not a directory.
func writable(env process.Env, command, dir string) error {
	if dir != "" && !ci.NamesRepository(env, dir, false) {
		return nil
	}
	return inputs.Usagef("clone the repository, and pass the directory of the clone", "%s writes files, and --registry %q is not a directory", command, dir)
}
