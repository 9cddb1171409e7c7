package gate_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

func TestNotRegistered(t *testing.T) {
	t.Parallel()
	other := func(id, status, category string) string {
		return gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: "+id, "status: approved", "status: "+status, "category: payments", "category: "+category)
	}
	identity := "apiVersion: vendorgate/v1\nkind: Vendor\nid: known-pay\nname: Known Pay\ncategory: payments\n"
	f := gatetest.World(t).With(gatetest.Files{
		"registry/vendors/best-pay.yaml": other("best-pay", "approved", "payments"), "registry/vendors/old-pay.yaml": other("old-pay", "deprecated", "payments"),
		"registry/vendors/some-mail.yaml": other("some-mail", "approved", "email"), "embedded/vendors/known-pay.yaml": identity,
		"registry/vendors/bad-pay.yaml": other("bad-pay", "approved", "payments") + "x: 1\n",
	})
	for _, c := range []struct{ id, message, hint string }{
		{"nobody-at-all", `"nobody-at-all" is not in the approved-vendor registry`, "Ask the security team to add registry/vendors/nobody-at-all.yaml."},
		{"acme-pya", `"acme-pya" is not in the approved-vendor registry`, `Did you mean "acme-pay"? Approved in category payments: best-pay. If not, ask the security team to add a record of the vendor.`},
		{"some-mial", `"some-mial" is not in the approved-vendor registry`, `Did you mean "some-mail"? If not, ask the security team to add a record of the vendor.`},
		{"known-pay", `"known-pay" (Known Pay) is known, but your organisation has not reviewed it`, "Approved in category payments: acme-pay, best-pay. Ask the security team to add registry/vendors/known-pay.yaml."},
	} {
		g := f.Using(t, "id: acme-pay", "id: "+c.id)
		r := gatetest.Evaluate(t, g, gatetest.Today, gatetest.Repository)
		gatetest.Diff(t, c.id, []string{"error VG-REG-001 vendors.yaml:5:9 " + c.message}, gatetest.Lines(r))
		if len(r.Findings) == 1 && r.Findings[0].Hint != c.hint {
			t.Errorf("%s: got hint %q, want %q", c.id, r.Findings[0].Hint, c.hint)
		}
	}
	r := gatetest.Evaluate(t, f.Using(t, "id: acme-pay", "id: nobody").Rules("request_url: https://t.example/new\n"), gatetest.Today, gatetest.Repository)
	if got, want := r.Findings[0].Hint, "Request it: https://t.example/new."; got != want {
		t.Errorf("hint with a request_url: got %q, want %q", got, want)
	}
	// Identity in the organisation's own registry, and a decision on top of an embedded identity.
	own := gatetest.World(t, "status: approved\n", "")
	gatetest.Diff(t, "own record without a status", []string{`error VG-REG-001 vendors.yaml:5:9 "acme-pay" (Acme Pay) is known, but your organisation has not reviewed it`}, gatetest.Findings(t, own, gatetest.Today, gatetest.Repository))
	both := gatetest.World(t, "category: payments\n", "").Using(t, "    data:", "    endpoints: [https://api.acme.example/v1]\n    data:")
	both["embedded/vendors/acme-pay.yaml"] = strings.Replace(identity, "known-pay", "acme-pay", 1) + "api_hosts: [api.acme.example]\n"
	gatetest.Diff(t, "hosts of the embedded identity", []string{}, gatetest.Findings(t, both, gatetest.Today, gatetest.Repository))
}

// TestEmbeddedApprovesNothing: a decision in the embedded registry would be nobody's, so an identity that inherits
// takes no decision from it.
func TestEmbeddedApprovesNothing(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "status: approved\n", "")
	f["embedded/vendors/acme-pay.yaml"] = gatetest.PlainRecord
	if got := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)); got != "error VG-REG-001" {
		t.Errorf("status in the embedded record only: got %q, want error VG-REG-001", got)
	}
}

