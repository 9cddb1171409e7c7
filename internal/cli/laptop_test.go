package cli_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/config"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/packfile"
	"github.com/go-git/go-git/v5/plumbing/object"

	"github.com/vendorgate/vendorgate/internal/disk"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// laptop is a clone of acme/shop that go-git writes: main is a commit, a branch x is made from it, and main may move on.
type laptop struct {
	dir              string
	base, main, head string // commits
}

// clone writes the clone. The working tree is that of the branch.
func clone(t *testing.T, base, main, head map[string]string) laptop {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	l := laptop{dir: t.TempDir()}
	repo, err := git.PlainInitWithOptions(l.dir, &git.PlainInitOptions{InitOptions: git.InitOptions{DefaultBranch: "refs/heads/x"}})
	must(err)
	work, err := repo.Worktree()
	must(err)
	tracked, clock := map[string]string{}, time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	commit := func(files map[string]string) plumbing.Hash {
		for name := range tracked {
			if _, kept := files[name]; !kept {
				_, err := work.Remove(name)
				must(err)
			}
		}
		for name, text := range files {
			must(os.MkdirAll(filepath.Join(l.dir, filepath.Dir(name)), 0o755))
			must(os.WriteFile(filepath.Join(l.dir, name), []byte(text), 0o644))
			_, err := work.Add(name)
			must(err)
		}
		tracked = files
		who := &object.Signature{Name: "A", Email: "a@acme.example", When: clock}
		clock = clock.Add(time.Hour)
		made, err := work.Commit("x", &git.CommitOptions{Author: who, Committer: who, AllowEmptyCommits: true})
		must(err)
		return made
	}
	first := commit(base)
	tip := first
	if main != nil {
		tip = commit(main)
		must(work.Reset(&git.ResetOptions{Commit: first, Mode: git.HardReset}))
		tracked = base
	}
	last := commit(head)
	l.base, l.main, l.head = first.String(), tip.String(), last.String()
	must(repo.Storer.SetReference(plumbing.NewHashReference("refs/remotes/upstream/trunk", tip)))
	must(repo.Storer.SetReference(plumbing.NewSymbolicReference("refs/remotes/upstream/HEAD", "refs/remotes/upstream/trunk")))
	for name, url := range map[string]string{"origin": "git@github.com:mallory/shop.git", "upstream": "https://github.com/acme/shop.git"} {
		_, err := repo.CreateRemote(&config.RemoteConfig{Name: name, URLs: []string{url}})
		must(err)
	}
	return l
}

// judged is a finding, without what only a place that shows it knows.
type judged struct {
	Rule, File, Message  string
	Line                 int
	Introduced, Blocking bool
}

// check runs a check in the clone, with arguments and variables.
func (l laptop) check(t *testing.T, vars map[string]string, args ...string) (code int, baseline string, found []judged, output string) {
	t.Helper()
	run := newRun()
	maps.Copy(run.vars, vars)
	files := disk.Disk{Dir: l.dir}
	run.env.Open, run.env.Abs, run.env.IsDir, run.env.ReadFile = files.Open, files.Abs, files.IsDir, files.ReadFile
	code = run.main(t, append([]string{"check", "--format", "json"}, args...)...)
	var report struct {
		Baseline string
		Findings []judged
	}
	if err := json.Unmarshal(run.stdout.Bytes(), &report); err != nil && code != 2 {
		t.Fatalf("%v in %s\n%s", err, &run.stdout, &run.stderr)
	}
	return code, report.Baseline, report.Findings, run.stdout.String() + run.stderr.String()
}

