package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/inputs"
)

// change checks head against base, and returns the findings as "VENDOR-OR-RULE FILE", with + before what is new or changed.
func change(t *testing.T, base, head fstest.MapFS) []string {
	t.Helper()
	out := []string{}
	for _, f := range judge(t, base, head, "expires: 2027-08-31", "expires: 2026-10-31").Findings {
		if f.Rule == "VG-MAN-005" {
			continue
		}
		line := f.Rule + " " + f.Vendor + " " + strings.TrimPrefix(f.Pos.File, "head/")
		if f.Introduced {
			line = "+" + line
		}
		out = append(out, strings.Join(strings.Fields(line), " "))
	}
	slices.Sort(out)
	return out
}

// judge checks head against base, with a record of larkspur-mail that is edited.
func judge(t *testing.T, base, head fstest.MapFS, edits ...string) check.Report {
	t.Helper()
	const policy = "apiVersion: vendorgate/v1\nkind: Policy\nid: essentials\n"
	text := strings.NewReplacer(append(edits, "category: email", "category: email\napi_hosts: [api.larkspur.example]\ndetect: {env_names: [LARKSPUR_KEY]}")...).Replace(record)
	machine := host(map[string]fstest.MapFS{"head": head, "base": base, "registry": files("policy.yaml", policy, "vendors/larkspur-mail.yaml", text)})
	collected, err := inputs.Collect(t.Context(), inputs.Request{Host: machine, Version: "0.1.0", Dir: "head", Base: "base", Registry: "registry"})
	if err != nil {
		t.Fatal(err)
	}
	rep, err := check.Run(t.Context(), check.Inputs{Collected: collected, Settings: settings()})
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// with returns files with others in addition, or without those whose text is empty.
func with(all fstest.MapFS, pairs ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, file := range all {
		out[name] = file
	}
	for i := 0; i < len(pairs); i += 2 {
		if out[pairs[i]] = (&fstest.MapFile{Data: []byte(pairs[i+1])}); pairs[i+1] == "" {
			delete(out, pairs[i])
		}
	}
	return out
}

const (
	noUses   = "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-growth\nvendors: []\n"
	stripe   = `{"name": "shop", "dependencies": {"stripe": "^%d.0.0"}}`
	charge   = "const Stripe = require('stripe');\nconst s = new Stripe(process.env.STRIPE_SECRET_KEY);\ns.charges.create({});\n"
	direct   = `await fetch("https://api.stripe.com/v1/charges")` + "\n"
	unknown  = `await fetch("https://api.stormwright.dev/v1/forecast")` + "\n"
	undecl   = "VG-REG-002 stripe "
	newUndec = "+" + undecl
)

// A use is new if neither manifests nor code of the base showed it for the folder of its manifest, whichever lines the change touches.
func TestNewUses(t *testing.T) {
	t.Parallel()
	used := files("vendors.yaml", noUses, "package.json", fmt.Sprintf(stripe, 14), "src/pay.js", charge)
	called := files("vendors.yaml", noUses, "src/pay.js", direct)
	weather := files("vendors.yaml", noUses, "src/weather.js", unknown)
	declared := fmt.Sprintf(declares, "stripe", "personal")
	endpoint := strings.Replace(fmt.Sprintf(declares, "stormwright", "none"), "data:", "endpoints: [https://api.stormwright.dev], data:", 1)
	for _, c := range []struct {
		why        string
		base, head fstest.MapFS
		want       []string
	}{
		{"nothing changed", used, used, []string{undecl + "src/pay.js"}},
		{"a line in a README", used, with(used, "README.md", "We use [Stripe](https://stripe.com) and https://api.stripe.com\n"), []string{undecl + "src/pay.js"}},
		{"a new version", used, with(used, "package.json", fmt.Sprintf(stripe, 15)), []string{undecl + "src/pay.js"}},
		{"a new version, and nothing else shows it", with(used, "src/pay.js", ""), with(used, "src/pay.js", "", "package.json", fmt.Sprintf(stripe, 15)), []string{undecl + "package.json"}},
		{"a second package", used, with(used, "package.json", `{"name": "shop", "dependencies": {"stripe": "^14.0.0", "@stripe/stripe-js": "^3.0.0"}}`), []string{undecl + "src/pay.js"}},
		{"another call beside it", called, with(called, "src/pay.js", direct+direct), []string{undecl + "src/pay.js"}},
		{"a call in another file", called, with(called, "src/refund.js", direct), []string{undecl + "src/pay.js"}},
		{"a file that moved", called, with(called, "src/pay.js", "", "lib/pay.js", direct), []string{undecl + "lib/pay.js"}},
		{"code that was rewritten", used, with(used, "package.json", `{"name": "shop"}`, "src/pay.js", direct), []string{undecl + "src/pay.js"}},
		{"a first call", files("vendors.yaml", noUses), called, []string{newUndec + "src/pay.js"}},
		{"a first call of what a document named", files("vendors.yaml", noUses, "README.md", "https://api.stripe.com/v1\n"), with(called, "README.md", "https://api.stripe.com/v1\n"), []string{newUndec + "src/pay.js"}},
		{"a first call of what a test named", files("vendors.yaml", noUses, "test/pay.test.js", direct), with(called, "test/pay.test.js", direct), []string{newUndec + "src/pay.js"}},
		{"a first import of a package that was listed", with(used, "src/pay.js", "console.log(1)\n"), used, []string{newUndec + "src/pay.js"}},
		{"a call in the folder of another manifest", with(called, "jobs/vendors.yaml", noUses), with(called, "jobs/vendors.yaml", noUses, "jobs/pay.js", direct), []string{newUndec + "jobs/pay.js"}},
		{"a change in the folder of another manifest", with(called, "jobs/vendors.yaml", noUses, "jobs/pay.js", direct), with(called, "jobs/vendors.yaml", noUses, "jobs/pay.js", direct+direct), []string{undecl + "jobs/pay.js"}},
		{"a removed entry", with(called, "vendors.yaml", declared), called, []string{newUndec + "src/pay.js"}},
		{"an entry for what the code did", called, with(called, "vendors.yaml", declared), []string{"VG-REG-001 stripe vendors.yaml"}},
		{"an entry and another call", called, with(called, "vendors.yaml", declared, "src/refund.js", direct), []string{"VG-REG-001 stripe vendors.yaml"}},
		{"an entry and the first call", files("vendors.yaml", noUses), with(called, "vendors.yaml", declared), []string{"+VG-REG-001 stripe vendors.yaml"}},
		{"an entry that nothing shows", files("vendors.yaml", noUses), files("vendors.yaml", declared), []string{"+VG-REG-001 stripe vendors.yaml"}},
		{"an entry that moved up", with(called, "vendors.yaml", "", "src/vendors.yaml", declared), with(called, "vendors.yaml", declared), []string{"VG-REG-001 stripe vendors.yaml"}},
		{"an entry that moved up, and a call that it did not cover", with(called, "vendors.yaml", "", "src/vendors.yaml", declared), with(called, "vendors.yaml", declared, "jobs/pay.js", direct), []string{"+VG-REG-001 stripe vendors.yaml"}},
		{"code that moved out of the folder of its entry", with(called, "jobs/vendors.yaml", declared, "jobs/job.js", direct, "src/pay.js", ""), with(called, "jobs/vendors.yaml", declared, "src/pay.js", "", "lib/job.js", direct), []string{newUndec + "lib/job.js", "VG-REG-001 stripe jobs/vendors.yaml"}},
		{"a removed endpoint", with(weather, "vendors.yaml", endpoint), weather, []string{"+VG-REG-008 src/weather.js"}},
		{"an endpoint in another folder", with(weather, "jobs/vendors.yaml", endpoint), with(weather, "jobs/vendors.yaml", endpoint), []string{"VG-REG-001 stormwright jobs/vendors.yaml", "VG-REG-008 src/weather.js"}},
		{"an endpoint in one of two folders", with(weather, "jobs/vendors.yaml", endpoint, "jobs/w.js", unknown), with(weather, "jobs/vendors.yaml", endpoint, "jobs/w.js", unknown), []string{"VG-REG-001 stormwright jobs/vendors.yaml", "VG-REG-008 src/weather.js"}},
		{"an endpoint", with(weather, "vendors.yaml", endpoint), with(weather, "vendors.yaml", endpoint), []string{"VG-REG-001 stormwright vendors.yaml"}},
		{"an endpoint for an old call", weather, with(weather, "vendors.yaml", endpoint), []string{"VG-REG-001 stormwright vendors.yaml"}},
		{"an endpoint for a new call", files("vendors.yaml", noUses), with(weather, "vendors.yaml", endpoint), []string{"+VG-REG-001 stormwright vendors.yaml"}},
		{"an unknown host", files("vendors.yaml", noUses), weather, []string{"+VG-REG-008 src/weather.js"}},
		{"an old unknown host", weather, with(weather, "src/weather.js", "// today\n"+unknown), []string{"VG-REG-008 src/weather.js"}},
		{"an old unknown host in another file", weather, with(weather, "src/a.js", unknown), []string{"VG-REG-008 src/a.js"}},
		{"an old unknown host that moved", weather, with(weather, "src/weather.js", "", "lib/weather.js", unknown), []string{"VG-REG-008 lib/weather.js"}},
		{"an unknown host in the folder of another manifest", with(weather, "jobs/vendors.yaml", noUses), with(weather, "jobs/vendors.yaml", noUses, "jobs/w.js", unknown), []string{"+VG-REG-008 jobs/w.js"}},
	} {
		if got := change(t, c.base, c.head); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.why, got, c.want)
		}
	}
}

