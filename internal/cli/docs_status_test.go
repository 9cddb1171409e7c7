package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/record"
)

// The tables of statuses in the documentation have every status, and the changes of one that lint allows.
func TestDocsStatuses(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.FromSlash("../../docs/security-team.md"))
	if err != nil {
		t.Fatal(err)
	}
	word := regexp.MustCompile("`([a-z-]+)`")
	table := func(head string) [][]string { // the rows, as cells
		_, rest, found := strings.Cut(string(data), head+"\n")
		if !found {
			t.Fatalf("no table %s", head)
		}
		var out [][]string
		for line := range strings.Lines(rest) {
			if !strings.HasPrefix(line, "|") {
				break
			}
			out = append(out, strings.Split(strings.Trim(line, "|\n"), "|"))
		}
		return out
	}
	words := func(cell string) []string {
		var out []string
		for _, m := range word.FindAllStringSubmatch(cell, -1) {
			out = append(out, m[1])
		}
		return slices.Sorted(slices.Values(out))
	}
	next, met := map[string][]string{}, map[string]bool{}
	for _, row := range table("| from | to |") {
		for _, from := range words(row[0]) {
			next[from] = words(row[1])
		}
	}
	for _, row := range table("| status | new use | unchanged use | can be waived |") {
		for _, status := range words(row[0]) {
			met[status] = true
		}
	}
	for _, status := range record.Attribute("status").Values {
		want := slices.DeleteFunc(lint.Transitions(status), func(to string) bool { return to == "suspended" })
		if slices.Sort(want); !slices.Equal(next[status], want) {
			t.Errorf("from %s: the documentation says %q, lint allows %q", status, next[status], want)
		}
		if !met[status] {
			t.Errorf("the table of uses lacks %s", status)
		}
	}
}
