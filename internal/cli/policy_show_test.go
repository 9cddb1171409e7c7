package cli_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/vendorgate/vendorgate/internal/cli"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// The JSON of policy show matches its schema, for every preset and with everything that a policy can set.
func TestPolicyShowSchema(t *testing.T) {
	t.Parallel()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(cli.Schema("policy-show")))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("show.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("show.json")
	if err != nil {
		t.Fatal(err)
	}
	const own = "stack: [splunk]\nfail_on: warning\nregistry_max_age: P7D\napprovers: {security: []}\ndata_classes: {recipes: {tier: 3}}\n" +
		"requirements: [{id: MFA, attr: access.mfa.enforced, eq: true, when: {tier: 1, category: {ne: email}}, message: m, fix: f}]\n"
	for _, preset := range policy.Presets() {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "vendors", "a.yaml"), "")
		write(t, filepath.Join(dir, "policy.yaml"), "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\nextends: "+preset+"\n"+own)
		run := newRun()
		if code := run.main(t, "policy", "show", "--registry", dir, "--format", "json"); code != 0 {
			t.Fatalf("exit code %d\n%s", code, &run.stderr)
		}
		value, err := jsonschema.UnmarshalJSON(&run.stdout)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", preset, err)
		}
	}
	if schema.Validate(map[string]any{"id": "acme"}) == nil {
		t.Error("the schema admits anything")
	}
}
