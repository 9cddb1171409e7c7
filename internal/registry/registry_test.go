package registry_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

const vendorHead = "apiVersion: vendorgate/v1\nkind: Vendor\nid: acme\n"

func lines(problems []diag.Problem) string {
	var out strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&out, "%s: %s | %s\n", p.Pos, p.Message, p.Hint)
	}
	return out.String()
}

func files(texts map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range texts {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// open opens a registry of the texts, beside an embedded one with a record of acme.
func open(tb testing.TB, texts map[string]string) *registry.Registry {
	tb.Helper()
	embedded := source.New("embedded", "", files(map[string]string{
		"vendors/acme.yaml": vendorHead + "name: Acme\nprovider: {id: acme, country: IE}\napi_hosts: [api.acme.example]\napis: [{id: core, versions: [{id: '1', status: current}]}]\n",
		"vendors/only.yaml": strings.ReplaceAll(vendorHead, "acme", "only"),
	}))
	r, err := registry.Open(source.New("reg", "", files(texts)).Trust(source.Apart), embedded.Trust(source.BuiltIn))
	if err != nil {
		tb.Fatalf("Open: %v", err)
	}
	return r
}

// vendor reads one record of id acme.
func vendor(tb testing.TB, text string) *registry.Vendor {
	tb.Helper()
	v, err := open(tb, map[string]string{"vendors/acme.yaml": text}).Vendor("acme")
	if err != nil || v == nil {
		tb.Fatalf("Vendor(acme): got %v, error %v", v, err)
	}
	return v
}

// The id that a record or waiver lacks is the name of its file.
func TestMissingID(t *testing.T) {
	t.Parallel()
	r := open(t, map[string]string{
		"vendors/acme.yaml":  "apiVersion: vendorgate/v1\nkind: Vendor\napis: [{versions: []}]\n",
		"waivers/WVR-1.yaml": "apiVersion: vendorgate/v1\nkind: Waiver\nvendor: acme\n",
	})
	v, err := r.Vendor("acme")
	if err != nil {
		t.Fatal(err)
	}
	if got := lines(v.Problems); !strings.Contains(got, "\"id\" is missing | add `id: acme`\n") || strings.Count(got, "id: acme`") != 1 {
		t.Errorf("record: got\n%s", got)
	}
	waivers, _ := r.Waivers([]string{"acme"}, nil)
	if len(waivers) != 1 || !strings.Contains(lines(waivers[0].Problems), "\"id\" is missing | add `id: WVR-1`\n") {
		t.Errorf("waivers: got %d: %+v", len(waivers), waivers)
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	empty := source.New("e", "", fstest.MapFS{})
	for name, texts := range map[string]map[string]string{"empty": {}, "a file": {"vendors": "x"}, "another case": {"Vendors/acme.yaml": "x"}} {
		if _, err := registry.Open(source.New("reg", "", files(texts)).Trust(source.Apart), empty.Trust(source.BuiltIn)); !errors.Is(err, registry.ErrNoVendors) {
			t.Errorf("Open(%s): got error %v, want that there is no vendors folder", name, err)
		}
	}
	tree := source.New("reg", "", files(map[string]string{"vendors/acme.yaml": vendorHead}))
	r, err := registry.Open(tree.Trust(source.Apart), tree.Trust(source.BuiltIn))
	if err != nil || !r.Embedded() {
		t.Fatalf("Open(embedded): got %v, error %v", r, err)
	}
	if v, err := r.Vendor("acme"); err != nil || v.Name() != "acme" || v.Reviewed() {
		t.Errorf("Vendor(acme): got %+v, error %v", v, err)
	}
	if v, err := r.Vendor("other"); v != nil || err != nil {
		t.Errorf("Vendor(other): got %v, error %v; want neither", v, err)
	}
}

func TestVendorInherits(t *testing.T) {
	t.Parallel()
	r := open(t, map[string]string{"vendors/acme.yaml": vendorHead + "status: approved\nprovider: {country: DE}\n"})
	v, err := r.Vendor("acme")
	if err != nil {
		t.Fatal(err)
	}
	rec := v.Record
	if v.Name() != "Acme" || !v.Reviewed() || rec.Get("provider.country").Text != "DE" || rec.Get("provider.id").Text != "acme" || v.File != "reg/vendors/acme.yaml" {
		t.Errorf("Vendor(acme): got %q of %s in %s", v.Name(), rec.Get("provider.country").Text, v.File)
	}
	if got := rec.Get("name").Pos.File; got != "embedded/vendors/acme.yaml" {
		t.Errorf("an inherited value stands in %s", got)
	}
	if again, _ := r.Vendor("acme"); again != v {
		t.Error("Vendor: read a record twice")
	}
	if only, err := r.Vendor("only"); err != nil || only == nil || only.File != "embedded/vendors/only.yaml" || only.Reviewed() {
		t.Errorf("Vendor(only): got %+v, error %v; want the embedded identity", only, err)
	}
	if diff := cmp.Diff([]string{"acme", "only"}, r.IDs()); diff != "" {
		t.Errorf("IDs: want, got:\n%s", diff)
	}
}

func TestVendorUnreadable(t *testing.T) {
	t.Parallel()
	tree := files(map[string]string{"vendors/acme.yaml": vendorHead})
	tree["vendors/acme.yaml"].Mode = fs.ModeSymlink
	r, err := registry.Open(source.New("reg", "", tree).Trust(source.Apart), source.New("e", "", fstest.MapFS{}).Trust(source.BuiltIn))
	if err != nil {
		t.Fatal(err)
	}
	if v, err := r.Vendor("acme"); v != nil || !errors.Is(err, source.ErrNotRegular) || !strings.Contains(err.Error(), "read reg/vendors/acme.yaml") {
		t.Errorf("Vendor behind a link: got %v, error %v", v, err)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	const f = "reg/vendors/acme.yaml:"
	for _, test := range []struct{ name, text, want string }{
		{"none", "status: approved\n", ""},
		{"replaced by itself", "replaced_by: acme\n", f + "4:14: the vendor replaces itself | name another vendor\n"},
		{"package that it has not", "sdks: [pkg:npm/a]\ndetect: {multi_backend: [pkg:npm/a, pkg:npm/b]}\n", f + "5:37: detect.multi_backend contains \"pkg:npm/b\", which is not in sdks | correct one of the two lists\n"},
		{"host that it has not", "scope: {hosts: [api.acme.example, x.acme.example]}\n", f + "4:35: scope.hosts contains \"x.acme.example\", which is not in api_hosts | correct one of the two lists\n"},
		{"host below a wildcard", "api_hosts: ['*.acme.example']\nscope: {hosts: [x.acme.example, '*.acme.example']}\n", ""},
		{"method that it has not", "scope: {auth_methods: [mtls, none]}\nauthentication: {methods: [mtls]}\n", f + "4:30: scope.auth_methods contains \"none\", which is not in authentication.methods | correct one of the two lists\n"},
		{"methods unknown", "scope: {auth_methods: [mtls]}\nauthentication: {methods: unknown}\n", ""},
		{"ends before it begins", "approval: {approved_on: 2026-06-01, expires: 2026-05-31}\n", f + "4:46: approval.expires is 2026-05-31, before approval.approved_on, which is 2026-06-01 | correct one of the dates\n"},
		{"ends as it begins", "approval: {approved_on: 2026-06-01, expires: 2026-06-01}\n", ""},
		{"ids twice", "apis: [{id: a}, {id: b}, {id: a}]\napproval: {conditions: [{id: c, text: x, due: 2026-01-01, status: open}, {id: c, text: x, due: 2026-01-01, status: open}]}\n", f + "4:31: apis has two entries with the id \"a\" | give each its own id\n" + f + "5:79: approval.conditions has two entries with the id \"c\" | give each its own id\n"},
	} {
		v := vendor(t, vendorHead+test.text)
		if diff := cmp.Diff(test.want, lines(v.Faults)); diff != "" || len(v.Problems) > 0 {
			t.Errorf("%s: problems %v, faults (want, got):\n%s", test.name, v.Problems, diff)
		}
	}
	v := vendor(t, strings.Replace(vendorHead, "acme", "Other", 1))
	if got, want := lines(v.Problems), f+"3:5: id: \"Other\" is not an id | write \"other\", with lower-case letters, digits and - only\n"; got != want || len(v.Faults) > 0 {
		t.Errorf("a wrong id: got %q and %q, want %q", got, lines(v.Faults), want)
	}
	v = vendor(t, strings.Replace(vendorHead, "acme", "other", 1))
	if got, want := lines(v.Faults), f+"3:5: the id \"other\" is not the name of the file | write `id: acme`, or rename the file\n"; got != want {
		t.Errorf("another id: got %q, want %q", got, want)
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text     string
		yes, not []string
	}{
		{"", []string{"1"}, []string{"2", "", "1.0"}}, // the embedded record's
		{"apis: [{id: a, versions: [{id: '1', status: retired}, {id: '2', status: deprecated}]}]\n", []string{"2"}, []string{"1"}},
		{"scope: {api_versions: []}\n", nil, []string{"1", ""}},
		{"scope: {api_versions: ['2026-04', v3]}\n", []string{"2026-04", "v3"}, []string{"2026-4", "3", "V3", ""}},
		{"api_version_scheme: semver\nscope: {api_versions: ['>= 2.1, < 3.0']}\n", []string{"2.1", "2.9.9", "v2.5"}, []string{"2.0.9", "3.0", "3.0.0-beta1", "2023-10-16", "x", "", ">= 2.1, < 3.0"}},
		{"api_version_scheme: date\nscope: {api_versions: ['>= 2024-06-20']}\n", []string{"2024-06-20", "2024-06-20.acacia", "2030-01-01"}, []string{"2024-06-19", "2024-13-01", "3.0", "", "2024"}},
	} {
		v := vendor(t, vendorHead+test.text)
		if len(v.Problems) > 0 {
			t.Errorf("%q: got problems\n%s", test.text, lines(v.Problems))
		}
		for _, version := range test.yes {
			if approved, ok := v.Version("", version); !ok {
				t.Errorf("%q: Version(%q) is not among %q", test.text, version, approved)
			}
		}
		for _, version := range test.not {
			if approved, ok := v.Version("", version); ok {
				t.Errorf("%q: Version(%q) is among %q", test.text, version, approved)
			}
		}
	}
	for _, text := range []string{
		"scope: {api_versions: ['>= 2']}\n", "api_version_scheme: semver\nscope: {api_versions: ['>= 2023-10-16']}\n", "api_version_scheme: semver\nscope: {api_versions: ['two']}\n",
		"api_version_scheme: date\nscope: {api_versions: ['> 2.0']}\n", "api_version_scheme: date\nscope: {api_versions: ['~> 2024-01-01']}\n", "api_version_scheme: semver\nscope: {api_versions: [',']}\n",
	} {
		if v := vendor(t, vendorHead+text); len(v.Problems) != 1 || !strings.Contains(v.Problems[0].Message, "cannot be compared") || v.Problems[0].Hint == "" {
			t.Errorf("%q: got problems %v, want one", text, v.Problems)
		}
	}
}

const waiverHead = "apiVersion: vendorgate/v1\nkind: Waiver\nid: WVR-1\nvendor: acme\nrepos: [acme/notify, 'acme/web-*']\nrules: [VG-SCP-003]\nreason: x\nrequested_by: a\napproved_on: 2026-01-01\nexpires: 2026-02-01\n"

func TestWaivers(t *testing.T) {
	t.Parallel()
	good := waiverHead + "approved_by: [{user: b, role: c}]\n"
	r := open(t, map[string]string{
		"vendors/acme.yaml": vendorHead, "waivers/WVR-1.yaml": good, "waivers/WVR-2.yaml": strings.Replace(good, "acme\n", "other\n", 1),
		"waivers/WVR-3.yaml": waiverHead + "approved_by: []\n", "waivers/README.md": "acme", "waivers/WVR-4.yaml": "vendor: third\n",
	})
	waivers, gaps := r.Waivers([]string{"acme"}, []string{"WVR-4"})
	got := map[string]string{}
	for _, w := range waivers {
		got[w.ID] = lines(w.Problems)
	}
	const f = "reg/waivers/WVR-3.yaml:"
	want3 := f + "11:14: approved_by is empty | add `approved_by: [{user: ..., role: ...}]`\n" + f + "3:5: the id \"WVR-1\" is not the name of the file | write `id: WVR-3`, or rename the file\n"
	if len(gaps) > 0 || got["WVR-1"] != "" || got["WVR-3"] != want3 || got["WVR-4"] == "" {
		t.Errorf("Waivers: got gaps %v, problems %q; want for WVR-3 %q", gaps, got, want3)
	}
	w := waivers[0]
	if w.ID != "WVR-1" || w.Vendor.Value != "acme" || w.Expires.Value.String() != "2026-02-01" || w.Approved.Value.String() != "2026-01-01" || w.RequestedBy.Value != "a" {
		t.Errorf("Waivers: got %+v first", w)
	}
	for repository, want := range map[string]bool{"acme/notify": true, "acme/web-1": true, "acme/web-1/x": false, "acme/other": false, "": false, "Acme/notify": true, "Acme/other": false} {
		if got := w.AppliesTo(repository); got != want {
			t.Errorf("AppliesTo(%q): got %t, want %t", repository, got, want)
		}
	}
	if !w.Covers("VG-SCP-003") || w.Covers("VG-SCP-00") {
		t.Error("Covers: got it wrong")
	}
	if waivers, gaps := open(t, map[string]string{"vendors/acme.yaml": ""}).Waivers([]string{"acme"}, nil); len(waivers)+len(gaps) > 0 {
		t.Errorf("Waivers without a folder: got %v, %v", waivers, gaps)
	}
}

func TestAlternatives(t *testing.T) {
	t.Parallel()
	record := func(id, status, category string) string {
		return fmt.Sprintf("apiVersion: vendorgate/v1\nkind: Vendor\nid: %s\nstatus: %s\ncategory: %s\n", id, status, category)
	}
	r := open(t, map[string]string{
		"vendors/a.yaml": record("a", "approved", "email"), "vendors/b.yaml": record("b", "approved", "email"), "vendors/c.yaml": record("c", "denied", "email"),
		"vendors/d.yaml": record("d", "approved", "maps"), "vendors/e.yaml": record("e", "approved", "email") + "wrong: 1\n", "vendors/f.yaml": record("f", "approved", "email"),
	})
	for _, test := range []struct {
		category string
		except   []string
		most     int
		want     []string
	}{
		{"email", nil, 9, []string{"a", "b", "f"}},
		{"email", []string{"a"}, 9, []string{"b", "f"}},
		{"email", nil, 2, []string{"a", "b"}},
		{"maps", []string{"d"}, 9, nil},
		{"other", nil, 9, nil},
		{"", nil, 9, nil},
	} {
		if diff := cmp.Diff(test.want, r.Alternatives(test.category, func(id string) bool { return !slices.Contains(test.except, id) }, test.most)); diff != "" {
			t.Errorf("Alternatives(%q, %q): want, got:\n%s", test.category, test.except, diff)
		}
	}
}

func TestCheckID(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"acme-sms": "", "": "write one", "../x": "write lower-case letters, digits and -, starting with a letter or digit",
	} {
		if got := registry.CheckID(text); got != want {
			t.Errorf("CheckID(%q) = %q, want %q", text, got, want)
		}
	}
}
