package rules_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// versioned is the plain world with a scheme, the approved versions and the one that is used.
func versioned(t *testing.T, scheme, approved, used string) gatetest.Files {
	t.Helper()
	record := []string{"  environments: [dev", "  api_versions: " + approved + "\n  environments: [dev"}
	if scheme != "" {
		record = append(record, "category: payments\n", "category: payments\napi_version_scheme: "+scheme+"\n")
	}
	return gatetest.World(t, record...).Using(t, "    data:", "    api: {version: \""+used+"\"}\n    data:")
}

func TestVersionScope(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scheme, approved, used string
		ok                     bool
	}{
		// opaque: equal or not
		{"", `["2026-04"]`, "2026-04", true},
		{"", `["2026-04"]`, "2026-05", false},
		{"opaque", `["v1", "v2"]`, "v2", true},
		{"opaque", `["v1"]`, "V1", false},
		{"opaque", `["1.0"]`, "1.0.0", false},
		{"", `[]`, "1", false},
		// dotted versions
		{"semver", `["1.2"]`, "1.2.0", false}, // without an operator it is that text
		{"semver", `["= 1.2"]`, "1.2.0", true},
		{"semver", `[">= 2.1, < 3.0"]`, "2.10", true},
		{"semver", `[">= 2.1, < 3.0"]`, "3.0", false},
		{"semver", `[">= 2.1, < 3.0"]`, "2.0.9", false},
		{"semver", `[">= 2.1, < 3.0", "3.1"]`, "3.1", true},
		{"semver", `["~> 2.1"]`, "2.9", true},
		{"semver", `["~> 2.1"]`, "3.0", false},
		{"semver", `["~> 1.0"]`, "1.9", true},
		{"semver", `["~> 1.0"]`, "2.0", false},
		{"semver", `["!= 1.2"]`, "1.3", true},
		{"semver", `[">= 1.0"]`, "2.0.0-beta", false}, // no pre-release by a plain constraint
		{"semver", `["2.0.0-beta"]`, "2.0.0-beta", true},
		{"semver", `["> 1.0, < 1.0"]`, "1.0", false},
		{"semver", `[">= 1.0"]`, "latest", false},
		{"semver", `[">= 1.0"]`, ">= 1.0", false},
		{"semver", `[">= 1.0"]`, "2024-01-01", false},
		{"semver", `["!= 1.2"]`, "2024-01-01", false},
		{"semver", `["!= 1.2"]`, "2023-13-45", false},
		{"semver", `["!= 1.2"]`, "v2023-10-16", false},
		{"semver", `[">= 1.0"]`, "99999999999999999999", false},
		// days
		{"date", `[">= 2023-01-01"]`, "2024-01-01", true},
		{"date", `[">= 2022-11-28"]`, "2026-03-10", true},
		{"date", `[">= 2023-01-01"]`, "2022-12-31", false},
		{"date", `[">= 2023-01-01, < 2024-01-01"]`, "2023-12-31", true},
		{"date", `[">= 2023-01-01, < 2024-01-01"]`, "2024-01-01", false},
		{"date", `["> 2023-01-01"]`, "2023-01-01", false},
		{"date", `["<= 2023-01-01"]`, "2023-01-01", true},
		{"date", `["!= 2023-01-01"]`, "2023-01-02", true},
		{"date", `["2024-06-20.acacia"]`, "2024-06-20.acacia", true},
		{"date", `["2024-06-20.acacia"]`, "2024-06-20.basil", false},
		{"date", `[">= 2024-06-20"]`, "2024-06-20.acacia", true},
		{"date", `["> 2024-06-20.acacia"]`, "2024-06-20.basil", true},
		{"date", `[">= 2023-01-01"]`, "2023-13-45", false},
		{"date", `[">= 2023-01-01"]`, "2024-06-20.", false},
		{"date", `[">= 2023-01-01"]`, "2024-06-20T00:00:00Z", false},
		{"date", `[">= 2023-01-01"]`, "20240101", false},
		{"date", `[">= 2023-01-01"]`, "latest", false},
		{"date", `[">= 2023-01-01"]`, ">= 2023-01-01", false},
	} {
		want := []string{}
		if !c.ok {
			list := strings.Trim(strings.ReplaceAll(c.approved, `"`, ""), "[]")
			if list == "" {
				list = "none"
			}
			want = []string{"error VG-SCP-003 vendors.yaml:8:20 API version " + c.used + ` of "acme-pay" is not approved (approved: ` + list + ")"}
		}
		gatetest.Diff(t, c.scheme+" "+c.approved+" "+c.used, want, gatetest.Findings(t, versioned(t, c.scheme, c.approved, c.used), gatetest.Today, gatetest.Repository))
	}
	r := gatetest.Evaluate(t, versioned(t, "", `["1"]`, "2"), gatetest.Today, gatetest.Repository)
	gatetest.Diff(t, "related", []string{"registry/vendors/acme-pay.yaml:14:17 the approved versions"}, gatetest.Related(r, "VG-SCP-003"))
}

