package cli

import (
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/sink"
)

func newCheck(r *run) *cobra.Command {
	o := &checkOptions{}
	cmd := &cobra.Command{
		Use:     "check [dir]",
		Short:   "Check the declared vendors against the registry",
		Example: "  vendorgate check --registry ../vendor-registry\n  vendorgate check services/checkout --registry ../vendor-registry --format json=report.json",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("give one directory; --manifest selects among its manifests", "check takes one directory, and %q is a second", args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			o.dir = "."
			if len(args) == 1 {
				o.dir = args[0]
			}
			rep, err := check(cmd.Context(), r.env, o)
			if err != nil {
				return err
			}
			r.code = rep.code
			return nil
		},
	}
	o.flags(cmd.Flags())
	return cmd
}

// outcome is a finished run: the report, and the exit code that it means.
type outcome struct {
	*diag.Report
	code  int
	files map[string]string // the files that findings may point at: their paths in the repository, by name
}

// check is one run of the gate, from bytes to exit code. Errors are wrong settings; whatever else goes wrong is part of
// the report.
func check(ctx context.Context, env Env, o *checkOptions) (outcome, error) {
	s, err := o.settings(env)
	if err != nil {
		return outcome{}, err
	}
	rep := &diag.Report{Version: env.Build.version()}
	tree, err := openHead(ctx, env, s, rep)
	if err != nil {
		return outcome{}, err
	}
	found, err := readManifests(ctx, env, s, tree, rep)
	if err != nil {
		return outcome{}, err
	}
	before, why, err := openBase(ctx, env, s, tree)
	if err != nil {
		return outcome{}, err
	}
	was, err := readBase(before, why, s, tree, &found, rep)
	if err != nil {
		return outcome{}, err
	}
	trusted := openRules(ctx, env, s, before, rep)
	known, rules := readRegistry(env, trusted, rep)
	if known != nil {
		misnamed(known.Tree, found.manifests, rep)
	}
	if err := ctx.Err(); err != nil {
		return outcome{}, fmt.Errorf("check stopped: %w", err)
	}
	rep.AsOf = s.asOf(zoneOf(rules))
	var traces *gate.Traces
	if rules != nil {
		traces = readTraces(env, s, tree, found, was, known, rules.At(rep.AsOf), rep)
		was.compare(before, tree, traces, declared(found.manifests), rep)
	}
	found.used(s, traces, rep)
	files := tree.paths(found.manifests)
	for _, file := range tracedFiles(traces, declared(found.manifests)) {
		files[tree.name(file)] = tree.inRepository(file)
	}
	switch p := readProposal(ctx, env, s, trusted, tree, rep); {
	case known == nil:
	case p != nil:
		maps.Copy(files, p.check(ctx, env, s, known, rules, rep))
	default:
		lintOwn(ctx, env, s, known, rules, rep)
	}
	verdict := judgement{gate: gateOf(s, rules, found, was, rep), doubt: was.lost != ""}
	found.enforce(rules, rep)
	switch {
	case rules == nil || known == nil || tooOld(rep, rules):
		rep.Findings = append(rep.Findings, gate.ManifestProblems(found.manifests)...)
		rep.Vendors = undecided(found.manifests)
	default:
		in := gate.Input{Manifests: found.manifests, Base: was.manifests, Registry: known, Policy: rules, AsOf: rep.AsOf, Repository: s.repository, RequestURL: rep.RequestURL}
		if verdict.doubt {
			in.Base = asIfUnchanged(found.manifests)
			verdict.atBest = slices.Concat(rep.Findings, gate.Evaluate(in).Findings)
			in.Base = nil
		}
		in.Traces = traces
		result := gate.Evaluate(in)
		rep.Policy = rules.ID
		rep.Findings = append(rep.Findings, result.Findings...)
		addGaps(rep, result.Gaps)
		rep.Notices = append(rep.Notices, result.Notices...)
		rep.Vendors, rep.Counts.Unvetted, rep.Counts.Lapsed = result.Vendors, result.Unvetted, result.Lapsed
		rep.Revision = known.Tree.Digest()
	}
	forReaders(rep, rules)
	if err := ctx.Err(); err != nil {
		return outcome{}, fmt.Errorf("check stopped: %w", err)
	}
	return outcome{rep, write(env, s, rep, verdict.conclude(found, rep)), files}, nil
}

