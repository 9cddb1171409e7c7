package inventory_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/vendorgate/vendorgate/internal/inventory"
)

var update = flag.Bool("update", false, "rewrite testdata/*.golden")

var inline = regexp.MustCompile(`(?s)<(style|script)>.*?</(style|script)>`)

// Every character of every format; of the page without style and script, which are files of their own.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, got := range all(t, sample()) {
		if strings.HasSuffix(name, "html") {
			got = regexp.MustCompile(`sha256-.*?&#39;`).ReplaceAllString(inline.ReplaceAllString(got, "<$1></$1>"), "sha256-'")
		}
		file := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// The same input gives the same bytes, in whatever order it comes.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	v := sample()
	want := all(t, v)
	for i, j := 0, len(v.Lapses)-1; i < j; i, j = i+1, j-1 {
		v.Lapses[i], v.Lapses[j] = v.Lapses[j], v.Lapses[i]
	}
	v.Records[0], v.Records[2] = v.Records[2], v.Records[0]
	v.Arrange()
	if d := cmp.Diff(want, all(t, v)); d != "" {
		t.Error(d)
	}
}

// The JSON formats are what their schemas say, and break them where a field is taken away.
func TestSchemas(t *testing.T) {
	t.Parallel()
	for name, schema := range map[string][]byte{"report.json": inventory.Schema, "forecast.json": inventory.ForecastSchema, "report.evidence-json": inventory.EvidenceSchema} {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
		if err != nil {
			t.Fatal(err)
		}
		compiler := jsonschema.NewCompiler()
		compiler.AssertFormat()
		if err := compiler.AddResource("urn:test", document); err != nil {
			t.Fatal(err)
		}
		compiled, err := compiler.Compile("urn:test")
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []*inventory.Inventory{sample(), empty(), large(20)} {
			text := all(t, v)[name]
			var value map[string]any
			if err := json.Unmarshal([]byte(text), &value); err != nil {
				t.Fatal(err)
			}
			if err := compiled.Validate(value); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			for key := range value {
				held := value[key]
				delete(value, key)
				if compiled.Validate(value) == nil {
					t.Errorf("%s: the schema does not miss %s", name, key)
				}
				value[key] = held
			}
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	t.Parallel()
	if _, err := inventory.Formats().Render("xml", sample(), false); err == nil || !strings.Contains(err.Error(), `unknown format "xml"; use one of text, json`) {
		t.Errorf("Render xml: %v", err)
	}
	f := sample().Forecast(30, inventory.Month, 5)
	if _, err := inventory.ForecastFormats().Render("html", &f, false); err == nil || !strings.Contains(err.Error(), `unknown format "html"`) {
		t.Errorf("RenderForecast html: %v", err)
	}
}
