package attr_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
)

// sample has every type, every flag and every shape of path.
func sample() *attr.Table {
	return attr.New("sample", "A table for tests.", []attr.Row{
		{Path: "text", Type: attr.Text, Example: "some text", Doc: "A text.", Seed: "S0a", Controls: []string{"MVSP 1.1", "PCI 1"}},
		{Path: "id", Type: attr.ID, Example: "acme"},
		{Path: "word", Type: attr.Word},
		{Path: "level", Type: attr.Enum, Values: []string{"low", "medium", "high"}, Ordered: true},
		{Path: "wide", Type: attr.Enum, Values: []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}},
		{Path: "min_tls", Type: attr.Enum, Values: []string{"1.0", "1.1", "1.2"}, Ordered: true},
		{Path: "yes", Type: attr.Tri},
		{Path: "int", Type: attr.Int, Example: "3"},
		{Path: "number", Type: attr.Number},
		{Path: "date", Type: attr.Date},
		{Path: "period", Type: attr.Period},
		{Path: "url", Type: attr.URL},
		{Path: "endpoint", Type: attr.Endpoint},
		{Path: "host", Type: attr.Host},
		{Path: "purl", Type: attr.Purl},
		{Path: "country", Type: attr.Country},
		{Path: "lei", Type: attr.LEI},
		{Path: "zone", Type: attr.Zone},
		{Path: "glob", Type: attr.Glob},
		{Path: "regexp", Type: attr.Regexp},
		{Path: "secret", Type: attr.Secret},
		{Path: "digest", Type: attr.Digest},
		{Path: "raw", Type: attr.Raw, Schema: `{"type": ["object", "array", "string", "number", "boolean", "null"]}`},
		{Path: "words", Type: attr.Word, List: true, Example: "[a, b]"},
		{Path: "some", Type: attr.Word, List: true, Filled: true, Example: "[a]"},
		{Path: "must[].some", Type: attr.Word, List: true, Filled: true, Required: true, Example: "[a]"},
		{Path: "must[].items[]", Filled: true, Required: true, Example: "[{key: a}]"},
		{Path: "must[].items[].key", Type: attr.Word},
		{Path: "places", Type: attr.Word, List: true, Filled: true, Kind: attr.Claimed, Claim: true},
		{Path: "levels", Type: attr.Enum, List: true, Values: []string{"low", "medium", "high"}, Also: []string{"any"}},
		{Path: "claim.yes", Type: attr.Tri, Claim: true},
		{Path: "claim.int", Type: attr.Int, Claim: true},
		{Path: "claim.rotation", Type: attr.Tri, Claim: true, Also: []string{"n/a"}},
		{Path: "claim.life", Type: attr.Period, Claim: true, Nullable: true, Example: "PT15M"},
		{Path: "claim.age", Type: attr.Period, Claim: true, Also: []string{"never"}},
		{Path: "claim.risk", Type: attr.Enum, Claim: true, Values: []string{"high", "low", "unknown"}},
		{Path: "claim.methods", Type: attr.Enum, List: true, Claim: true, Values: []string{"oidc", "mtls"}},
		{Path: "claim.deep.inner", Type: attr.Text, Claim: true},
		{Path: "people[].user", Type: attr.Word, Required: true, Shorthand: true, Example: "a.ferreira"},
		{Path: "people[].role", Type: attr.Word},
		{Path: "people[].phones[].number", Type: attr.Text, Required: true},
		{Path: "people[].home.country", Type: attr.Country},
		{Path: "plain[].key", Type: attr.Word},
		{Path: "roles.*", Type: attr.Word, List: true},
		{Path: "classes.*.tier", Type: attr.Enum, Values: []string{"1", "2"}, Required: true, Example: "2"},
		{Path: "classes.*.note", Type: attr.Text},
	})
}

// line shows a problem as the tests want it: file:line:col: message | hint.
func line(p diag.Problem) string {
	if p.Hint == "" {
		return p.Pos.String() + ": " + p.Message
	}
	return p.Pos.String() + ": " + p.Message + " | " + p.Hint
}

func lines(problems []diag.Problem) string {
	var out strings.Builder
	for _, p := range problems {
		fmt.Fprintln(&out, line(p))
	}
	return out.String()
}

// parse reads a text that must be free of problems.
func parse(t *testing.T, table *attr.Table, text string) *attr.Record {
	t.Helper()
	record, problems := table.Parse("f", []byte(text))
	if len(problems) > 0 || record == nil {
		t.Fatalf("Parse(%q): got problems\n%s", text, lines(problems))
	}
	return record
}