// TestTyposNeverPass: no id that merely looks like an approved one is judged by its record.
func TestTyposNeverPass(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789-"
	letter := func() string { return string(letters[random.IntN(len(letters))]) }
	variants := map[string]bool{}
	for len(variants) < 100 {
		id := "acme-pay"
		i := random.IntN(len(id))
		switch random.IntN(5) {
		case 0:
			id = id[:i] + id[i+1:]
		case 1:
			id = id[:i] + letter() + id[i:]
		case 2:
			id = id[:i] + letter() + id[i+1:]
		case 3:
			i = random.IntN(len(id) - 1)
			id = id[:i] + id[i+1:i+2] + id[i:i+1] + id[i+2:]
		case 4:
			id += []string{"-", "-eu", "s", "-api", "0"}[random.IntN(5)]
		}
		if id != "acme-pay" && id[0] != '-' {
			variants[id] = true
		}
	}
	for id := range variants {
		r := gatetest.Evaluate(t, gatetest.World(t).Using(t, "id: acme-pay", "id: "+id), gatetest.Today, gatetest.Repository)
		if got := gatetest.Short(r); got != "error VG-REG-001" {
			t.Errorf("%s: got %q, want error VG-REG-001", id, got)
		}
		if !strings.HasSuffix(id, "-api") && !strings.Contains(r.Findings[0].Hint, `Did you mean "acme-pay"?`) {
			t.Errorf("%s: hint %q does not name acme-pay", id, r.Findings[0].Hint)
		}
	}
}

func TestContradictions(t *testing.T) {
	t.Parallel()
	const at = `error VG-REG-003 vendors.yaml:5:9 the record of "acme-pay": `
	for _, c := range []struct {
		why   string
		pairs []string
		want  []string
		where string
	}{
		{"file name", []string{"id: acme-pay", "id: acme-payments"}, []string{at + `the id "acme-payments" is not the name of the file`}, "3:5"},
		{"replaced by itself", []string{"risk:", "replaced_by: acme-pay\nrisk:"}, []string{at + "the vendor replaces itself"}, "12:14"},
		{"its own alternative", []string{"risk:", "exit: {alternatives: [other-pay, acme-pay]}\nrisk:"}, []string{at + "the vendor is its own alternative"}, "12:34"},
		{"scope beyond hosts", []string{"risk:", "api_hosts: [api.acme.example]\nrisk:", "scope:\n", "scope:\n  hosts: [api.acme.example, apl.acme.example]\n"}, []string{at + `scope.hosts contains "apl.acme.example", which is not in api_hosts`}, "15:29"},
		{"scope within a wildcard", []string{"risk:", "api_hosts: [\"*.acme.example\"]\nrisk:", "scope:\n", "scope:\n  hosts: [api.acme.example]\n"}, nil, ""},
		{"wildcard beyond a host", []string{"risk:", "api_hosts: [api.acme.example]\nrisk:", "scope:\n", "scope:\n  hosts: [\"*.acme.example\"]\n"}, []string{at + `scope.hosts contains "*.acme.example", which is not in api_hosts`}, "15:11"},
		{"scope beyond methods", []string{"risk:", "authentication: {methods: [oidc]}\nrisk:", "scope:\n", "scope:\n  auth_methods: [mtls]\n"}, []string{
			at + `scope.auth_methods contains "mtls", which is not in authentication.methods`,
			`error VG-SCP-004 vendors.yaml:5:9 vendors.yaml does not say which authentication method is used for "acme-pay" (approved: mtls)`,
		}, "15:18"},
		{"class of nobody", []string{"internal, personal", "internl, personal"}, []string{at + `unknown data class "internl"`}, "15:37"},
		{"two APIs", []string{"risk:", "apis: [{id: core}, {id: core}]\nrisk:"}, []string{at + `apis has two entries with the id "core"`}, "12:25"},
		{"ends before it begins", []string{"expires: 2027-05-31", "expires: 2026-12-31", "approved_on: 2026-06-01", "approved_on: 2027-01-01"}, []string{
			`error VG-APR-004 vendors.yaml:5:9 the approval of "acme-pay" is not valid: it is dated 2027-01-01, which is in the future`,
		}, ""},
		{"two dates", []string{"risk:", "contract: {signed_on: 2026-05-01, start: 2026-06-01, end: 2020-01-01}\nrisk:"}, []string{
			`warning VG-CMP-003 vendors.yaml:5:9 personal data must not be sent to "acme-pay": the data processing agreement ended with the contract on 2020-01-01 (2518 days ago)`,
			at + "contract.end is 2020-01-01, before contract.start, which is 2026-06-01, and before contract.signed_on, which is 2026-05-01",
		}, ""},
	} {
		f := gatetest.World(t, c.pairs...)
		if strings.Contains(strings.Join(c.pairs, ""), "api_hosts") {
			f = f.Using(t, "    data:", "    endpoints: [https://api.acme.example]\n    data:")
		}
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
		gatetest.Diff(t, c.why, append([]string{}, c.want...), gatetest.Lines(r))
		if c.where != "" {
			gatetest.Diff(t, c.why+", related", []string{"registry/vendors/acme-pay.yaml:" + c.where + " in the record"}, gatetest.Related(r, "VG-REG-003"))
		}
	}
}