// TestVersionTraps: what go-version would take for something else is refused when the record is read.
func TestVersionTraps(t *testing.T) {
	t.Parallel()
	const date, dotted, day = "this is a date; set api_version_scheme to date",
		`write a dotted version, or a constraint such as ">= 2.1, < 3.0"`,
		`write a day, or a constraint such as ">= 2024-06-20, < 2026-01-01"`
	for _, c := range []struct{ scheme, constraint, hint string }{
		{"semver", "2023-10-16", date},
		{"semver", "v2023-10-16", date},
		{"semver", ">= 2023-01-01", date},
		{"semver", ">=2023-01-01", date},
		{"semver", "2024-06-20.acacia", date},
		{"semver", "2023-13-45", date},
		{"semver", ">= 1.0, < 2024-01-01", date},
		{"semver", "latest", dotted},
		{"semver", "*", dotted},
		{"semver", "1.x", dotted},
		{"semver", "^1.2", dotted},
		{"semver", "== 1", dotted},
		{"semver", ">=1.0 <2.0", dotted},
		{"semver", "1.2 || 1.3", dotted},
		{"semver", ">= 1.0,", dotted},
		{"semver", ",", dotted},
		{"date", "2023-13-45", day},
		{"date", "2024-02-30", day},
		{"date", ">= 2023", day},
		{"date", "~> 2023-01-01", day},
		{"date", "== 2023-01-01", day},
		{"date", "2023-10-16T00:00:00Z", day},
		{"date", "2024-06-20.", day},
		{"date", "latest", day},
		{"date", "1.2", day},
		{"date", ">= 2023-01-01,", day},
		{"", ">= 1.0", "set api_version_scheme to semver or date; opaque versions cannot be ordered"},
		{"", "^1", "set api_version_scheme to semver or date; opaque versions cannot be ordered"},
	} {
		r := gatetest.Evaluate(t, versioned(t, c.scheme, `["1.0", "`+c.constraint+`"]`, "1.0"), gatetest.Today, gatetest.Repository)
		at := "registry/vendors/acme-pay.yaml:14:25"
		if c.scheme != "" {
			at = "registry/vendors/acme-pay.yaml:15:25"
		}
		want := []string{"error VG-REG-007 " + at + ` acme-pay.yaml could not be understood, so there is no verdict: scope.api_versions: "` + c.constraint + `" cannot be compared`}
		got := gatetest.Lines(r)
		if c.scheme == "date" { // 1.0 is none either
			got = got[min(1, len(got)):]
		}
		gatetest.Diff(t, c.scheme+" "+c.constraint, want, got)
		if len(r.Findings) == 0 {
			continue
		}
		if hint := r.Findings[len(r.Findings)-1].Hint; !strings.HasPrefix(strings.ToLower(hint), strings.ToLower(c.hint)) {
			t.Errorf("%s %q: got hint %q, want %q", c.scheme, c.constraint, hint, c.hint)
		}
		if len(r.Gaps) != 1 || r.Gaps[0].Target != "registry/vendors/acme-pay.yaml" {
			t.Errorf("%s %q: got gaps %v, want the record", c.scheme, c.constraint, r.Gaps)
		}
	}
	r := gatetest.Evaluate(t, versioned(t, "semver", `[""]`, "1.0"), gatetest.Today, gatetest.Repository)
	gatetest.Diff(t, "empty", []string{`error VG-REG-007 registry/vendors/acme-pay.yaml:15:18 acme-pay.yaml could not be understood, so there is no verdict: scope.api_versions: the value is empty`}, gatetest.Lines(r))
}