// pack has the clone be as git gc leaves it, and most clones are: all objects in one pack, stored as differences, and all refs in a file. It
// fails the test if that is not so.
func (l laptop) pack(t *testing.T) {
	t.Helper()
	repo, err := git.PlainOpen(l.dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := repo.RepackObjects(&git.RepackConfig{}); err != nil {
		t.Fatal(err)
	}
	at, refs := filepath.Join(l.dir, ".git"), "# pack-refs with: peeled fully-peeled sorted \n"
	for _, name := range []string{"refs/heads/x", "refs/remotes/upstream/trunk"} { // git leaves upstream/HEAD, which names another, in a file
		hash, err := os.ReadFile(filepath.Join(at, name))
		if err != nil {
			t.Fatal(err)
		}
		refs += strings.TrimSpace(string(hash)) + " " + name + "\n"
		if err := os.Remove(filepath.Join(at, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(at, "packed-refs"), []byte(refs), 0o644); err != nil {
		t.Fatal(err)
	}
	loose, _ := filepath.Glob(filepath.Join(at, "objects", "[0-9a-f][0-9a-f]", "*"))
	packs, _ := filepath.Glob(filepath.Join(at, "objects", "pack", "*.pack"))
	if len(loose) > 0 || len(packs) != 1 {
		t.Fatalf("loose objects %v, packs %v", loose, packs)
	}
	file, err := os.Open(packs[0])
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() //nolint:errcheck // it was only read
	scanner := packfile.NewScanner(file)
	_, count, err := scanner.Header()
	deltas := 0
	for range count {
		var header *packfile.ObjectHeader
		if header, err = scanner.NextObjectHeader(); err != nil {
			break
		}
		if header.Type.IsDelta() {
			deltas++
		}
	}
	if err != nil || deltas == 0 {
		t.Fatalf("of %d objects, %d are differences; %v", count, deltas, err)
	}
}

// long returns comments that are long enough for git to store versions of a file as differences.
func long() string {
	var lines strings.Builder
	for i := range 200 {
		fmt.Fprintf(&lines, "# line %d\n", i)
	}
	return lines.String()
}

// The verdict on a laptop is that of the pull request: the same findings, of which the same are introduced, and the same exit code. It does
// not matter how git stores the clone.
func TestSameOnALaptop(t *testing.T) {
	t.Parallel()
	const good, bad = goodManifest, goodManifest + newVendor
	long := long()
	manifest := func(text string, more ...string) map[string]string {
		out := map[string]string{"vendors.yaml": text + long, "README": "x"}
		for i := 0; i < len(more); i += 2 {
			out[more[i]] = more[i+1]
		}
		out["notes"] = long + text + strings.Join(more, "")
		return out
	}
	own := func(record string) map[string]string {
		return map[string]string{"vendors.yaml": good, "notes": long + record, "registry/policy.yaml": registryFiles()["policy.yaml"], "registry/vendors/larkspur-mail.yaml": record}
	}
	limited := strings.Replace(goodRecord, "scope: {", "scope: {repos: [acme/shop], ", 1)
	for _, c := range []struct {
		name             string
		base, main, head map[string]string
		registry, record string
		scope            string
		code             int
	}{
		{name: "nothing changes", base: manifest(good), head: manifest(good, "main.go", "package main\n")},
		{name: "a new vendor", base: manifest(good), head: manifest(bad), code: 1},
		{name: "a vendor that was there", base: manifest(bad), head: manifest(bad, "a", "b"), scope: "changed"},
		{name: "a vendor that was there, and all count", base: manifest(bad), head: manifest(bad, "a", "b"), code: 1},
		{name: "main moved on", base: manifest(bad), main: manifest(good), head: manifest(bad, "a", "b"), scope: "changed"},
		{name: "main has it since", base: manifest(good), main: manifest(bad), head: manifest(bad), scope: "changed", code: 1},
		{name: "a removed vendor", base: manifest(bad), head: manifest(good)},
		{name: "a renamed manifest", base: manifest(good, "app/vendors.yaml", bad), head: manifest(good, "web/vendors.yaml", bad), scope: "changed"},
		{name: "a removed manifest", base: manifest(good), head: map[string]string{"README": long}, code: 3},
		{name: "code uses a new vendor", base: manifest(good), head: manifest(good, "pay.js", callsStripe), scope: "changed", code: 1},
		{name: "code used a vendor", base: manifest(good, "pay.js", callsStripe), head: manifest(good, "pay.js", callsStripe, "a", "b"), scope: "changed"},
		{name: "code was moved", base: manifest(good, "pay.js", callsStripe), head: manifest(good, "src/pay.js", callsStripe), scope: "changed"},
		{name: "an ignore entry that the change adds", base: manifest(good, "pay.js", callsStripe), head: manifest(good+ignoresIt, "pay.js", callsStripe), code: 1},
		{name: "an ignore entry that main has", base: manifest(good+ignoresIt, "pay.js", callsStripe), head: manifest(good+ignoresIt, "pay.js", callsStripe, "a", "b")},
		{name: "an ignore entry that main gave up", base: manifest(good+ignoresIt, "pay.js", callsStripe), main: manifest(good, "pay.js", callsStripe), head: manifest(good+ignoresIt, "pay.js", callsStripe, "a", "b"), code: 1},
		{name: "an approval for this repository", base: manifest("apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\n"), head: manifest(good), record: limited},
		{name: "an approval for another repository", base: manifest("apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\n"), head: manifest(good), record: strings.Replace(limited, "acme/shop", "acme/other", 1), code: 1},
		{name: "a registry that the change weakens", base: own(strings.Replace(goodRecord, "status: approved", "status: suspended", 1)), head: own(goodRecord), registry: "./registry", code: 1},
		{name: "a registry that the change adds", base: manifest(good), head: own(goodRecord), registry: "./registry", code: 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld()
			w.base, w.head = c.base, c.head
			main := shopBase
			if c.main != nil {
				main = shopMain
				w.payload = strings.ReplaceAll(w.payload, shopBase, shopMain)
				w.shop = func(r *githubtest.Repo) {
					r.Branches["main"] = shopMain
					r.Commits[shopMain] = githubtest.Commit{Parent: shopBase, Date: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), Files: c.main}
				}
			}
			if c.record != "" {
				w.registry["vendors/larkspur-mail.yaml"] = c.record
			}
			if c.registry != "" {
				w.inputs["registry"] = c.registry
			}
			scope := c.scope
			if scope == "" {
				scope = "all"
			}
			w.inputs["fail-scope"] = scope
			w.start(t)
			w.workspace = mapFS(c.head)
			w.workspace[".git/HEAD"] = &fstest.MapFile{Data: []byte(shopHead + "\n")}
			code := w.run(t)
			var want []judged
			for _, f := range w.report(t).Findings {
				want = append(want, judged{f.Rule, f.File, f.Message, f.Line, f.Introduced, f.Blocking})
			}
			if code != c.code {
				t.Errorf("the pull request: exit code %d, want %d\n%s", code, c.code, w.output)
			}
			l := clone(t, c.base, c.main, c.head)
			vars := map[string]string{"VENDORGATE_REGISTRY": w.inputs["registry"], "GITHUB_API_URL": w.API, "GITHUB_TOKEN": canary}
			before := len(w.Requests())
			places := strings.NewReplacer("acme/shop@"+l.main[:7], "acme/shop@"+main[:7], "acme/shop@"+l.base[:7], "acme/shop@"+shopBase[:7], "acme/shop/registry", "acme/shop@"+main[:7]+"/registry")
			for _, packed := range []bool{false, true} {
				if packed {
					l.pack(t)
				}
				code, baseline, got, output := l.check(t, vars, "--fail-scope", scope)
				for _, all := range [][]judged{got, want} {
					for i, f := range all {
						all[i].File = places.Replace(f.File)
						all[i].Message, _, _ = strings.Cut(places.Replace(f.Message), ", so there is no verdict: ") // the reason is that of the server
					}
				}
				if code != c.code || !slices.Equal(got, want) || baseline != "acme/shop@"+l.base[:7] {
					t.Errorf("packed: %t: exit code %d, want %d; baseline %q; findings\n%+v\nwant\n%+v\n%s", packed, code, c.code, baseline, got, want, output)
				}
			}
			for _, r := range w.Requests()[before:] {
				if strings.Contains(r.URL, "/shop") {
					t.Errorf("the laptop asked for %s", r.URL)
				}
			}
		})
	}
}

// --base takes a branch, a tag or a commit. What is compared with is the merge base.
func TestBaseOfACheckout(t *testing.T) {
	t.Parallel()
	files := func(text string) map[string]string {
		return map[string]string{"vendors.yaml": text, "registry.txt": "x"}
	}
	l := clone(t, files(goodManifest), files(goodManifest+"# main\n"), files(goodManifest+newVendor))
	for _, c := range []struct {
		base string
		want string // the baseline
		code int
		says string
	}{
		{"", "acme/shop@" + l.base[:7], 1, "repository acme/shop"},
		{"upstream", "acme/shop@" + l.base[:7], 1, "(merge base with upstream)"},
		{"upstream/trunk", "acme/shop@" + l.base[:7], 1, "(merge base with upstream/trunk)"},
		{l.main, "acme/shop@" + l.base[:7], 1, ""},
		{l.base[:8], "acme/shop@" + l.base[:7], 1, ""},
		{"HEAD", "acme/shop@" + l.head[:7], 0, ""},
		{"x", "acme/shop@" + l.head[:7], 0, ""},
		{"trunk", "", 2, "there is no such file, and no such branch, tag or commit"},
	} {
		args := []string{"--fail-scope", "changed"}
		if c.base != "" {
			args = append(args, "--base", c.base)
		}
		code, baseline, _, output := l.check(t, nil, args...)
		if code != c.code || baseline != c.want || !strings.Contains(strings.ReplaceAll(output, `\"`, `"`), c.says) {
			t.Errorf("--base %q: exit code %d, want %d; baseline %q, want %q\n%s", c.base, code, c.code, baseline, c.want, output)
		}
	}
	if code, baseline, _, output := l.check(t, map[string]string{"GITHUB_ACTIONS": "true", "VENDORGATE_REGISTRY": "none"}); code != 1 || baseline != "" || strings.Contains(output, "acme/shop") {
		t.Errorf("in CI: exit code %d, baseline %q\n%s", code, baseline, output)
	}
}

// A checkout whose history cannot be read is checked as a directory, unless --base asks for the history.
func TestHistoryUnreadable(t *testing.T) {
	t.Parallel()
	l := clone(t, map[string]string{"vendors.yaml": goodManifest}, nil, map[string]string{"vendors.yaml": goodManifest + newVendor})
	base := filepath.Join(l.dir, ".git/objects", l.base[:2], l.base[2:])
	if err := os.Rename(base, base+".away"); err != nil {
		t.Fatal(err)
	}
	code, baseline, _, output := l.check(t, nil, "--fail-scope", "changed")
	if code != 0 || baseline != "" || !strings.Contains(output, "no --base is given, and the checkout does not have all of its history") {
		t.Errorf("exit code %d, baseline %q\n%s", code, baseline, output)
	}
	if code, _, _, output := l.check(t, nil, "--fail-scope", "changed", "--base", "upstream"); code != 4 || !strings.Contains(output, "git fetch --unshallow") {
		t.Errorf("with --base: exit code %d\n%s", code, output)
	}
}

// A linked worktree has its own HEAD, and the history of the repository. A folder of a checkout is compared with itself.
func TestLinkedWorktree(t *testing.T) {
	t.Parallel()
	l := clone(t, map[string]string{"app/vendors.yaml": goodManifest}, nil, map[string]string{"app/vendors.yaml": goodManifest + newVendor})
	linked := t.TempDir()
	private := filepath.Join(l.dir, ".git/worktrees/linked")
	for name, text := range map[string]string{
		filepath.Join(private, "HEAD"): l.head + "\n", filepath.Join(private, "commondir"): "../..\n",
		filepath.Join(linked, ".git"): "gitdir: " + private + "\n", filepath.Join(linked, "app/vendors.yaml"): goodManifest + newVendor,
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{l.dir, linked, filepath.Join(l.dir, "app"), filepath.Join(linked, "app")} {
		code, baseline, found, output := laptop{dir: dir}.check(t, nil, "--fail-scope", "changed")
		var introduced []string
		for _, f := range found {
			introduced = append(introduced, fmt.Sprint(f.Line, f.Introduced))
		}
		if code != 1 || baseline != "acme/shop@"+l.base[:7] || !slices.Contains(introduced, "6 true") || !slices.Contains(introduced, "5 false") {
			t.Errorf("%s: exit code %d, baseline %q, introduced %q\n%s", dir, code, baseline, introduced, output)
		}
	}
}

// A mistyped directory is found out before a server is asked for anything.
func TestMistypedDirectory(t *testing.T) {
	t.Parallel()
	server := newWorld().start(t)
	for _, command := range []string{"check", "scan", "init"} {
		run := newRun()
		run.vars["GITHUB_API_URL"] = server.API
		code := run.main(t, command, "srevices/checkout", "--registry", "acme/vendor-registry@main")
		if code != 2 || !strings.Contains(run.stderr.String(), `"srevices/checkout" cannot be opened: no such file or directory`) {
			t.Errorf("%s: exit code %d\n%s", command, code, &run.stderr)
		}
	}
	if asked := server.asked(); asked != "" {
		t.Errorf("asked for\n%s", asked)
	}
}

// Objects of another repository are not read, whatever objects/info/alternates says: the files of a checkout may not choose what is read.
func TestAlternatesAreNotRead(t *testing.T) {
	t.Parallel()
	l := clone(t, map[string]string{"vendors.yaml": goodManifest + long()}, nil, map[string]string{"vendors.yaml": goodManifest + newVendor + long()})
	l.pack(t)
	if code, baseline, _, output := l.check(t, nil, "--fail-scope", "changed"); code != 1 || baseline != "acme/shop@"+l.base[:7] {
		t.Fatalf("before: exit code %d, baseline %q\n%s", code, baseline, output)
	}
	other := t.TempDir()
	if err := os.Rename(filepath.Join(l.dir, ".git/objects/pack"), filepath.Join(other, "pack")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(l.dir, ".git/objects/info"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(l.dir, ".git/objects/info/alternates"), []byte(other+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, baseline, _, output := l.check(t, nil, "--fail-scope", "changed"); code != 0 || baseline != "" || !strings.Contains(output, "one that borrows objects") {
		t.Errorf("exit code %d, baseline %q\n%s", code, baseline, output)
	}
}