// An entry for what the code did before is new where it says something that is not approved.
func TestDeclaredLate(t *testing.T) {
	t.Parallel()
	const call = `await fetch("https://api.larkspur.example/v1/send", {headers: {Authorization: process.env.LARKSPUR_KEY}})`
	base := files("vendors.yaml", noUses, "src/mail.js", call)
	for data, want := range map[string][]string{
		"personal":    {"VG-APR-002 larkspur-mail vendors.yaml", "VG-SCP-004 larkspur-mail vendors.yaml"},
		"none":        {"VG-APR-002 larkspur-mail vendors.yaml"},
		"source-code": {"+VG-APR-002 larkspur-mail vendors.yaml", "+VG-SCP-001 larkspur-mail vendors.yaml", "+VG-SCP-004 larkspur-mail vendors.yaml"},
	} {
		late := with(base, "vendors.yaml", fmt.Sprintf(declares, "larkspur-mail", data))
		if got := change(t, base, late); !slices.Equal(got, want) {
			t.Errorf("an entry with %s data: got %q, want %q", data, got, want)
		}
	}
	if got := change(t, base, base); !slices.Equal(got, []string{"VG-REG-002 larkspur-mail src/mail.js"}) {
		t.Errorf("undeclared: got %q", got)
	}
}

// TestMovedTogether: a manifest that moves with its code, in whatever form, makes no new use. A use that goes on where it was has not moved,
// an entry moves to one place only, and one that says more than before is new wherever it is.
func TestMovedTogether(t *testing.T) {
	t.Parallel()
	const reg, app = "VG-REG-001 stripe ", "a/vendors.yaml"
	entry := fmt.Sprintf(declares, "stripe", "personal")
	none := files("vendors.yaml", noUses)
	one := with(none, app, entry, "a/pay.js", direct)
	two := with(one, "b/vendors.yaml", entry, "b/mail.js", direct)
	moved := func(base fstest.MapFS, pairs ...string) fstest.MapFS {
		return with(base, append([]string{app, "", "a/pay.js", ""}, pairs...)...)
	}
	weather := strings.Replace(fmt.Sprintf(declares, "stormwright", "none"), "data:", "endpoints: [https://api.stormwright.dev], data:", 1)
	hosts := with(none, app, weather, "a/w.js", unknown)
	renamed := files("a/vendors.yaml", noUses, "a/pay.js", direct)
	for _, c := range []struct {
		why        string
		base, head fstest.MapFS
		want       []string
	}{
		{"a folder that was renamed", one, moved(one, "a2/vendors.yaml", entry, "a2/pay.js", direct), []string{reg + "a2/vendors.yaml"}},
		{"and its file edited", one, moved(one, "a2/vendors.yaml", entry, "a2/pay.js", "// paid\n"+direct), []string{reg + "a2/vendors.yaml"}},
		{"and its file renamed", one, moved(one, "a2/vendors.yaml", entry, "a2/a2.js", direct), []string{reg + "a2/vendors.yaml"}},
		{"and its file split", one, moved(one, "a2/vendors.yaml", entry, "a2/pay.js", direct, "a2/refund.js", direct), []string{reg + "a2/vendors.yaml"}},
		{"and its purpose reworded", one, moved(one, "a2/vendors.yaml", strings.Replace(entry, "purpose: ", "purpose: Now ", 1), "a2/pay.js", direct), []string{reg + "a2/vendors.yaml"}},
		{"and its manifest renamed", one, moved(one, "a2/vendors.yml", entry, "a2/pay.js", direct), []string{reg + "a2/vendors.yml"}},
		{"a manifest in .github", one, moved(one, "a2/.github/vendors.yaml", entry, "a2/pay.js", direct), []string{reg + "a2/.github/vendors.yaml"}},
		{"a folder moved into another", one, moved(one, "x/y/a/vendors.yaml", entry, "x/y/a/pay.js", direct), []string{reg + "x/y/a/vendors.yaml"}},
		{"a folder moved up", one, moved(one, "vendors.yaml", entry, "pay.js", direct), []string{reg + "vendors.yaml"}},
		{"to a manifest that was there, from one that stays", with(one, "b/vendors.yaml", noUses), moved(one, app, noUses, "b/vendors.yaml", entry, "b/pay.js", direct), []string{reg + "b/vendors.yaml"}},
		{
			"two folders, one of whose entries gives up an environment",
			with(two, app, strings.Replace(entry, "prod", "prod, staging", 1)),
			moved(two, "b/vendors.yaml", "", "b/mail.js", "", "c/vendors.yaml", strings.Replace(entry, "purpose: ", "purpose: Now ", 1), "c/mail.js", direct, "d/vendors.yaml", strings.Replace(entry, "prod", "prod, staging", 1), "d/pay.js", direct),
			[]string{reg + "c/vendors.yaml", reg + "d/vendors.yaml"},
		},
		{"a host that the entry claims", hosts, with(hosts, app, "", "a/w.js", "", "a2/vendors.yaml", weather, "a2/w.js", unknown), []string{"VG-REG-001 stormwright a2/vendors.yaml"}},
		{"two folders that were renamed", two, moved(two, "b/vendors.yaml", "", "b/mail.js", "", "c/vendors.yaml", entry, "c/mail.js", direct, "d/vendors.yaml", entry, "d/pay.js", direct), []string{reg + "c/vendors.yaml", reg + "d/vendors.yaml"}},
		{"two manifests merged into one", two, with(two, app, "", "b/vendors.yaml", "", "vendors.yaml", entry), []string{reg + "vendors.yaml"}},
		{"and one of the folders renamed", two, moved(two, "b/vendors.yaml", "", "vendors.yaml", entry, "lib/pay.js", direct), []string{reg + "vendors.yaml"}},
		{"one merged into the root, another renamed", two, moved(two, "b/vendors.yaml", "", "vendors.yaml", entry, "p/vendors.yaml", entry, "p/pay.js", direct), []string{reg + "p/vendors.yaml", reg + "vendors.yaml"}},
		{"one manifest split in two", with(none, "vendors.yaml", entry, "a/pay.js", direct, "b/mail.js", direct), with(none, app, entry, "a/pay.js", direct, "c/vendors.yaml", entry, "c/mail.js", direct), []string{reg + app, reg + "c/vendors.yaml"}},
		{"part of the code moved out with the entry", with(one, "a/x/x.js", direct), moved(with(one, "a/x/x.js", direct), "a/x/vendors.yaml", entry, "b/vendors.yaml", entry, "b/pay.js", direct), []string{reg + "a/x/vendors.yaml", reg + "b/vendors.yaml"}},
		{"an undeclared use in a folder that was renamed", renamed, files("a2/vendors.yaml", noUses, "a2/a2.js", direct), []string{undecl + "a2/a2.js"}},

		{"the old code goes on below the new entry", one, with(one, app, "", "vendors.yaml", entry, "b/other.js", direct), []string{"+" + reg + "vendors.yaml"}},
		{"the old code goes on without an entry", one, with(one, app, "", "b/vendors.yaml", entry, "b/other.js", direct), []string{"+" + reg + "b/vendors.yaml", newUndec + "a/pay.js"}},
		{"a file that is copied", one, with(one, app, "", "b/vendors.yaml", entry, "b/pay.js", direct), []string{"+" + reg + "b/vendors.yaml", newUndec + "a/pay.js"}},
		{"a folder that is copied", one, with(one, "b/vendors.yaml", entry, "b/pay.js", direct), []string{"+" + reg + "b/vendors.yaml", reg + app}},
		{"a folder that moves to two", one, moved(one, "b/vendors.yaml", entry, "b/pay.js", direct, "c/vendors.yaml", entry, "c/pay.js", direct), []string{"+" + reg + "c/vendors.yaml", reg + "b/vendors.yaml"}},
		{"one of two files moves, and another is added", with(one, "a/x.js", direct), moved(with(one, "a/x.js", direct), "vendors.yaml", entry, "b/pay.js", direct, "c/pay.js", direct), []string{"+" + reg + "vendors.yaml"}},
		{"more data", one, moved(one, "a2/vendors.yaml", strings.Replace(entry, "personal", "personal, financial", 1), "a2/pay.js", direct), []string{"+" + reg + "a2/vendors.yaml"}},
		{"another environment", one, moved(one, "a2/vendors.yaml", strings.Replace(entry, "prod", "prod, staging", 1), "a2/pay.js", direct), []string{"+" + reg + "a2/vendors.yaml"}},
		{"an entry that no code used, and a first call", with(one, "a/pay.js", ""), moved(one, "a2/vendors.yaml", entry, "a2/pay.js", direct), []string{"+" + reg + "a2/vendors.yaml"}},
		{"code that leaves its entry behind", one, moved(one, "a2/vendors.yaml", noUses, "a2/pay.js", direct), []string{newUndec + "a2/pay.js"}},
		{"an undeclared use that is copied", renamed, files("a2/vendors.yaml", noUses, "a2/pay.js", direct, "a3/vendors.yaml", noUses, "a3/pay.js", direct), []string{newUndec + "a3/pay.js"}},
	} {
		if got := change(t, c.base, c.head); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.why, got, c.want)
		}
	}
}

