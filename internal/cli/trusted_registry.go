package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// registryRequest returns a request for a command that reads a registry and checks no repository.
func registryRequest(env Env, s registrySettings) (inputs.Request, error) {
	out := inputs.Request{Host: env.host(), Version: env.Build.release(), Dir: ".", Registry: s.registry}
	var err error
	if out.Remote, err = remoteRegistry(env, s, env.network()); out.Remote != nil {
		out.Registry = ""
	}
	return out, err
}

// trustedRegistry opens a registry and its policy. If there are several problems, it returns the last as the error and prints
// the others.
func trustedRegistry(ctx context.Context, env Env, name string) (*registry.Registry, *policy.Policy, error) {
	request, err := registryRequest(env, registrySettings{registry: name})
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
		env.say(sink.Linef("vendorgate: %s: %s", f.Pos, f.Message))
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

// The help of flags that several commands have.
const (
	registryHelp          = "Your organisation's registry: a directory with policy.yaml, vendors/ and waivers/, or a repository as owner/repo[@ref][//path]."
	embeddedByDefault     = " By default, the registry embedded in vendorgate."
	registryDirectoryHelp = "Your organisation's registry: a directory with policy.yaml, vendors/ and waivers/."
	asOfHelp              = "Date (2027-01-31) or time (RFC 3339) to evaluate at. By default, now."
)

// registryFlag adds the --registry flag. Commands for the maintainers of a registry default to the current directory.
func registryFlag(f *pflag.FlagSet, registry *string, value, help string) {
	f.SortFlags = false
	f.StringVar(registry, "registry", value, help)
}

// writable returns an error if the registry is not a directory.
func writable(env Env, command, dir string) error {
	if dir != "" && !namesRepository(env, dir, false) {
		return nil
	}
	return usagef("clone the repository, and pass the directory of the clone", "%s writes files, and --registry %q is not a directory", command, dir)
}
