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

// registryRequest says where a command that judges no repository finds its registry.
func registryRequest(env Env, s registrySettings) (inputs.Request, error) {
	out := inputs.Request{Host: env.host(), Version: env.Build.release(), Dir: ".", Registry: s.registry}
	var err error
	if out.Remote, err = remoteRegistry(env, s, env.network()); out.Remote != nil {
		out.Registry = ""
	}
	return out, err
}

// trustedRegistry opens a registry and its policy. What is wrong with it goes to standard error, and the last of it is the
// error.
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

// vendor reads a record; nil if there is none of that name.
func vendor(known *registry.Registry, id string) (*registry.Vendor, error) {
	if !slices.Contains(known.IDs(), id) {
		return nil, nil //nolint:nilnil // absence is an answer
	}
	v, err := known.Vendor(id)
	if err == nil && v != nil && len(v.Problems) > 0 {
		p := v.Problems[0]
		err = fmt.Errorf("%s: %s", p.Pos, p.Message)
	}
	return v, err
}

// registryFlag is the registry that a command works on. Those who keep one are mostly in it.
func registryFlag(f *pflag.FlagSet, dir *string, what string) {
	f.SortFlags = false
	f.StringVar(dir, "registry", ".", what)
}

// writable refuses a registry that cannot be written to.
func writable(env Env, command, dir string) error {
	if dir != "" && !namesRepository(env, dir, false) {
		return nil
	}
	return usagef("clone it, and name the clone", "%s writes files, and --registry %q is no directory", command, dir)
}
