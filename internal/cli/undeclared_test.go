package cli_test

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

const (
	callsStripe = "import Stripe from \"stripe\";\nconst stripe = new Stripe(process.env.STRIPE_SECRET_KEY);\n"
	ignoresIt   = "ignore:\n  - {vendor: stripe, reason: A mock of its API, expires: 2027-03-31}\n"
)

const stripePackage = `{"name": "shop", "dependencies": {"stripe": "^14.0.0"}}`

// many adds files with a text, more than are read one by one.
func many(files map[string]string, text string) map[string]string {
	for i := range 30 {
		files[fmt.Sprintf("src/%d.js", i)] = text
	}
	return files
}

// An undeclared vendor fails the pull request that starts to use it, whatever else the pull request changes.
func TestUndeclared(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		base, head map[string]string // beside the manifests
		ignore     [2]bool           // in the base's manifest, in the head's
		scope      string
		code       int
		introduced []bool // of each finding of VG-REG-002
		want       string
	}{
		{"new", nil, map[string]string{"src/pay.js": callsStripe}, [2]bool{}, "changed", 1, []bool{true}, `the code uses "stripe" (Stripe API)`},
		{"in a file that changed", map[string]string{"src/pay.js": "x"}, map[string]string{"src/pay.js": callsStripe}, [2]bool{}, "changed", 1, []bool{true}, "VG-REG-002"},
		{"as it was", map[string]string{"src/pay.js": callsStripe}, map[string]string{"src/pay.js": callsStripe}, [2]bool{}, "changed", 0, []bool{false}, "VG-REG-002"},
		{"as it was, and everything counts", map[string]string{"src/pay.js": callsStripe}, map[string]string{"src/pay.js": callsStripe}, [2]bool{}, "all", 1, []bool{false}, "VG-REG-002"},
		{"as it was, in a file that changed", map[string]string{"src/pay.js": callsStripe}, map[string]string{"src/pay.js": "// today\n" + callsStripe}, [2]bool{}, "changed", 0, []bool{false}, "VG-REG-002"},
		{"as it was, in a file that moved", map[string]string{"src/pay.js": callsStripe, "a.js": "x"}, map[string]string{"lib/pay.js": callsStripe, "a.js": "y"}, [2]bool{}, "changed", 0, []bool{false}, "VG-REG-002"},
		{"as it was, among many changes", many(map[string]string{"src/pay.js": callsStripe}, "x"), many(map[string]string{"src/pay.js": "// today\n" + callsStripe}, "y"), [2]bool{}, "changed", 0, []bool{false}, "VG-REG-002"},
		{"new among many changes", many(map[string]string{"src/pay.js": "x"}, "x"), many(map[string]string{"src/pay.js": callsStripe}, "y"), [2]bool{}, "changed", 1, []bool{true}, "VG-REG-002"},
		{"a package that nothing imported", map[string]string{"package.json": stripePackage, "a.js": "x"}, map[string]string{"package.json": stripePackage, "a.js": "x", "src/pay.js": callsStripe}, [2]bool{}, "changed", 1, []bool{true}, "VG-REG-002"},
		{"silenced by the change itself", nil, map[string]string{"src/pay.js": callsStripe}, [2]bool{false, true}, "all", 1, []bool{true}, "the `ignore` entries for known vendors that this change adds take effect after merge"},
		{"silenced before", nil, map[string]string{"src/pay.js": callsStripe}, [2]bool{true, true}, "all", 0, nil, "verdict\": \"pass"},
		{"no longer silenced, after merge", nil, map[string]string{"src/pay.js": callsStripe}, [2]bool{true, false}, "all", 0, nil, "verdict\": \"pass"},
		{"hidden beside the manifest", nil, map[string]string{"vendors.js": callsStripe}, [2]bool{}, "all", 1, []bool{true}, "VG-REG-002"},
	} {
		for _, away := range []bool{false, true} {
			w := newWorld()
			w.inputs["fail-scope"] = c.scope
			for i, files := range []map[string]string{w.base, w.head} {
				if files["vendors.yaml"] = goodManifest; c.ignore[i] {
					files["vendors.yaml"] += ignoresIt
				}
			}
			maps.Copy(w.base, c.base)
			maps.Copy(w.head, c.head)
			if away {
				w.workspace = fstest.MapFS{}
			}
			w.start(t)
			code := w.run(t)
			if code != c.code || !strings.Contains(w.all(), c.want) {
				t.Errorf("%s: away %v: exit code %d, want %d and %q in\n%s", c.name, away, code, c.code, c.want, w.all())
			}
			var introduced []bool
			for _, f := range w.report(t).Findings {
				if f.Rule == "VG-REG-002" {
					introduced = append(introduced, f.Introduced)
				}
			}
			if !slices.Equal(introduced, c.introduced) {
				t.Errorf("%s: away %v: introduced %v, want %v", c.name, away, introduced, c.introduced)
			}
			// the list of files, the manifest, the tip of the default branch and the archive; the files that changed, or an archive of the base
			if api, downloads := w.calls(0); !away && api > 11 || api > 14 || downloads > 3 {
				t.Errorf("%s: away %v: %d calls of the API", c.name, away, api)
			}
		}
	}
}

