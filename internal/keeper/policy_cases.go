package keeper

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/layout"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/policytest"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/render"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// testOptions are the flags of policy test.
type testOptions struct {
	registry        string
	format          settings.FormatFlag[*render.Tested]
	requireCoverage bool
}

func newPolicyTest(r *command.Run) *cobra.Command {
	o := &testOptions{}
	cmd := &cobra.Command{
		Use:   "test [file...]",
		Short: "Run the test cases of a policy",
		Example: "  vendorgate policy test --registry ../vendor-registry\n" +
			"  vendorgate policy test --registry ../vendor-registry --require-coverage payments_test.yaml",
		Long: "test runs the cases under tests: in policy.yaml and in policy_test.yaml next to it, or in the files that you name.\n" +
			"It counts the rules and requirements in force that are tested both ways: with a pass and with a fail.",
		RunE: func(cmd *cobra.Command, args []string) error {
			code, err := testPolicy(cmd.Context(), r.Env, o, args)
			r.Code = code
			return err
		},
	}
	command.RegistryFlag(cmd.Flags(), &o.registry, ".", command.RegistryHelp)
	command.AddFormat(&o.format, cmd, "the result", render.TestFormats())
	cmd.Flags().BoolVar(&o.requireCoverage, "require-coverage", false, "Fail unless every rule and requirement in force is tested both ways: with a pass and with a fail. Prints a case for each that is missing.")
	return cmd
}

// testPolicy runs the cases.
func testPolicy(ctx context.Context, env process.Env, o *testOptions, names []string) (int, error) {
	outputs, err := o.format.Read(env)
	if err != nil {
		return 0, err
	}
	known, rules, err := command.OpenRegistry(ctx, env, o.registry)
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
			env.Say(sink.Linef("vendorgate: %s: %s", p.Pos, p.Message))
			env.Hint(p.Hint)
		}
		return command.ExitNoVerdict, nil
	}
	result := render.Tested{Policy: rules, Trials: trials, Coverage: policytest.Covered(rules, trials)}
	if o.requireCoverage {
		result.Proposals = propose(rules, known, result.Coverage.Gaps, latest(trials, rules, env))
	}
	if err := settings.WriteOutputs(env, outputs, &result); err != nil {
		return 0, err
	}
	switch {
	case result.Failed() > 0, o.requireCoverage && len(result.Coverage.Gaps) > 0:
		return command.ExitFindings, nil
	case len(trials) == 0:
		env.Say(sink.Linef("vendorgate: there are no test cases; write some under `tests:` in policy.yaml, or in %s next to it", layout.Tests))
		return command.ExitNothing, nil
	default:
		return command.ExitPass, nil
	}
}

// propose suggests a case for each gap in the coverage.
func propose(rules *policy.Policy, known *registry.Registry, gaps []policytest.CoverageGap, day scalar.Date) []render.Proposal {
	if len(gaps) == 0 {
		return nil
	}
	var out []render.Proposal
	search := policytest.Propose(rules, known, day)
	for _, gap := range gaps {
		text, found := search.Case(gap)
		out = append(out, render.Proposal{CoverageGap: gap, Text: text, Found: found})
	}
	return out
}

// latest returns the latest day of the cases, or today if there are none.
func latest(trials []policytest.Trial, rules *policy.Policy, env process.Env) scalar.Date {
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

// caseFile is a file that may contain test cases.
type caseFile struct {
	name string
	data []byte
}

// table returns the attributes that the file may have.
func (f caseFile) table() *attr.Table {
	if path.Base(f.name) == layout.Policy {
		return policy.Table()
	}
	return policytest.TestTable()
}

// caseFiles reads the named files. Without names, it reads those that the registry has.
func caseFiles(env process.Env, known *registry.Registry, names []string) ([]caseFile, error) {
	var out []caseFile
	for _, name := range names {
		data, err := env.ReadFile(name, yamltree.MaxBytes)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		out = append(out, caseFile{path.Clean(filepath.ToSlash(name)), data})
	}
	if len(names) > 0 {
		return out, nil
	}
	entries, err := fs.ReadDir(known.Tree.Files, ".")
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", known.Tree.Origin, err)
	}
	for _, e := range entries {
		if name := e.Name(); name != layout.Tests && (strings.EqualFold(name, layout.Tests) || strings.EqualFold(name, "policy_test.yml")) {
			return nil, fmt.Errorf("%s: %s", known.Tree.Name(name), inputs.WrongName(layout.Tests))
		}
	}
	for _, name := range []string{layout.Policy, layout.Tests} {
		data, err := known.Tree.Read(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, fmt.Errorf("read %s: %w", known.Tree.Name(name), err)
		default:
			out = append(out, caseFile{known.Tree.Name(name), data})
		}
	}
	return out, nil
}
