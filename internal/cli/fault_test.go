package cli_test

import (
	"errors"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/effort"
)

// faults makes one of the file-system calls of a run fail.
type faults struct {
	sync.Mutex

	calls, at int
}

func (f *faults) next(op, name string) error {
	f.Lock()
	defer f.Unlock()
	if f.calls++; f.calls == f.at {
		return &fs.PathError{Op: op, Path: name, Err: errors.New("input/output error")}
	}
	return nil
}

// faulty is a file system in which every call can fail.
type faulty struct {
	fstest.MapFS
	*faults
}

func (f faulty) Open(name string) (fs.File, error) {
	if err := f.next("open", name); err != nil {
		return nil, err
	}
	file, err := f.MapFS.Open(name)
	if err != nil {
		return nil, err
	}
	return faultyFile{file, name, f.faults}, nil
}

func (f faulty) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.next("readdir", name); err != nil {
		return nil, err
	}
	return f.MapFS.ReadDir(name)
}

func (f faulty) Stat(name string) (fs.FileInfo, error) {
	if err := f.next("stat", name); err != nil {
		return nil, err
	}
	return f.MapFS.Stat(name)
}

func (f faulty) Lstat(name string) (fs.FileInfo, error) {
	if err := f.next("lstat", name); err != nil {
		return nil, err
	}
	return f.MapFS.Lstat(name)
}

type faultyFile struct {
	fs.File
	name string
	*faults
}

func (f faultyFile) Read(b []byte) (int, error) {
	if err := f.next("read", f.name); err != nil {
		return 0, err
	}
	return f.File.Read(b[:min(len(b), 100)]) // so that a file fails half-way too
}

func (f faultyFile) Stat() (fs.FileInfo, error) {
	if err := f.next("stat", f.name); err != nil {
		return nil, err
	}
	return f.File.Stat()
}

// scene is a run without failures.
type scene struct {
	name string
	want int
	args string
	add  map[string]string // to goodDirs, by directory and file; an empty one is removed
}

func scenes() []scene {
	const (
		lapsed = "registry/vendors/larkspur-mail.yaml"
		waiver = `apiVersion: vendorgate/v1
kind: Waiver
id: WVR-1
vendor: larkspur-mail
repos: [acme/shop]
rules: [VG-SCP-001]
reason: The scope is being extended
requested_by: s.marchetti
approved_by: [{user: a.ferreira, role: security-architect}]
approved_on: 2026-11-20
expires: 2026-12-15
`
		policy  = "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\n"
		softer  = policy + "rules: {VG-REG-001: {severity: note}, VG-SCP-001: {severity: off}}\n"
		harder  = policy + "requirements: [{id: MFA, attr: access.mfa.enforced, eq: true}]\n"
		unknown = "  - {id: larkspur-mial, purpose: Payments, environments: [prod], data: [none]}\n"
	)
	old := strings.ReplaceAll(goodRecord, "2027-08-31", "2026-10-31")
	twin := strings.ReplaceAll(goodRecord, "larkspur-mail", "larkspur-post")
	denied := strings.ReplaceAll(goodRecord, "status: approved", "status: denied")
	secret := strings.ReplaceAll(goodManifest, "personal", "confidential")
	stripe := "  - {id: stripe, purpose: Charge cards, environments: [prod], data: [personal]}\n"
	return []scene{
		{"pass", 0, "", nil},
		{"pass, several manifests and a policy", 0, "", map[string]string{"registry/policy.yaml": policy, "./a/b/vendors.yaml": goodManifest, "./c/.github/vendors.yml": goodManifest}},
		{"pass by path", 0, "--manifest vendors.yaml", nil},
		{"pass by glob", 0, "--manifest **/vendors.yaml --manifest vendors.y*", map[string]string{"./a/vendors.yaml": goodManifest}},
		{"pass by waiver", 0, "--repository acme/shop", map[string]string{"./vendors.yaml": secret, "registry/waivers/WVR-1.yaml": waiver}},
		{"pass by waiver of another", 0, "", map[string]string{"registry/waivers/WVR-1.yaml": strings.ReplaceAll(waiver, "larkspur-mail", "halloway-maps")}},
		{"pass by fail-on", 0, "--fail-on off", map[string]string{"./vendors.yaml": goodManifest + unknown, "registry/vendors/larkspur-post.yaml": twin}},
		{"pass by fail-on, denied", 0, "--fail-on off", map[string]string{lapsed: denied, "registry/vendors/larkspur-post.yaml": twin}},
		{"pass by policy", 0, "", map[string]string{"registry/policy.yaml": softer, "./vendors.yaml": secret + unknown}},
		{"pass by scope", 0, "--base base --fail-scope changed", map[string]string{"base/vendors.yaml": goodManifest, lapsed: old}},
		{"pass, identity inherited", 0, "", map[string]string{"./vendors.yaml": goodManifest + stripe, "registry/vendors/stripe.yaml": strings.ReplaceAll(goodRecord, "larkspur-mail", "stripe")}},
		{"pass without a manifest", 0, "--missing-manifest pass", map[string]string{"./vendors.yaml": "", "./README": "x"}},
		{"pass without a manifest, as before", 0, "--missing-manifest pass --base base", map[string]string{"./vendors.yaml": "", "./README": "x", "base/README": "x"}},
		{"fail", 1, "", map[string]string{"./vendors.yaml": goodManifest + unknown, "registry/vendors/larkspur-post.yaml": twin}},
		{"fail, known", 1, "", map[string]string{"./vendors.yaml": goodManifest + stripe}},
		{"fail, lapsed", 1, "--base base", map[string]string{"base/vendors.yaml": goodManifest, lapsed: old}},
		{"fail, denied", 1, "", map[string]string{lapsed: denied, "registry/vendors/larkspur-post.yaml": twin}},
		{"fail, not waived here", 1, "--repository acme/other", map[string]string{"./vendors.yaml": secret, "registry/waivers/WVR-1.yaml": waiver}},
		{"fail, requirement", 1, "", map[string]string{"registry/policy.yaml": harder}},
		{"fail, broken manifest", 1, "", map[string]string{"./vendors.yaml": "kind: VendorManifest\nvendors: 1"}},
		{"fail, two manifests", 1, "", map[string]string{"./vendors.yml": goodManifest}},
		{"nothing", 3, "", map[string]string{"./vendors.yaml": "", "./README": "x"}},
		{"nothing by path", 3, "--manifest a/vendors.yaml", nil},
		{"nothing any more", 3, "--missing-manifest pass --base base", map[string]string{"./vendors.yaml": "", "./README": "x", "base/vendors.yaml": goodManifest}},
		{"no verdict, record", 4, "", map[string]string{lapsed: "id: ["}},
		{"no verdict, policy", 4, "", map[string]string{"registry/policy.yaml": "id: ["}},
		{"no verdict, name of the policy", 4, "", map[string]string{"registry/Policy.yaml": policy}},
		{"no verdict, waiver", 4, "", map[string]string{"registry/waivers/WVR-1.yaml": "vendor: larkspur-mail"}},
		{"no verdict, name of the waiver", 4, "", map[string]string{"registry/waivers/WVR-1.yml": waiver}},
		{"no verdict, no registry", 4, "", map[string]string{lapsed: "", "registry/README": "x"}},
	}
}