// A new call of an unknown host is an error under strict and a warning elsewhere, and the pull request has one comment about it. Declaring
// its vendor with that endpoint settles it.
func TestUnknownVendor(t *testing.T) {
	t.Parallel()
	const none = "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-growth\nvendors: []\n"
	const call, old = "await fetch(\"https://api.stormwright.dev/v1/forecast\")\n", "// today\n"
	endpoint := "  - {id: stormwright, purpose: Forecasts, environments: [prod], data: [none], endpoints: [https://api.stormwright.dev]}\n"
	for preset, code := range map[string]int{"essentials": 0, "standard": 0, "strict": 1} {
		w := newWorld()
		w.registry["policy.yaml"] = strings.Replace(w.registry["policy.yaml"], "id: acme\n", "id: acme\nextends: vendorgate/"+preset+"@1\n", 1)
		w.base["vendors.yaml"], w.head["vendors.yaml"] = none, none
		w.head["src/weather.js"] = call
		w.start(t)
		for range 2 {
			if got := w.run(t); got != code {
				t.Errorf("%s: exit code %d, want %d\n%s", preset, got, code, w.output)
			}
			if got := w.comments(); len(got) != 1 || strings.Count(got[0], "a host of an unknown vendor") != 1 || !strings.Contains(got[0], "new or changed in this pull request") || !strings.Contains(got[0], "https://api.stormwright.dev") {
				t.Errorf("%s: got the comments %q", preset, got)
			}
		}
		w.head["vendors.yaml"] = strings.Replace(none, " []", "", 1) + endpoint
		w.run(t)
		if strings.Contains(w.output, "VG-REG-008") || !strings.Contains(w.output, "VG-REG-001") {
			t.Errorf("%s, declared:\n%s", preset, w.output)
		}

		w = newWorld()
		w.registry["policy.yaml"] = strings.Replace(w.registry["policy.yaml"], "id: acme\n", "id: acme\nextends: vendorgate/"+preset+"@1\n", 1)
		w.base["vendors.yaml"], w.head["vendors.yaml"] = none, none
		w.base["src/weather.js"], w.head["src/weather.js"] = call, old+call
		w.start(t)
		if got := w.run(t); len(w.comments()) != 0 || !strings.Contains(w.output, "warning: the code seems to call") {
			t.Errorf("%s, an old call: exit code %d, comments %q\n%s", preset, got, w.comments(), w.output)
		}
	}
}

// If the base cannot be listed, it is not certain that a use existed before.
func TestUndeclaredWithoutBase(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.inputs["fail-scope"] = "changed"
	w.head["vendors.yaml"] = goodManifest
	w.head["src/pay.js"], w.base["src/pay.js"] = callsStripe, callsStripe
	w.options.Fault = func(_ int, r *http.Request) http.HandlerFunc {
		if strings.Contains(r.URL.Path, "/shop/git/trees/") {
			return githubtest.Refuses(500, "boom")
		}
		return nil
	}
	w.start(t)
	if code := w.run(t); code != 4 || !strings.Contains(w.output, "the base could not be read, and the verdict depends on it") {
		t.Errorf("exit code %d\n%s", code, w.output)
	}
}

// A use of a suspended vendor fails the check whatever the base says, declared or not.
func TestSuspendedWithoutBase(t *testing.T) {
	t.Parallel()
	const suspended = "apiVersion: vendorgate/v1\nkind: Vendor\nid: stripe\nstatus: suspended\n"
	for _, path := range []string{"/shop/git/trees/", "/shop/compare/", "/contents/"} {
		for _, scope := range []string{"all", "changed"} {
			for _, declares := range []string{"", "  - {vendor: stripe, tier: 3, data: [synthetic], environments: [prod], purpose: Payments}\n"} {
				w := newWorld()
				w.inputs["fail-scope"] = scope
				w.registry["vendors/stripe.yaml"] = suspended
				w.head["vendors.yaml"] = goodManifest + declares
				w.base["vendors.yaml"] = w.head["vendors.yaml"]
				w.head["src/pay.js"], w.base["src/pay.js"] = callsStripe, callsStripe
				w.options.Fault = onPath(path, githubtest.Refuses(404, "Not Found"))
				w.start(t)
				if code := w.run(t); code != 1 || !strings.Contains(w.all(), "VG-APR-001") {
					t.Errorf("%s, %s, %q: exit code %d, want 1\n%s", path, scope, declares, code, w.output)
				}
			}
		}
	}
}