func TestVersionLife(t *testing.T) {
	t.Parallel()
	const v, related1 = `VG-SCP-003 vendors.yaml:8:20 API version 1 of "acme-pay" `, "registry/vendors/acme-pay.yaml:"
	for _, c := range []struct {
		why, version string // status and sunset
		asOf         string
		fresh, old   string // empty: nothing
	}{
		{"current", "status: current", gatetest.Today, "", ""},
		{"supported", "status: supported", gatetest.Today, "", ""},
		{"deprecated", "status: deprecated", gatetest.Today, "error " + v + "is deprecated; this use is new or changed", "warning " + v + "is deprecated"},
		{"retired", "status: retired", gatetest.Today, "error " + v + "is retired", "error " + v + "is retired"},
		{"retired, sunset ahead", "status: retired, sunset: 2028-01-01", gatetest.Today, "error " + v + "is retired; its sunset is 2028-01-01 (in 404 days)", "error " + v + "is retired; its sunset is 2028-01-01 (in 404 days)"},
		{
			"deprecated, sunset far ahead", "status: deprecated, sunset: 2028-01-01", gatetest.Today,
			"error " + v + "is deprecated; its sunset is 2028-01-01 (in 404 days); this use is new or changed", "warning " + v + "is deprecated; its sunset is 2028-01-01 (in 404 days)",
		},
		{"181 days before", "status: current, sunset: 2026-11-23", "2026-05-26", "", ""},
		{"180 days before", "status: current, sunset: 2026-11-23", "2026-05-27", "warning " + v + "is current; its sunset is 2026-11-23 (in 180 days)", "warning " + v + "is current; its sunset is 2026-11-23 (in 180 days)"},
		{"sunset day", "status: supported, sunset: 2026-11-23", "2026-11-23T23:59:59Z", "warning " + v + "is supported; its sunset is 2026-11-23 (today)", "warning " + v + "is supported; its sunset is 2026-11-23 (today)"},
		{"day after", "status: current, sunset: 2026-11-23", "2026-11-24T00:00:00Z", "error " + v + "reached its sunset on 2026-11-23 (1 day ago)", "error " + v + "reached its sunset on 2026-11-23 (1 day ago)"},
		{"deprecated, sunset day", "status: deprecated, sunset: 2026-11-23", "2026-11-23T23:59:59Z", "error " + v + "is deprecated; its sunset is 2026-11-23 (today); this use is new or changed", "warning " + v + "is deprecated; its sunset is 2026-11-23 (today)"},
		{"deprecated, day after", "status: deprecated, sunset: 2026-11-23", "2026-11-24", "error " + v + "reached its sunset on 2026-11-23 (1 day ago)", "error " + v + "reached its sunset on 2026-11-23 (1 day ago)"},
	} {
		f := versioned(t, "", `["1"]`, "1")
		record := gatetest.Edit(t, f["registry/vendors/acme-pay.yaml"], "approved_on: 2026-06-01", "approved_on: 2026-05-01", "expires: 2027-05-31", "expires: 2027-05-01", "last_review: 2026-06-01", "last_review: 2026-05-01")
		f["registry/vendors/acme-pay.yaml"] = record + "apis:\n  - {id: core, versions: [{id: \"2\", status: current}, {id: \"1\", " + c.version + "}]}\n"
		for name, want := range map[string]string{"new": c.fresh, "old": c.old} {
			g := f
			if name == "old" {
				g = f.Unchanged()
			}
			r := gatetest.Evaluate(t, g, c.asOf, gatetest.Repository)
			if want == "" {
				gatetest.Diff(t, c.why+", "+name, []string{}, gatetest.Lines(r))
				continue
			}
			gatetest.Diff(t, c.why+", "+name, []string{want}, gatetest.Lines(r))
			if got := gatetest.Related(r, "VG-SCP-003"); len(got) == 0 || !strings.HasPrefix(got[0], related1+"21:") || !strings.HasSuffix(got[0], " the status of the version") {
				t.Errorf("%s: got related %q", c.why, got)
			}
			if hint := r.Findings[0].Hint; !strings.HasPrefix(hint, "Move to 2") {
				t.Errorf("%s: got hint %q, want it to name the current version", c.why, hint)
			}
		}
	}
}

// TestVersionsWithoutScope: the versions that the record knows and that are not retired. If it knows none, it limits none.
func TestVersionsWithoutScope(t *testing.T) {
	t.Parallel()
	apis := "apis:\n  - {id: core, versions: [{id: \"3\", status: current}, {id: \"2\", status: supported}, {id: \"1\", status: retired}]}\n  - {id: files, versions: [{id: \"9\", status: deprecated}]}\n"
	for _, c := range []struct{ apis, api, want string }{
		{apis, `{version: "3"}`, ""},
		{apis, `{version: "2"}`, ""},
		{apis, `{version: "1"}`, `error VG-SCP-003 vendors.yaml:8:20 API version 1 of "acme-pay" is not approved (approved: 3, 2, 9)`},
		{apis, `{version: "4"}`, `error VG-SCP-003 vendors.yaml:8:20 API version 4 of "acme-pay" is not approved (approved: 3, 2, 9)`},
		{apis, `{version: "9"}`, `error VG-SCP-003 vendors.yaml:8:20 API version 9 of "acme-pay" is deprecated; this use is new or changed`},
		{apis, `{id: files, version: "9"}`, `error VG-SCP-003 vendors.yaml:8:31 API version 9 of "acme-pay" is deprecated; this use is new or changed`},
		{apis, `{id: flies, version: "9"}`, `error VG-SCP-003 vendors.yaml:8:15 "acme-pay" has no API "flies"`},
		{apis, `{id: core}`, `warning VG-SCP-003 vendors.yaml:5:9 vendors.yaml does not say which API version of "acme-pay" is used (approved: 3, 2)`},
		{apis + "  - {id: feed}\n", `{id: feed}`, ""},
		{apis + "  - {id: feed}\n", `{id: feed, version: "1"}`, `note VG-SCP-003 vendors.yaml:8:30 API version 1 is not checked, because the record of "acme-pay" lists no versions of the API feed`},
		{"", `{version: "1"}`, `note VG-SCP-003 vendors.yaml:8:20 API version 1 is not checked, because the record of "acme-pay" lists no API versions`},
	} {
		f := gatetest.World(t).Using(t, "    data:", "    api: "+c.api+"\n    data:")
		f["registry/vendors/acme-pay.yaml"] += c.apis
		want := []string{}
		if c.want != "" {
			want = append(want, c.want)
		}
		gatetest.Diff(t, c.api, want, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
	}
}
