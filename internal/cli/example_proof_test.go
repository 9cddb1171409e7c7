package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// What examples state has proof: each piece of evidence can be found and dated, and reaches the level that it states, and each assessment
// names evidence. That holds for the documentation, the pages of rules, the hints and the example registry.
func TestExamplesHaveProof(t *testing.T) {
	t.Parallel()
	fenced := regexp.MustCompile("(?ms)^```yaml[^\n]*\n(.*?)^```")
	texts := map[string]string{}
	for _, pattern := range []string{"../../docs/*.md", "../../README.md", "../../examples/*/vendors/*.yaml", "../../examples/vendors/*.yaml"} {
		files, err := filepath.Glob(filepath.FromSlash(pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Ext(file) == ".yaml" {
				texts[file] = string(data)
				continue
			}
			for i, block := range fenced.FindAllStringSubmatch(string(data), -1) {
				texts[file+" "+string(rune('a'+i%26))+block[1][:min(20, len(block[1]))]] = block[1]
			}
		}
	}
	for _, id := range explain.IDs() {
		page, _ := explain.Page(id)
		for name, text := range explain.Example(page, "passes") {
			texts[id+" "+name] = text
		}
	}
	for _, noun := range []string{"audits", "security", "tests"} { // of which a hint of VG-REG-004 gives an example
		_, texts["hint for "+noun] = subject.Statement{Path: "description", Value: &attr.Value{State: attr.Set, Text: "robust " + noun}}.Vague()
	}
	pieces := 0
	for name, text := range texts {
		pieces += provenIn(t, name, text)
	}
	if pieces < 20 {
		t.Errorf("%d pieces of evidence and assessments in %d examples; the test has lost its way", pieces, len(texts))
	}
}

// provenIn looks at one example, if it is a record or has a part of one. It returns how many pieces of evidence and assessments it has.
func provenIn(t *testing.T, name, text string) int {
	t.Helper()
	part := regexp.MustCompile(`(?m)^(evidence|assessments):`).MatchString(text)
	if part = part && !strings.Contains(text, "kind: "); part {
		text = "apiVersion: vendorgate/v1\nkind: Vendor\nid: example\n" + text
	}
	if !strings.Contains(text, "kind: Vendor\n") {
		return 0
	}
	files := registry.AsData(source.New("examples", "", fstest.MapFS{}), source.New("embedded", "", fstest.MapFS{}))
	_, id, _ := strings.Cut(text, "\nid: ")
	id, _, _ = strings.Cut(id, "\n")
	v := files.Vendor(id, []byte(text))
	if v.Record == nil {
		t.Errorf("%s: %v", name, v.Problems)
		return 0
	}
	u, held := &subject.Subject{Vendor: v}, map[string]*attr.Record{}
	for _, e := range v.Record.Get("evidence").Records {
		held[e.Get("id").Text] = e
		if why := subject.Untraced(e); why != "" {
			t.Errorf("%s: evidence %q %s", name, e.Get("id").Text, why)
		}
		if most, why := u.Overstated(e); why != "" || most < policy.Documented {
			t.Errorf("%s: evidence %q %s", name, e.Get("id").Text, why)
		}
	}
	assessments := v.Record.Get("assessments").Records
	for _, a := range assessments {
		if proof := a.Get("evidence"); !proof.Known() || held[proof.Text] == nil && (!part || len(held) > 0) {
			t.Errorf("%s: the assessment %q names no evidence of the record", name, a.Get("id").Text)
		}
	}
	return len(held) + len(assessments)
}
