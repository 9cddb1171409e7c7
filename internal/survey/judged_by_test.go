package survey_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// oneIn is how many attributes there are for each that a short test takes.
const oneIn = 6

// Each attribute names those who judge it. Who does is found by changing the attribute in records of many kinds, and by looking
// whose reading changes: of the rules, of the requirements of presets, of detection, of exports, and of the wording of what rules
// find that do not judge the attribute.
func TestJudgedBy(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	all := situations(t)
	found := make([]map[string]changes, len(all))
	t.Run("situations", func(t *testing.T) {
		for i := range all {
			t.Run(all[i].name, func(t *testing.T) {
				t.Parallel()
				found[i] = judges(t, &all[i])
			})
		}
	})
	for i := range record.Table().Rows {
		if !effort.Takes(i, oneIn) {
			continue
		}
		row := &record.Table().Rows[i]
		t.Run(row.Path, func(t *testing.T) {
			t.Parallel()
			readers := readersOf(found, row)
			if !slices.Equal(row.JudgedBy, readers) {
				t.Errorf("the row of %s says that it is judged by %q; write JudgedBy: []string{\"%s\"}", row.Path, row.JudgedBy, strings.Join(readers, `", "`))
			}
		})
	}
}

// changes are what changing an attribute does in one situation.
type changes struct {
	readers []string // whose reading changes
	worded  []string // rules whose findings have another text
	shown   []string // rules whose line in forecasts is another, and Exports for the row in inventories
}

// readersOf are all readers of an attribute, sorted. found holds what changing it does in each situation.
func readersOf(found []map[string]changes, row *attr.Row) []string {
	var all changes
	read := false
	for _, f := range found {
		these, ok := f[row.Path]
		all.readers, all.worded, all.shown = append(all.readers, these.readers...), append(all.worded, these.worded...), append(all.shown, these.shown...)
		read = read || ok
	}
	if !read {
		return []string{record.Reading}
	}
	other := func(rule string) bool { return !slices.Contains(all.readers, rule) }
	out := slices.Clone(all.readers)
	if slices.ContainsFunc(all.worded, other) {
		out = append(out, record.Wording)
	}
	if slices.ContainsFunc(all.shown, other) {
		out = append(out, record.Exports)
	}
	if out == nil {
		return []string{record.Information}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// judges are the changes by attribute in one situation. An attribute that has none there has an empty value.
func judges(t *testing.T, s *situation) map[string]changes {
	t.Helper()
	out := map[string]changes{}
	for i := range record.Table().Rows {
		row := &record.Table().Rows[i]
		if !effort.Takes(i, oneIn) || !s.concerns(row) {
			continue
		}
		tree := withItem(s.tree, row)
		base, words, lines := judged(s, tree), worded(t, s, tree), exported(t, s, tree)
		lints := s.name == "good" && (row.Type == attr.Date || row.Type == attr.ID)
		for _, mutant := range mutants(tree, row) {
			r, c := judged(s, mutant), out[row.Path]
			switch {
			case r == nil && !row.Required:
				c.readers = append(c.readers, record.Reading)
			case r != nil:
				c.readers = append(c.readers, differences(base, r)...)
			}
			if r != nil && lints && linted(t, s, mutant) != linted(t, s, tree) {
				c.readers = append(c.readers, rules.RecordContradicts)
			}
			if r != nil && base[settled] == r[settled] && base[record.EveryRule] == r[record.EveryRule] {
				c.worded = append(c.worded, differences(words, worded(t, s, mutant))...)
				c.shown = append(c.shown, differences(lines, exported(t, s, mutant))...)
			}
			if r != nil || !row.Required {
				out[row.Path] = c
			}
		}
	}
	return out
}

// differences names those whose readings of two records differ. A rule that ends the judgement, and the tier, account for all others
// that judge the use.
func differences(a, b readings) (out []string) {
	if a[rules.IgnoreIdle] != b[rules.IgnoreIdle] {
		out = append(out, rules.IgnoreIdle)
	}
	switch {
	case a[settled] != b[settled] && b[settled] != "":
		return append(out, b[settled])
	case a[settled] != b[settled]:
		return append(out, a[settled])
	case a[record.EveryRule] != b[record.EveryRule]:
		return append(out, record.EveryRule)
	}
	for _, each := range []readings{a, b} {
		for name := range each {
			if a[name] != b[name] {
				out = append(out, name)
			}
		}
	}
	return out
}

// What no rule is seen to read, no rule names: otherwise a situation is missing in which it counts.
func TestInformationIsNotNamed(t *testing.T) {
	t.Parallel()
	others := map[string]string{ // what the rules mean by the same word
		"aliases": "what a private record may tell", "provider.id": "an id in a list", "apis[].spec.type": "assessments[].type",
		"links.privacy": "a noun of vague claims", "contract.ref": "incidents[].ref", "contract.incident.resolve.sev2": "incidents[].severity",
		"data.deletion.standard": "assessments[].standard", "compliance.pci.role": "approval.approved_by[].role",
		"assessments[].findings_open.medium": "vulnerability_management.patch_sla.medium", "assessments[].issuer": "evidence[].issuer", "authentication.issuer": "evidence[].issuer",
		"provider.legal_name": "the issuer of a document", "provider.parent": "the issuer of a document",
		"apis[].spec.url": "evidence[].url", "observability.status_page.url": "evidence[].url",
	}
	named := append(pathsIn(t, "../rules"), pathsIn(t, "../subject")...)
	for _, row := range record.Table().Rows {
		if !slices.Equal(row.JudgedBy, []string{record.Information}) {
			continue
		}
		_, other := others[row.Path]
		i := slices.IndexFunc(named, func(name string) bool { return strings.HasSuffix("."+row.Path, "."+name) })
		if (i >= 0) != other {
			t.Errorf("%s is information, and the strings of the rules that may mean it are %q; the test knows of others: %v", row.Path, named[max(i, 0):i+1], other)
		}
	}
}

// pathsIn lists the strings in the source of a package that look like paths of attributes, or like the end of one.
func pathsIn(t *testing.T, folder string) (out []string) {
	t.Helper()
	path := regexp.MustCompile(`"([a-z0-9_]+(?:(?:\[\])?\.[a-z0-9_]+)*)"`)
	files, err := filepath.Glob(folder + "/*.go")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files in %s: %v", len(files), folder, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range path.FindAllStringSubmatch(string(data), -1) {
			out = append(out, found[1])
		}
	}
	return out
}