// judgement is what turns findings into a verdict.
type judgement struct {
	gate   gate.Threshold
	doubt  bool           // the base could not be read: what the change introduced is not known, nor what its settings were
	atBest []diag.Finding // the findings if the change introduced nothing
}

// conclude gives the report its verdict and says which exit code that is. A certain no outranks what could not be
// seen, and that outranks having nothing to check.
func (j judgement) conclude(found foundManifests, rep *diag.Report) int {
	rep.Count()
	rep.Counts.Vendors = len(rep.Vendors)
	j.gate.Vendors(rep.Vendors, rep.Findings)
	j.gate.Mark(rep.Findings)
	sure := rep.Findings
	if j.doubt {
		sure = j.atBest
	}
	switch {
	case j.gate.Fails(certain(rep, sure)):
		rep.Verdict = diag.Fail
		return exitFindings
	case len(rep.Gaps) > 0 || gate.Undecided(rep.Findings):
		rep.Verdict = diag.NoVerdict
		rep.Reason = "not everything could be read"
		return exitNoVerdict
	case j.doubt && (found.nothing != "" || strictest().Fails(rep.Findings)):
		rep.Verdict = diag.NoVerdict
		rep.Reason = "the base could not be read, and the verdict depends on it"
		return exitNoVerdict
	case found.nothing != "":
		rep.Verdict, rep.Reason = diag.NothingToCheck, found.nothing
		if found.allowed {
			return exitPass
		}
		return exitNothing
	default:
		rep.Verdict = diag.Pass
		return exitPass
	}
}

// certain are the findings that stand whatever could not be read: where that is a waiver, it might cover the others.
func certain(rep *diag.Report, findings []diag.Finding) []diag.Finding {
	waivers := path.Join(rep.Origin, "waivers")
	if !slices.ContainsFunc(rep.Gaps, func(g diag.Gap) bool { return g.Target == waivers || strings.HasPrefix(g.Target, waivers+"/") }) {
		return findings
	}
	return slices.DeleteFunc(slices.Clone(findings), func(f diag.Finding) bool {
		rule, structural := rules.ByID(f.Rule)
		return !structural || rule.Waivable
	})
}

// write renders everything before the first byte leaves, then writes each output once. A report that cannot be
// written makes no verdict better, and no pass stays one whose report is lost: whatever is written later says so.
func write(env Env, s settings, rep *diag.Report, code int) int {
	render := func(o output) (sink.Document, error) {
		return report.Render(o.format, rep, o.file == "" && env.Terminal && env.Getenv("NO_COLOR") == "")
	}
	rendered, failures := make([]sink.Document, len(s.outputs)), make([]error, len(s.outputs))
	for i, o := range s.outputs {
		rendered[i], failures[i] = render(o)
	}
	lost := false
	for i, o := range s.outputs {
		if lost {
			rendered[i], failures[i] = render(o)
		}
		err := failures[i]
		switch {
		case err != nil:
		case o.file == "":
			err = env.Stdout.Put(rendered[i])
		default:
			err = env.WriteFile(o.file, rendered[i].Bytes())
		}
		if err == nil {
			continue
		}
		env.say(sink.Linef("vendorgate: write the %s report: %s", o.format, err))
		if code == exitPass {
			code, lost = exitNoVerdict, true
			rep.Verdict, rep.Reason = diag.NoVerdict, "the "+o.format+" report could not be written"
		}
	}
	for _, notice := range rep.Notices {
		env.say(sink.Linef("vendorgate: %s", notice))
	}
	env.say(sink.Linef("vendorgate: %s", report.Summary(rep)))
	return code
}
