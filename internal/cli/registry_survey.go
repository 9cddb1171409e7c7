package cli

import (
	"context"
	"fmt"

	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// surveyOptions are the flags of the commands that look at a whole registry.
type surveyOptions struct {
	registry, token, asOf string
}

func (o *surveyOptions) flags(f *pflag.FlagSet) {
	f.SortFlags = false
	f.StringVar(&o.registry, "registry", ".", "Registry of the organisation: a directory, or a repository as owner/repo[@ref][//path].")
	f.StringVar(&o.token, "registry-token", "", "Token that may read the contents of the registry's repository, as check takes it.")
	f.StringVar(&o.asOf, "as-of", "", "Day (2027-01-31) or instant (RFC 3339) to judge dates by. Without one it is now.")
}

// survey reads a registry and judges all of it. Errors are wrong settings, or that there is no registry or policy to judge by.
func (o *surveyOptions) survey(ctx context.Context, env Env) (*inventory.Inventory, error) {
	request, err := registryRequest(env, registrySettings{registry: o.registry, token: o.token})
	if err != nil {
		return nil, err
	}
	asOf, err := readAsOf(o.asOf, env)
	if err != nil {
		return nil, err
	}
	found, err := request.OpenRegistry(ctx, nil)
	if err != nil {
		return nil, err
	}
	known, rules := found.Registry, found.Policy
	for _, f := range check.Unreadable(found.Account) {
		env.say(sink.Linef("vendorgate: %s: %s", f.Pos, f.Message))
	}
	if known == nil || rules == nil {
		return nil, fmt.Errorf("registry %q: there is nothing to judge by", o.registry)
	}
	v, err := survey.Of(rules, known, asOf.In(rules))
	if err != nil {
		return nil, err
	}
	v.Version = env.Build.version()
	return &v, nil
}

// surveyed ends a command: what could not be judged leaves no verdict on it, whatever the rest says.
func (r *run) surveyed(v *inventory.Inventory, summary sink.Line) {
	r.env.say(sink.Join(sink.Text("vendorgate: "), summary))
	if len(v.Unjudged) > 0 {
		r.code = exitNoVerdict
	}
}