// A host or package in two records is one finding, which names both places: at a new use, if only one of the two is new.
func TestSharedHosts(t *testing.T) {
	t.Parallel()
	const entry = "  - {id: other-pay, purpose: Charge of hosts, environments: [prod], data: [internal]}\n"
	for _, c := range []struct{ a, b, here, there string }{
		{"api_hosts: [api.acme.example]", "api_hosts: [api.other.example]", "", ""},
		{"api_hosts: [api.acme.example]", "api_hosts: [x.acme.example, api.acme.example]", "host api.acme.example", "host api.acme.example"},
		{"api_hosts: [api.acme.example]", `api_hosts: ["*.acme.example"]`, "host api.acme.example", "host *.acme.example"},
		{`api_hosts: ["*.acme.example"]`, "api_hosts: [api.acme.example]", "host *.acme.example", "host api.acme.example"},
		{"sdks: [pkg:npm/pay]", "sdks: [pkg:npm/pay]", "package pkg:npm/pay", "package pkg:npm/pay"},
		{"sdks: [pkg:npm/pay]", "sdks: [pkg:pypi/pay]", "", ""},
	} {
		f := gatetest.World(t, "risk: {tier: 2}", c.a+"\nrisk: {tier: 3}").Using(t, "[personal]", "[internal]")
		f["registry/vendors/other-pay.yaml"] = gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: other-pay", "risk: {tier: 2}", c.b+"\nrisk: {tier: 3}")
		alone := gatetest.Findings(t, f, gatetest.Today, gatetest.Repository)
		gatetest.Diff(t, c.a+", alone", []string{}, alone)
		both := f.With(gatetest.Files{"vendors.yaml": f["vendors.yaml"] + entry})
		acmeIsNew := both.With(gatetest.Files{"base/vendors.yaml": strings.Replace(gatetest.PlainManifest, gatetest.PlainManifest[strings.Index(gatetest.PlainManifest, "  - id"):], entry, 1)})
		otherIsNew := both.With(gatetest.Files{"base/vendors.yaml": f["vendors.yaml"]})
		for why, run := range map[string]struct {
			gatetest.Files
			here, there string // vendors
		}{
			"both new": {both, "other-pay", "acme-pay"}, "both there": {both.Unchanged(), "other-pay", "acme-pay"},
			"acme-pay is new": {acmeIsNew, "acme-pay", "other-pay"}, "other-pay is new": {otherIsNew, "other-pay", "acme-pay"},
		} {
			r := gatetest.Evaluate(t, run.Files, gatetest.Today, gatetest.Repository)
			if c.here == "" {
				gatetest.Diff(t, c.a, []string{}, gatetest.Lines(r))
				continue
			}
			what := map[string]string{"acme-pay": c.here, "other-pay": c.there}
			at := map[string]string{"acme-pay": "vendors.yaml:5:9", "other-pay": "vendors.yaml:9:10"}
			gatetest.Diff(t, why, []string{
				fmt.Sprintf("error VG-REG-003 %s the record of %q: %s also belongs to %q", at[run.here], run.here, what[run.here], run.there),
			}, gatetest.Lines(r))
			related := strings.Join(gatetest.Related(r, "VG-REG-003"), "\n")
			if !strings.Contains(related, "registry/vendors/"+run.here+".yaml:") || !strings.Contains(related, what[run.there]+` in the record of "`+run.there+`"`) {
				t.Errorf("%s: got the places\n%s", why, related)
			}
		}
	}
}

