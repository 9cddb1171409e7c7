package survey_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// Each attribute names those who judge it. Who does is found by changing the attribute in records of many kinds, and by looking
// whose reading changes: of the rules, of the requirements of presets, of detection. Where nobody's does, exports and the wording of
// findings are tried.
func TestJudgedBy(t *testing.T) {
	t.Parallel()
	all := situations(t)
	found := make([]map[string][]string, len(all))
	t.Run("situations", func(t *testing.T) {
		for i := range all {
			t.Run(all[i].name, func(t *testing.T) {
				t.Parallel()
				found[i] = judges(t, &all[i])
			})
		}
	})
	for i := range record.Table().Rows {
		row := &record.Table().Rows[i]
		t.Run(row.Path, func(t *testing.T) {
			t.Parallel()
			readers := readersOf(t, all, found, row)
			if !slices.Equal(row.JudgedBy, readers) {
				t.Errorf("the row of %s says that it is judged by %q; write JudgedBy: []string{\"%s\"}", row.Path, row.JudgedBy, strings.Join(readers, `", "`))
			}
		})
	}
}

// readersOf are all readers of an attribute, sorted. found holds those by attribute in each situation.
func readersOf(t *testing.T, all []situation, found []map[string][]string, row *attr.Row) (out []string) {
	t.Helper()
	read := false
	for _, f := range found {
		these, ok := f[row.Path]
		out, read = append(out, these...), read || ok
	}
	switch {
	case !read:
		return []string{record.Reading}
	case out == nil:
		out = otherReaders(t, all, row)
	}
	if out == nil {
		return []string{record.Information}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// judges are the readers by attribute in one situation. An attribute that has none there has an empty list.
func judges(t *testing.T, s *situation) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for i := range record.Table().Rows {
		row := &record.Table().Rows[i]
		if !s.concerns(row) {
			continue
		}
		tree := withItem(s.tree, row)
		base, lints := judged(s, tree), s.name == "good" && (row.Type == attr.Date || row.Type == attr.ID)
		for _, mutant := range mutants(tree, row) {
			r := judged(s, mutant)
			switch {
			case r == nil && !row.Required:
				out[row.Path] = append(out[row.Path], record.Reading)
			case r != nil:
				out[row.Path] = append(out[row.Path], differences(base, r)...)
			}
			if r != nil && lints && linted(t, s, mutant) != linted(t, s, tree) {
				out[row.Path] = append(out[row.Path], rules.RecordContradicts)
			}
		}
	}
	return out
}

// differences names those whose readings of two records differ. A rule that ends the judgement, and the tier, account for all others.
func differences(a, b readings) []string {
	switch {
	case a[settled] != b[settled] && b[settled] != "":
		return []string{b[settled]}
	case a[settled] != b[settled]:
		return []string{a[settled]}
	case a[record.EveryRule] != b[record.EveryRule]:
		return []string{record.EveryRule}
	}
	var out []string
	for _, each := range []readings{a, b} {
		for name := range each {
			if a[name] != b[name] {
				out = append(out, name)
			}
		}
	}
	return out
}

// otherReaders are the wording of findings and exports.
func otherReaders(t *testing.T, all []situation, row *attr.Row) (out []string) {
	t.Helper()
	for i := range all {
		s := &all[i]
		if !s.concerns(row) {
			continue
		}
		tree := withItem(s.tree, row)
		words, shown := worded(s, tree), ""
		if s.name == "good" {
			shown = exported(t, s, tree)
		}
		for n, mutant := range mutants(tree, row) {
			switch now := worded(s, mutant); {
			case now == "":
			case now != words:
				out = append(out, record.Wording)
			case n < 2 && shown != "" && exported(t, s, mutant) != shown:
				out = append(out, record.Exports)
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
		"links.privacy": "a noun of vague claims", "encryption.in_transit.mtls": "authentication.sender_constrained",
		"data.deletion.standard": "assessments[].standard", "compliance.pci.role": "approval.approved_by[].role", "evidence[].type": "assessments[].type",
		"assessments[].findings_open.medium": "vulnerability_management.patch_sla.medium",
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