// Code that is not checked out is searched all the same, unless --scan is off.
func TestScanAway(t *testing.T) {
	t.Parallel()
	for scan, want := range map[string]int{"auto": 1, "on": 1, "off": 0} {
		w := newWorld().about("pull_request_target")
		w.head["vendors.yaml"], w.head["src/pay.js"] = goodManifest, callsStripe
		w.inputs["scan"] = scan
		w.start(t)
		w.workspace = mapFS(w.base)
		if code := w.run(t); code != want || strings.Contains(w.output, "src/pay.js:1:21: error") != (want == 1) {
			t.Errorf("scan %s: exit code %d, want %d\n%s", scan, code, want, w.output)
		}
		if _, downloads := w.calls(0); (downloads == 2) != (want == 1) {
			t.Errorf("scan %s: %d downloads", scan, downloads)
		}
	}
}

// unreadable is a tree with a file that nobody can read.
type unreadable struct{ fstest.MapFS }

func (u unreadable) Open(name string) (fs.File, error) {
	if name == "src/pay.js" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("input/output error")}
	}
	return u.MapFS.Open(name)
}

// Code that cannot be read does not count as code without vendors.
func TestScanUnreadable(t *testing.T) {
	t.Parallel()
	run := newRun().with(goodDirs())
	open := run.env.Open
	run.env.Open = func(dir string) (fs.FS, error) {
		if dir == "." {
			return unreadable{files("vendors.yaml", goodManifest, "src/pay.js", callsStripe)}, nil
		}
		return open(dir)
	}
	if code := run.main(t, "check", "--registry", "registry"); code != 4 || !strings.Contains(run.stdout.String(), "src/pay.js: cannot be read") {
		t.Errorf("exit code %d\n%s%s", code, &run.stdout, &run.stderr)
	}
}

// A search that takes more than a second shows its progress, but only on a terminal.
func TestProgress(t *testing.T) {
	t.Parallel()
	for _, watched := range []bool{true, false} {
		run := newRun().with(map[string]fstest.MapFS{".": files("a.js", callsStripe, "b.js", "", "c.js", "")})
		now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
		calls := make(chan struct{}, 1)
		run.env.Now = func() time.Time {
			calls <- struct{}{}
			defer func() { <-calls }()
			now = now.Add(400 * time.Millisecond)
			return now
		}
		run.env.StderrTerminal = watched
		run.main(t, "scan")
		shown := strings.Contains(run.stderr.String(), "\r\x1b[Ksearching: ") && strings.Contains(run.stderr.String(), "\r\x1b[Kvendorgate: ")
		if shown != watched {
			t.Errorf("a terminal: %v; progress: %v in %q", watched, shown, &run.stderr)
		}
	}
}

// A scan knows the embedded vendors by their index: it reads their records once, for the digest, and a second time only
// those that it shows.
func TestScanReadsIndex(t *testing.T) {
	t.Parallel()
	run := newRun().with(map[string]fstest.MapFS{".": files("a.js", callsStripe)})
	reads := readCount{run.env.Registry, new(sync.Mutex), map[string]int{}}
	run.env.Registry = reads
	run.main(t, "scan")
	for name, n := range reads.of {
		if n > 1 && name != "vendors/stripe.yaml" {
			t.Fatalf("scan read %s %d times", name, n)
		}
	}
	if reads.of["vendors/stripe.yaml"] < 2 {
		t.Errorf("scan read %d records, stripe's %d times", len(reads.of), reads.of["vendors/stripe.yaml"])
	}
}

// readCount counts the records that are opened. Several may be opened at once.
type readCount struct {
	fs.FS
	mu *sync.Mutex
	of map[string]int
}

func (r readCount) Open(name string) (fs.File, error) {
	if path.Ext(name) == ".yaml" {
		r.mu.Lock()
		r.of[name]++
		r.mu.Unlock()
	}
	return r.FS.Open(name)
}

// Binary files, which a scan only counts, are no path that a notice sends the reader to look for.
func TestBinaryFilesAreNoNotice(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		more map[string]string
		want string
	}{
		{nil, ""},
		{map[string]string{"big.js": strings.Repeat("x", 5<<20+1)}, "not searched for vendors: 1 path (larger than 5 MiB: 1); `vendorgate scan` lists them"},
	} {
		w := newWorld()
		w.head["vendors.yaml"], w.head["a.png"], w.head["b.png"] = goodManifest, "\x00", "\x00"
		maps.Copy(w.head, c.more)
		w.start(t)
		if code := w.run(t); code != 0 || strings.Contains(w.all(), "not searched for vendors") != (c.want != "") || !strings.Contains(w.all(), c.want) {
			t.Errorf("exit code %d, want %q in\n%s", code, c.want, w.all())
		}
	}
}
