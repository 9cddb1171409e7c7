package detect_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Each archive of testdata is a tree and, as the file "want", what a scan finds in it. The comment of an archive says
// what it is about; "first-party DOMAIN" and "strict" in it set options.
func TestTrees(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(names) < 30 {
		t.Fatalf("found %d archives, %v", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.ToSlash(name[len("testdata/"):]), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			tree := fstest.MapFS{}
			for _, f := range archive.Files {
				if f.Name != "want" {
					tree[f.Name] = &fstest.MapFile{Data: f.Data}
				}
			}
			result, err := detect.Scan(tree, catalogue(), optionsOf(string(archive.Comment)))
			if err != nil {
				t.Fatal(err)
			}
			got := describe(result)
			if *update {
				rewrite(t, name, archive, got)
				return
			}
			i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
			if i < 0 {
				t.Fatalf("%s has no file want; it would be:\n%s", name, got)
			}
			if diff := cmp.Diff(string(archive.Files[i].Data), got); diff != "" {
				t.Errorf("Scan(%s) (-want +got):\n%s", name, diff)
			}
			checkPlaces(t, tree, result)
		})
	}
}

func optionsOf(comment string) (o detect.Options) {
	for line := range strings.Lines(comment) {
		line = strings.TrimSpace(line)
		if domain, ok := strings.CutPrefix(line, "first-party "); ok {
			o.Ignore = func(vendor string, kind detect.Kind, name, _ string) bool {
				return vendor == "" && kind == detect.KindHost && scalar.HostMatches("*."+domain, name)
			}
		}
		o.Strict = o.Strict || line == "strict"
	}
	return o
}

func rewrite(t *testing.T, name string, archive *txtar.Archive, want string) {
	t.Helper()
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(want)})
	if err := os.WriteFile(name, txtar.Format(archive), 0o600); err != nil {
		t.Fatal(err)
	}
}

func describe(r *detect.Result) string {
	var out strings.Builder
	for _, v := range r.Vendors {
		fmt.Fprintf(&out, "%s %s\n", v.ID, v.Confidence)
		for _, e := range v.Sightings {
			fmt.Fprintf(&out, "  %s:%d:%d: %s %s %q", e.File, e.Line, e.Col, e.Confidence, e.Kind, e.Text)
			if e.Context != "" {
				fmt.Fprintf(&out, " (%s)", e.Context)
			}
			out.WriteByte('\n')
		}
		all := 0
		for _, n := range v.Counts {
			all += n
		}
		if all > len(v.Sightings) {
			for _, kind := range slices.Sorted(maps.Keys(v.Counts)) {
				fmt.Fprintf(&out, "  %d of kind %s\n", v.Counts[kind], kind)
			}
			for _, context := range slices.Sorted(maps.Keys(v.Lowered)) {
				fmt.Fprintf(&out, "  %d in %s\n", v.Lowered[context], context)
			}
		}
	}
	for _, h := range r.UnknownHosts {
		fmt.Fprintf(&out, "unknown %s: %s:%d:%d: %s, %d times: %s\n", h.Domain, h.File, h.Line, h.Col, h.Host, h.Count, h.Why)
	}
	for _, f := range r.FirstParty {
		fmt.Fprintf(&out, "first party %s: %s:%d\n", f.Domain, f.File, f.Line)
	}
	for _, s := range r.Skipped {
		fmt.Fprintf(&out, "skipped %s: %s\n", s.Path, s.Reason)
	}
	return out.String()
}

// checkPlaces checks that the text of each sighting is at its position.
func checkPlaces(t *testing.T, tree fstest.MapFS, r *detect.Result) {
	t.Helper()
	check := func(file string, line, col int, text string) {
		lines := bytes.Split(tree[file].Data, []byte("\n"))
		if line < 1 || line > len(lines) || col < 1 || col > len([]rune(string(lines[line-1]))) {
			t.Errorf("%s:%d:%d lies outside the file", file, line, col)
			return
		}
		if rest := string([]rune(string(lines[line-1]))[col-1:]); !strings.HasPrefix(strings.ToLower(rest), strings.ToLower(text)) {
			t.Errorf("%s:%d:%d: got %q, want it to begin with %q", file, line, col, rest, text)
		}
	}
	for _, v := range r.Vendors {
		if len(v.Sightings) == 0 || len(v.Sightings) > detect.MaxShown {
			t.Errorf("%s: %d sightings", v.ID, len(v.Sightings))
		}
		for _, e := range v.Sightings {
			if e.Kind != detect.KindPackage && e.Kind != detect.KindFile { // a package's name may be put together, and a file's is not in it
				check(e.File, e.Line, e.Col, e.Text)
			}
		}
	}
	for _, h := range r.UnknownHosts {
		check(h.File, h.Line, h.Col, h.Host)
	}
}
