// Package corpus finds test data that other projects publish: GitHub's API description, webhook payloads, the YAML
// test suite, and the schemas of formats. It fetches nothing; .ci/testdata does, and internal/corpus/cut writes the files that this package reads.
package corpus

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Variable names the folder with the data. If it is unset, tests that need the data are skipped. If it is set, they fail
// where a file is missing, so a run that sets it skips none of them.
const Variable = "VENDORGATE_TEST_DATA"

// Dir is the folder with the data; empty if there is none.
func Dir() string {
	return os.Getenv(Variable) //nolint:forbidigo // test support; the only place that knows where the data is
}

// The files, with / on every system. Webhook payloads are in one file per event.
const (
	DotCom     = "github/api.github.com.json"
	Enterprise = "github/ghes-3.17.json"
	Contract   = "github/contract.json"
	YAMLSuite  = "yaml-test-suite.json"
	SARIF      = "schemas/sarif-2.1.0-rtm.5.json"
	CycloneDX  = "schemas/bom-1.7.SNAPSHOT.schema.json"
	CycloneDX6 = "schemas/bom-1.6.SNAPSHOT.schema.json"
)

// CycloneDXParts are the schemas that those of CycloneDX refer to, by the name that they use.
func CycloneDXParts() []string {
	return []string{"schemas/cryptography-defs.SNAPSHOT.schema.json", "schemas/jsf-0.82.SNAPSHOT.schema.json", "schemas/spdx.SNAPSHOT.schema.json"}
}

// Read returns a file. The test is skipped if there is no data, and fails if the data lacks the file.
func Read(tb testing.TB, name string) []byte {
	tb.Helper()
	if Dir() == "" {
		tb.Skipf("needs %s: run .ci/testdata, which fetches it and prints the value of %s", name, Variable)
	}
	data, err := os.ReadFile(filepath.Join(Dir(), filepath.FromSlash(name)))
	if err != nil {
		tb.Fatalf("%s is set, so %s must be readable: %v", Variable, name, err)
	}
	return data
}

// YAMLCase is a case of the YAML test suite.
type YAMLCase struct {
	ID, Name, YAML string
	Invalid        bool // a parser must reject it
}

// YAMLCases returns the YAML test suite: 402 cases, of which 94 are invalid.
func YAMLCases(tb testing.TB) []YAMLCase {
	tb.Helper()
	return decode[YAMLCase](tb, YAMLSuite, 402)
}

// YAMLSeeds returns the texts of the YAML test suite for a fuzzer to start with; none if there is no data. A fuzzer has
// seeds of its own and is not skipped without these.
func YAMLSeeds(tb testing.TB) []string {
	tb.Helper()
	if Dir() == "" {
		return nil
	}
	var out []string
	for _, c := range YAMLCases(tb) {
		out = append(out, c.YAML)
	}
	return out
}

// Payloads returns GitHub's example payloads of a webhook event.
func Payloads(tb testing.TB, event string) []json.RawMessage {
	tb.Helper()
	return decode[json.RawMessage](tb, "webhooks/"+event+".json", 1)
}

// decode reads a list of at least this length.
func decode[T any](tb testing.TB, name string, least int) (out []T) {
	tb.Helper()
	if err := json.NewDecoder(strings.NewReader(string(Read(tb, name)))).Decode(&out); err != nil {
		tb.Fatalf("%s: %v", name, err)
	}
	if len(out) < least {
		tb.Fatalf("%s: got %d entries, want at least %d", name, len(out), least)
	}
	return out
}
