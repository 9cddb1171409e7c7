package starter_test

import (
	"os"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/starter"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

func roles() []starter.Role {
	return []starter.Role{{Name: "security-architect", Who: []string{"a.ferreira", "@acme/security"}}, {Name: "privacy-officer", Who: []string{"a.ferreira", "m.oduya"}}}
}

// Every file of a new registry is valid, with every preset and whatever is left out.
func TestFiles(t *testing.T) {
	t.Parallel()
	presets := [][]string{{policy.Presets()[1], policy.Overlays()[0], policy.Overlays()[1]}}
	for _, p := range policy.Presets() {
		presets = append(presets, []string{p})
	}
	for _, p := range presets {
		for _, r := range []starter.Registry{
			{ID: "acme", Presets: p, Approvers: roles()[:1]},
			{ID: "acme", Presets: p, Approvers: roles(), Contact: "#vendor-security: \"us\"", TimeZone: "Europe/Dublin", Repository: "acme/vendors", Commit: strings.Repeat("ab", 20)},
		} {
			for i, f := range r.Files() {
				if i == 0 {
					if _, problems := rules.LoadPolicy(f.Name, f.Data, "0.1.0"); len(problems) > 0 {
						t.Errorf("%v\n%s", problems, f.Data)
					}
					if formatted, _ := registry.Format(policy.Table(), f.Name, f.Data); string(formatted) != string(f.Data) {
						t.Errorf("%s is not in order:\n%s", f.Name, f.Data)
					}
				}
				if strings.HasSuffix(f.Name, ".yml") {
					if _, problems := yamltree.Parse(f.Name, f.Data); len(problems) > 0 {
						t.Errorf("%v\n%s", problems, f.Data)
					}
				}
			}
		}
	}
}

// The workflow is the one of the documentation, which CI checks, with the commit of the release.
func TestWorkflow(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile("../../docs/workflows/registry.yml")
	if err != nil {
		t.Fatal(err)
	}
	r := starter.Registry{ID: "acme", Presets: policy.Presets()[:1], Approvers: roles()}
	if got := file(t, r, starter.WorkflowFile); got != string(want) || strings.Count(got, starter.Placeholder) != 1 {
		t.Errorf("%s differs from the documentation:\n%s", starter.WorkflowFile, got)
	}
	r.Commit = strings.Repeat("ab", 20)
	if got := file(t, r, starter.WorkflowFile); got != strings.Replace(string(want), starter.Placeholder, r.Commit, 1) {
		t.Errorf("another workflow:\n%s", got)
	}
}

// Each approver is a code owner once.
func TestCodeOwners(t *testing.T) {
	t.Parallel()
	got := file(t, starter.Registry{Presets: policy.Presets()[:1], Approvers: roles()}, ".github/CODEOWNERS")
	if want := "\n* @a.ferreira @acme/security @m.oduya\n"; !strings.HasSuffix(got, want) {
		t.Errorf("%s, want %s", got, want)
	}
}

func file(t *testing.T, r starter.Registry, name string) string {
	t.Helper()
	var names []string
	for _, f := range r.Files() {
		if f.Name == name {
			return string(f.Data)
		}
		names = append(names, f.Name)
	}
	t.Fatalf("%q has no %s", names, name)
	return ""
}