func (s scene) dirs() map[string]fstest.MapFS {
	dirs := goodDirs()
	dirs["base"] = fstest.MapFS{}
	dirs["../registry"] = dirs["registry"] // outside the checked directory
	for name, text := range s.add {
		dir, file, _ := strings.Cut(name, "/")
		if delete(dirs[dir], file); text != "" {
			dirs[dir][file] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return dirs
}

// run runs the scene; the call with number at fails.
func (s scene) run(t *testing.T, at int) (code int, output string, calls int) {
	t.Helper()
	dirs, f := s.dirs(), &faults{at: at}
	run := newRun().with(dirs)
	run.env.Open = func(dir string) (fs.FS, error) { return faulty{dirs[dir], f}, nil }
	run.env.IsDir = func(string) (bool, error) { return true, nil }
	embedded := fstest.MapFS{}
	err := fs.WalkDir(run.env.Registry, ".", func(name string, entry fs.DirEntry, err error) error {
		few := slices.Contains([]string{"openai.yaml", "stripe.yaml", "twilio.yaml"}, entry.Name())
		if err == nil && entry.Type().IsRegular() && (few || !strings.HasPrefix(name, "vendors/")) { // of each vendor a file would fail
			data, _ := fs.ReadFile(run.env.Registry, name)
			embedded[name] = &fstest.MapFile{Data: data}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	run.env.Registry = faulty{embedded, f}
	args := append([]string{"check", "--registry", "../registry", "--as-of", "2026-11-23", "--format", "json"}, strings.Fields(s.args)...)
	return run.main(t, args...), run.stdout.String() + run.stderr.String(), f.calls
}

// courtesy is what a report may lack for a fault: the suggestion of another vendor, and in the digest the files that were
// read for it.
var courtesy = regexp.MustCompile(`"revision": "sha256:[0-9a-f]+"|Did you mean \\"[a-z-]+\\"\? |Approved in category [a-z]+: [a-z, -]+\. `)

// Every call to the files of a run fails once, for runs of every verdict. The verdict is the same or a worse one; a pass stays
// one only if the report is the same, less suggestions, to the last character. Where the tests do not run in full, every
// fourth call fails.
func TestEveryReadFailsOnce(t *testing.T) {
	t.Parallel()
	allowed := map[int][]int{0: {0, 3, 4}, 1: {1, 4}, 3: {3, 4}, 4: {4, 1}}
	for _, s := range scenes() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			code, report, calls := s.run(t, 0)
			if code != s.want || calls < 4 {
				t.Fatalf("exit code %d after %d calls, want %d\n%s", code, calls, s.want, report)
			}
			seen := map[int]int{}
			for at := 1; at <= calls; at++ {
				if !effort.Takes(at+len(s.name), 4) {
					continue
				}
				got, output, _ := s.run(t, at)
				seen[got]++
				if !slices.Contains(allowed[code], got) {
					t.Errorf("call %d of %d fails: exit code %d, without the fault %d\n%s", at, calls, got, code, output)
				}
				if want, output := courtesy.ReplaceAllString(report, ""), courtesy.ReplaceAllString(output, ""); got == 0 && output != want {
					t.Errorf("call %d of %d fails, and the run passes with another report (without, with):\n%s", at, calls, cmp.Diff(want, output))
				}
			}
			if code == 0 && seen[4] == 0 {
				t.Errorf("%d calls fail, and no run is without a verdict: %v", calls, slices.Collect(maps.Keys(seen)))
			}
		})
	}
}
