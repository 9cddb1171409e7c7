package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// surveyOptions are the flags of the commands that look at a whole registry.
type surveyOptions struct {
	registry, token, asOf string
	formats               []string
}

func (o *surveyOptions) flags(f *pflag.FlagSet, formats []string) {
	f.SortFlags = false
	f.StringVar(&o.registry, "registry", ".", "Registry of the organisation: a directory, or a repository as owner/repo[@ref][//path].")
	f.StringVar(&o.token, "registry-token", "", "Token that may read the contents of the registry's repository, as check takes it.")
	f.StringVar(&o.asOf, "as-of", "", "Day (2027-01-31) or instant (RFC 3339) to judge dates by. Without one it is now.")
	f.StringArrayVar(&o.formats, "format", nil, "Format: "+strings.Join(formats, ", ")+", each with =FILE to write it there; repeatable. Without one "+formats[0]+" is printed.")
}

// survey reads a registry and judges all of it. Errors are wrong settings, or that there is no registry or policy to judge by.
func (o *surveyOptions) survey(ctx context.Context, env Env, formats []string) (*inventory.Inventory, []output, error) {
	remote, err := readRemote(env, &checkOptions{registry: o.registry, registryToken: o.token})
	if err != nil {
		return nil, nil, err
	}
	s := settings{dir: ".", registry: o.registry, remote: remote, network: network{transport: env.Transport, now: env.Now, sleep: env.Sleep}}
	if err := s.readAsOf(o.asOf, env); err != nil {
		return nil, nil, err
	}
	outputs, err := readOutputs(env, o.formats, formats)
	if err != nil {
		return nil, nil, err
	}
	var rep diag.Report
	known, rules := readRegistry(env, openRules(ctx, env, s, nil, &rep), &rep)
	for _, f := range rep.Findings {
		env.say(sink.Linef("vendorgate: %s: %s", f.Pos, f.Message))
	}
	if known == nil || rules == nil {
		return nil, nil, fmt.Errorf("registry %q: there is nothing to judge by", o.registry)
	}
	v, err := survey.Of(rules, known, s.asOf(rules.Zone))
	if err != nil {
		return nil, nil, err
	}
	v.Version = env.Build.version()
	return &v, outputs, nil
}

// surveyed ends a command: what could not be judged leaves no verdict on it, whatever the rest says.
func (r *run) surveyed(v *inventory.Inventory, summary sink.Line) {
	r.env.say(sink.Join(sink.Text("vendorgate: "), summary))
	if len(v.Unjudged) > 0 {
		r.code = exitNoVerdict
	}
}