// TestPartOfAnEntry: an entry that is divided into two narrower ones makes no new use, whether or not they have names, and neither does an
// answer of which a finding only notes that nobody checks it.
func TestPartOfAnEntry(t *testing.T) {
	t.Parallel()
	const uses = "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-growth\nvendors:\n"
	const whole = "  - {id: larkspur-mail, purpose: Send the newsletter, environments: [prod, sandbox], data: [personal, internal]}\n"
	for why, entries := range map[string]string{
		"divided":           "  - {id: larkspur-mail, purpose: Send the newsletter, environments: [prod], data: [personal]}\n  - {id: larkspur-mail, purpose: Try the newsletter, environments: [sandbox], data: [internal]}\n",
		"divided and named": "  - {id: larkspur-mail, use: live, purpose: Send the newsletter, environments: [prod], data: [personal]}\n  - {id: larkspur-mail, use: trial, purpose: Try the newsletter, environments: [sandbox], data: [internal]}\n",
		"a way to sign in":  strings.Replace(whole, "environments:", "auth_method: api-key-header, environments:", 1),
	} {
		for _, line := range change(t, files("vendors.yaml", uses+whole), files("vendors.yaml", uses+entries)) {
			if strings.HasPrefix(line, "+") {
				t.Errorf("%s: got %q", why, line)
			}
		}
	}
	wider := strings.Replace(whole, "personal, internal", "personal, internal, financial", 1)
	if got := change(t, files("vendors.yaml", uses+whole), files("vendors.yaml", uses+wider)); !strings.HasPrefix(strings.Join(got, "\n"), "+") {
		t.Errorf("more data: got %q", got)
	}
}