// TestManySharedHosts: a record that shares hosts with many others reports five of them. What the others report of it is not repeated.
func TestManySharedHosts(t *testing.T) {
	t.Parallel()
	var all []string
	f := gatetest.World(t).Using(t, "[personal]", "[internal]")
	for i := range 7 {
		id, host := fmt.Sprintf("a%d", i), fmt.Sprintf("h%d.acme.example", i)
		all = append(all, host)
		f["registry/vendors/"+id+".yaml"] = gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: "+id, "risk: {tier: 2}", "api_hosts: ["+host+"]\nrisk: {tier: 3}")
		f["vendors.yaml"] += "  - {id: " + id + ", purpose: Charge of hosts, environments: [prod], data: [internal]}\n"
	}
	f["registry/vendors/acme-pay.yaml"] = gatetest.Edit(t, gatetest.PlainRecord, "risk: {tier: 2}", "api_hosts: ["+strings.Join(all, ", ")+"]\nrisk: {tier: 3}")
	counts := map[bool]int{}
	for _, line := range gatetest.Findings(t, f, gatetest.Today, gatetest.Repository) {
		counts[strings.Contains(line, `the record of "acme-pay": host h`)]++
	}
	if counts[true] != 5 || counts[false] != 0 {
		t.Errorf("got %d findings about the record and %d about others, want 5 and none", counts[true], counts[false])
	}
}

// TestBrokenRecord: what cannot be read is a gap, never a pass, and others are judged all the same.
func TestBrokenRecord(t *testing.T) {
	t.Parallel()
	const lei = "provider: {identifiers: {lei: 529900T8BM49AURSDO56}}\nrisk:"
	for _, c := range []struct {
		why   string
		pairs []string
		at    []string
	}{
		{"unknown key", []string{"risk:", "rsik: {}\nrisk:"}, []string{"12:1"}},
		{"wrong type", []string{"2027-05-31", "next year"}, []string{"10:12"}},
		{"day that the calendar has not", []string{"2027-05-31", "2027-02-30"}, []string{"10:12"}},
		{"LEI", []string{"risk:", lei}, []string{"12:31"}},
		{"two at once", []string{"2027-05-31", "soon", "tier: 2", "tier: two"}, []string{"10:12", "12:14"}},
		{"not a mapping", []string{gatetest.PlainRecord, "[]\n"}, []string{"1:1"}},
		{"another version", []string{"vendorgate/v1", "vendorgate/v2"}, []string{"1:13"}},
		{"empty", []string{gatetest.PlainRecord, ""}, []string{"1:1"}},
	} {
		f := gatetest.World(t, c.pairs...)
		f["registry/vendors/other-pay.yaml"] = gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: other-pay", "expires: 2027-05-31", "expires: 2026-11-20")
		f["vendors.yaml"] += "  - {id: other-pay, purpose: Charge of records, environments: [prod], data: [personal]}\n"
		r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
		var at []string
		for _, g := range r.Findings {
			if g.Rule == "VG-REG-007" {
				at = append(at, strings.TrimPrefix(g.Pos.String(), "registry/vendors/acme-pay.yaml:"))
				if !g.Everywhere || g.Related[0].Pos.String() != "vendors.yaml:5:9" {
					t.Errorf("%s: finding %+v should count everywhere and be related to the manifest", c.why, g)
				}
			}
		}
		gatetest.Diff(t, c.why, c.at, at)
		gatetest.Diff(t, c.why+", the other vendor", []string{`error VG-APR-002 vendors.yaml:9:10 the approval of "other-pay" expired on 2026-11-20 (3 days ago)`}, gatetest.Only(gatetest.Lines(r), "VG-APR-002"))
		if len(r.Gaps) != 1 || r.Gaps[0].Target != "registry/vendors/acme-pay.yaml" || r.Vendors[0].Verdict != diag.NoVerdict || !gate.Undecided(r.Findings) {
			t.Errorf("%s: got gaps %v, verdict %s", c.why, r.Gaps, r.Vendors[0].Verdict)
		}
		if (gate.Threshold{FailOn: diag.Note}).Fails(only7(r.Findings)) {
			t.Errorf("%s: what cannot be judged counts as a certain no", c.why)
		}
	}
}

