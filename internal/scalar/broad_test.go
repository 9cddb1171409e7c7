package scalar_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

var update = flag.Bool("update", false, "rewrite above_suffixes.txt")

func TestBroadHost(t *testing.T) {
	t.Parallel()
	for glob, want := range map[string]bool{
		"*": true, "**": true, "*.com": true, "*.COM": true, "*.com.": true, "*.co.uk": true, "*.github.io": true, "*.c?m": true, "api.*": true, "acme-*.com": true,
		"*.{com,net}": true, "{acme.com,*.com}": true, "*.*.com": true, "[a-z]*.io": true, `\*.com`: true, "*.amazonaws.com": true, "*.run.app": true, "*.r.appspot.com": true,
		"*.np": true, "*.kh": true, "*.mm": true, "*.jm": true, "*.ck": true, "*.pg": true, "*.er": true, "*.fk": true, "*.bd": true, "*.za": true, "*.uk": true,
		"*.foo.ck": true, "*.www.ck": false, "*.acme.com.np": false, "*.cdn77.org": true, "*.rsc.cdn77.org": true, "*.acme.rsc.cdn77.org": false, "*.nodeart.io": true,
		"*.stage.nodeart.io": true, "*.acme.nodeart.io": false, "*.NodeArt.io": true, "api.*.nodeart.io": true, "*.core.windows.net": true, "*.windows.net": true,
		"*.internal.acme.co.uk": false, "*.kawasaki.jp": true, "*.city.kawasaki.jp": false, "*.compute.amazonaws.com": true,
		"": false, "api.acme.com": false, "com": false, "*.acme.com": false, "acme-*.acme.com": false, "{api,www}.acme.co.uk": false,
		"*.acme.github.io": false, "*.internal": false, "*.acme.example": false, "*.example": false, "db-*.svc.cluster.local": false,
	} {
		if got := scalar.BroadHost(glob); got != want {
			t.Errorf("BroadHost(%q): got %v, want %v", glob, got, want)
		}
	}
}

// A star is broad at and above each rule of the list, and nowhere else.
func TestBroadHostAboveEveryRule(t *testing.T) {
	t.Parallel()
	rules := suffixRules(t)
	var want []string
	for domain := range parents(rules) {
		if !scalar.BroadHost("*." + domain) {
			t.Errorf("BroadHost(%q) = false", "*."+domain)
		}
		if strings.Contains(domain, ".") && !rules[domain] && !rules["*."+domain] {
			want = append(want, domain)
		}
	}
	for rule := range rules {
		if domain := strings.TrimPrefix(rule, "*."); !strings.HasPrefix(rule, "!") && !scalar.BroadHost("*."+domain) {
			t.Errorf("BroadHost(%q) = false", "*."+domain)
		}
	}
	slices.Sort(want)
	text := "\n" + strings.Join(want, "\n") + "\n"
	const file = "above_suffixes.txt"
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(text, string(got)); diff != "" {
		t.Errorf("%s is not up to date; run the test with -update (-want +got)\n%s", file, diff)
	}
}

// parents are the domains that have a rule below them.
func parents(rules map[string]bool) map[string]bool {
	out := map[string]bool{}
	for rule := range rules {
		if strings.HasPrefix(rule, "!") {
			continue
		}
		for _, rest, ok := strings.Cut(rule, "."); ok; _, rest, ok = strings.Cut(rest, ".") {
			out[rest] = true
		}
	}
	return out
}

// suffixRules are the rules of the public suffix list that is built in. The module has them in its tests.
func suffixRules(t *testing.T) map[string]bool {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/net").Output()
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "publicsuffix", "table_test.go"), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || spec.Names[0].Name != "rules" {
			return !ok
		}
		for _, rule := range spec.Values[0].(*ast.CompositeLit).Elts {
			text, err := strconv.Unquote(rule.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out[text] = true
		}
		return false
	})
	if len(out) < 9000 {
		t.Fatalf("%d rules", len(out))
	}
	return out
}

func TestBroadPackage(t *testing.T) {
	t.Parallel()
	for glob, want := range map[string]bool{
		"*": true, "**": true, "@*/*": true, "*/*": true, "**/*": true, "?*": true, "[a-z@]*": true, "{*,**}": true, "*-*": true,
		"": false, "stripe": false, "@acme/*": false, "acme-*": false, "github.com/acme/**": false, "[ab]cme": false, "github.com/**": true, "gitlab.com/*/*": true, "go.acme.example/**": false,
	} {
		if got := scalar.BroadPackage(glob); got != want {
			t.Errorf("BroadPackage(%q): got %v, want %v", glob, got, want)
		}
	}
}
