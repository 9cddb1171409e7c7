package cli_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/policytest"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// kinds explains two columns in the tables of attributes.
const kinds = `**Kind** says what happens when you leave an attribute out:

- identity: who the vendor is, and how to recognise it in code.
- scope: what your organisation has decided and permits. A shorter list permits less. If a list is absent, its row says what that permits. An empty list permits nothing. It is reported, except in data_classes, where it means that no data may be exchanged.
- claim: statements about controls, the vendor's or your own. Leaving out a bad one never improves the verdict, and adding a good one never worsens it.
- exposure: facts that can only cause findings, such as an incident. If one is missing, so are its findings. The column names the rule that reports
  the gap, or says that nothing does. For what a manifest may leave out, see [limits](limits.md#what-a-manifest-can-leave-out).

**Used by** lists what uses an attribute: rules (` + "`vendorgate explain VG-ENC-001`" + `), requirements of the built-in policies such as MIN-TLS, or

- every rule: the attribute sets the tier, and with it the severity of all findings.
- detection: ` + "`" + `scan` + "`" + ` and ` + "`" + `check` + "`" + ` search source code for it.
- exports: it appears in inventories, forecasts and calendars.
- messages: it appears in findings of other rules, or hides details in them.
- reading the file: vendorgate refuses the file if the value does not fit the rest of it.
- information: for people and your own requirements; no built-in rule uses it.

VG-PRB-001 also compares any attribute that a probe result names, and your policy can require or restrict any attribute.

`

var update = flag.Bool("update", false, "rewrite docs/attributes.md and the golden parts of the scripts")

// docs/attributes.md is generated from the tables.
func TestAttributeReference(t *testing.T) {
	t.Parallel()
	want := "# Attributes\n\n" +
		"This page lists everything that vendorgate's files can contain. It is generated from the tables that vendorgate uses to read them.\n" +
		"\"Asked by\" names the [principle](#principles) behind an attribute. Controls are ids in standards; in the tables for records, they follow the principle in the same column.\n" +
		"Keys that begin with `x-` are your own: they can be in any mapping, have any value, and mean nothing to vendorgate.\n"
	for _, section := range []struct{ title, text, table string }{
		{"Record", "`vendors/<id>.yaml` in the registry. A claim about the vendor that is missing is unknown, which is not the same as no. For what your organisation did or holds (approval, contract, assessments, evidence, pilot), missing means that there is none.", kinds + record.Table().Reference()},
		{"Waiver", "`waivers/<id>.yaml` in the registry.", registry.WaiverTable().Reference()},
		{"Probe results", "`probes/<id>.json` in the registry.", registry.ProbeTable().Reference()},
		{"Manifest", "`vendors.yaml` in a repository.", manifest.Table().Reference()},
		{"Policy", "`policy.yaml` in the registry.", policy.Table().Reference()},
		{"Policy test", "`policy_test.yaml` in the registry.", policytest.TestTable().Reference()},
	} {
		want += "\n## " + section.title + "\n\n" + section.text + "\n\n" + section.table
	}
	want += "\n## Principles\n\n| id | principle |\n|---|---|\n"
	for _, s := range vocab.Seeds() {
		want += "| " + s.ID + " | " + s.Text + " |\n"
	}
	for _, table := range []*attr.Table{record.Table(), registry.WaiverTable(), registry.ProbeTable(), manifest.Table(), policy.Table()} {
		for _, row := range table.Rows {
			if row.Seed != "" && vocab.SeedText(row.Seed) == "" {
				t.Errorf("%s: no statement %s", row.Path, row.Seed)
			}
		}
	}
	file := filepath.FromSlash("../../docs/attributes.md")
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil || string(got) != want {
		t.Errorf("docs/attributes.md is out of date (%v); run go test ./internal/cli -update", err)
	}
}