func only7(all []diag.Finding) []diag.Finding {
	var out []diag.Finding
	for _, f := range all {
		if f.Rule == "VG-REG-007" {
			out = append(out, f)
		}
	}
	return out
}

// TestUnreadableFiles: a file that is a folder is neither absent nor a pass.
func TestUnreadableFiles(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"vendors/acme-pay.yaml", "waivers/WVR-1.yaml"} {
		tree := fstest.MapFS{"vendors/acme-pay.yaml": &fstest.MapFile{Data: []byte(gatetest.PlainRecord)}, "waivers/WVR-1.yaml": &fstest.MapFile{Data: []byte(gatetest.PlainWaiver)}}
		tree[name] = &fstest.MapFile{Mode: 1<<27 | 0o777} // a symbolic link
		known, err := registry.Open(source.New("registry", "", tree).Trust(source.Apart), source.New("embedded", "", fstest.MapFS{}).Trust(source.BuiltIn))
		if err != nil {
			t.Fatal(err)
		}
		in := gatetest.Input(t, gatetest.World(t), gatetest.Today, gatetest.Repository)
		in.Registry = known
		r := gate.Evaluate(in)
		if len(r.Gaps) != 1 || r.Gaps[0].Target != "registry/"+name || !gate.Undecided(r.Findings) {
			t.Errorf("%s: got gaps %v and %v, want no verdict", name, r.Gaps, gatetest.Lines(r))
		}
	}
	if _, err := registry.Open(source.New("registry", "", fstest.MapFS{"policy.yaml": &fstest.MapFile{}}).Trust(source.Apart), source.Rules{}); !errors.Is(err, registry.ErrNoVendors) {
		t.Errorf("Open without vendors: got %v, want %v", err, registry.ErrNoVendors)
	}
}

// TestManifestProblems: what is wrong in a manifest counts in every scope, and the rest of it is judged.
func TestManifestProblems(t *testing.T) {
	t.Parallel()
	f := gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20").Using(t, "    data:", "    colour: red\n    data:")
	r := gatetest.Evaluate(t, f.Unchanged(), gatetest.Today, gatetest.Repository)
	gatetest.Diff(t, "unknown key", []string{
		"error " + lapsed,
		`error VG-MAN-001 vendors.yaml:8:5 unknown key "colour" in vendors[]`,
	}, gatetest.Lines(r))
	if !(gate.Threshold{FailOn: diag.Error, Changed: true}).Counts(r.Findings[1]) {
		t.Error("a problem of an unchanged manifest does not count")
	}
	key := "sk_" + "live_" + strings.Repeat("4eC39HqLyjWDarjtT1", 2)
	r = gatetest.Evaluate(t, gatetest.World(t).Using(t, "    data:", "    contact: "+key+"\n    data:"), gatetest.Today, gatetest.Repository)
	if g := gatetest.One(t, r, "VG-MAN-002"); len(r.Findings) > 1 || strings.Contains(fmt.Sprintf("%+v", g), key) {
		t.Errorf("credential: got %v", gatetest.Lines(r))
	}
	twice := gatetest.World(t).With(gatetest.Files{"vendors.yaml": gatetest.PlainManifest + "    colour: red\n  - {id: other-pay, colour: red, purpose: Charge, environments: [prod], data: [personal]}\n"})
	if got := len(gatetest.Only(gatetest.Findings(t, twice, gatetest.Today, gatetest.Repository), "VG-MAN-001")); got != 2 { // checkResult looks at the fingerprints
		t.Errorf("the same problem twice: got %d findings, want 2", got)
	}
	gatetest.Diff(t, "alone", []string{"error VG-MAN-001 vendors.yaml:8:5"}, func() []string {
		var out []string
		for _, g := range gate.ManifestProblems(gatetest.Input(t, f, gatetest.Today, gatetest.Repository).Manifests) {
			out = append(out, fmt.Sprintf("%s %s %s", g.Severity, g.Rule, g.Pos))
		}
		return out
	}())
}
