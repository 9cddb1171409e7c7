package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/policytest"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// testOptions is the command line of policy test.
type testOptions struct {
	registry        string
	formats         []string
	requireCoverage bool
}

func newPolicyTest(r *run) *cobra.Command {
	o := &testOptions{}
	cmd := &cobra.Command{
		Use:   "test [file...]",
		Short: "Run the cases of a policy",
		Example: "  vendorgate policy test --registry ../vendor-registry\n" +
			"  vendorgate policy test --registry ../vendor-registry --require-coverage payments_test.yaml",
		Long: "test judges the cases under tests: in policy.yaml and those of policy_test.yaml beside it, or those of the\n" +
			"files that are named. It says which rules and requirements in force no case shows to pass and to fail.",
		RunE: func(cmd *cobra.Command, args []string) error {
			code, err := testPolicy(cmd.Context(), r.env, o, args)
			r.code = code
			return err
		},
	}
	registryFlag(cmd.Flags(), &o.registry, "Registry of the organisation, as check takes it.")
	cmd.Flags().StringArrayVar(&o.formats, "format", nil, "Format of the result: text or json, each with =FILE to write it there; repeatable. Without one text is printed.")
	cmd.Flags().BoolVar(&o.requireCoverage, "require-coverage", false, "Fail unless the cases show of every rule and requirement in force that it passes and that it fails.")
	return cmd
}

// testPolicy judges the cases.
func testPolicy(ctx context.Context, env Env, o *testOptions, names []string) (int, error) {
	outputs, err := readOutputs(env, o.formats, []string{"text", "json"})
	if err != nil {
		return 0, err
	}
	known, rules, err := explainers(ctx, env, o.registry)
	if err != nil {
		return 0, err
	}
	files, err := caseFiles(env, known, names)
	if err != nil {
		return 0, err
	}
	var trials []policytest.Trial
	var problems []diag.Problem
	for _, f := range files {
		cases, wrong := policytest.Cases(rules, f.table(), f.name, f.data, known)
		problems = append(problems, wrong...)
		for i := range cases {
			trials = append(trials, policytest.Try(rules, &cases[i]))
		}
	}
	if len(problems) > 0 {
		for _, p := range diag.FirstProblems(problems) {
			env.say(sink.Linef("vendorgate: %s: %s", p.Pos, p.Message))
			hint(env, p.Hint)
		}
		return exitNoVerdict, nil
	}
	result := tested{rules: rules, trials: trials, coverage: policytest.Covered(rules, trials)}
	if o.requireCoverage {
		result.propose(known, latest(trials, rules, env))
	}
	if err := writeOutputs(env, outputs, result.render); err != nil {
		return 0, err
	}
	switch {
	case result.failed() > 0, o.requireCoverage && len(result.coverage.Gaps) > 0:
		return exitFindings, nil
	case len(trials) == 0:
		env.say(sink.Linef("vendorgate: there is no case; write some under `tests:` in policy.yaml, or in %s beside it", testFile))
		return exitNothing, nil
	default:
		return exitPass, nil
	}
}

// latest is the last day of the cases, or today.
func latest(trials []policytest.Trial, rules *policy.Policy, env Env) scalar.Date {
	day := scalar.DateOf(env.Now(), rules.Zone)
	if len(trials) > 0 {
		day = trials[0].Case.AsOf
	}
	for _, t := range trials {
		if t.Case.AsOf.After(day) {
			day = t.Case.AsOf
		}
	}
	return day
}

// wouldClose is a gap with a case for it.
type wouldClose struct {
	policytest.CoverageGap
	text  string // of the case, in YAML
	found bool   // it is complete
}

// tested is what the cases came to.
type tested struct {
	rules     *policy.Policy
	trials    []policytest.Trial
	coverage  policytest.Coverage
	proposals []wouldClose
}

func (t *tested) propose(known *registry.Registry, day scalar.Date) {
	if len(t.coverage.Gaps) == 0 {
		return
	}
	search := policytest.Propose(t.rules, known, day)
	for _, gap := range t.coverage.Gaps {
		text, found := search.Case(gap)
		t.proposals = append(t.proposals, wouldClose{gap, text, found})
	}
}

func (t *tested) failed() int {
	n := 0
	for _, trial := range t.trials {
		if !trial.Passed() {
			n++
		}
	}
	return n
}

func (t *tested) render(format string, _ bool) (sink.Document, error) {
	if format == "json" {
		return t.json()
	}
	return t.text(), nil
}

// text is a line for each case, and one for each expectation that is not met.
func (t *tested) text() sink.Document {
	var out sink.Page
	for _, trial := range t.trials {
		if trial.Passed() {
			out.Linef("ok    %s: %s", trial.Case.Name.Pos, trial.Case.Name.Value)
			continue
		}
		out.Linef("FAIL  %s: %s", trial.Case.Name.Pos, trial.Case.Name.Value)
		for _, s := range trial.Said {
			if s.Met() {
				continue
			}
			out.Linef("      %s: %s: expected %s, got %s", s.ID.Pos, s.ID.Value, s.Want, s.Got)
			if s.Why != "" {
				out.Linef("          %s", s.Why)
			}
		}
	}
	passed := len(t.trials) - t.failed()
	out.Linef("%d of %s pass by policy %s; they show of %d of %d rules and requirements in force both a pass and a fail",
		passed, diag.Count(len(t.trials), "case"), t.rules.ID, t.coverage.Covered, t.coverage.InForce)
	t.missing(&out)
	return out.Document()
}

// missing is a case for each gap of the coverage, ready to paste where one was found.
func (t *tested) missing(out *sink.Page) {
	if len(t.proposals) == 0 {
		return
	}
	out.Line()
	out.Linef("No case shows these. Those without a comment can be pasted under tests: as they are.")
	out.Line()
	for _, p := range t.proposals {
		for line := range strings.Lines(p.text) {
			out.Linef("%s", strings.TrimRight(line, "\n"))
		}
	}
}
