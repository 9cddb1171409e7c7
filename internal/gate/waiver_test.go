package gate_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

const lapsed = `VG-APR-002 vendors.yaml:5:9 the approval of "acme-pay" expired on 2026-11-20 (3 days ago)`

// waived is a world with a lapsed approval and a waiver of it, edited by pairs of old and new text.
func waived(t *testing.T, pairs ...string) gatetest.Files {
	t.Helper()
	return gatetest.World(t, "expires: 2027-05-31", "expires: 2026-11-20").With(gatetest.Files{"registry/waivers/WVR-1.yaml": gatetest.Edit(t, gatetest.PlainWaiver, pairs...)})
}

func naming(t *testing.T, f gatetest.Files) gatetest.Files {
	t.Helper()
	return f.Using(t, "    data:", "    waiver: WVR-1\n    data:")
}

func TestWaivers(t *testing.T) {
	t.Parallel()
	const (
		covered = "error " + lapsed + " (WVR-1 until 2026-12-31)"
		at      = " VG-WVR-001 vendors.yaml:5:9 waiver WVR-1 for \"acme-pay\": "
	)
	for _, c := range []struct {
		why        string
		asOf, repo string
		pairs      []string
		want       []string
	}{
		{"covers", gatetest.Today, gatetest.Repository, nil, []string{covered}},
		{"covers by glob", gatetest.Today, gatetest.Repository, []string{"[acme/shop]", `["acme/*"]`}, []string{covered}},
		{"the last days", "2026-12-30", gatetest.Repository, nil, []string{
			`error VG-APR-002 vendors.yaml:5:9 the approval of "acme-pay" expired on 2026-11-20 (40 days ago) (WVR-1 until 2026-12-31)`,
			"warning" + at + "it expires on 2026-12-31 (tomorrow)",
		}},
		{"a week before the end", "2026-12-24", gatetest.Repository, nil, []string{
			`error VG-APR-002 vendors.yaml:5:9 the approval of "acme-pay" expired on 2026-11-20 (34 days ago) (WVR-1 until 2026-12-31)`,
			"warning" + at + "it expires on 2026-12-31 (in 7 days)",
		}},
		{"eight days before the end", "2026-12-23", gatetest.Repository, nil, []string{
			`error VG-APR-002 vendors.yaml:5:9 the approval of "acme-pay" expired on 2026-11-20 (33 days ago) (WVR-1 until 2026-12-31)`,
		}},
		{"last second", "2026-11-23T23:59:59Z", gatetest.Repository, []string{"2026-12-31", "2026-11-23"}, []string{
			"error " + lapsed + " (WVR-1 until 2026-11-23)", "warning" + at + "it expires on 2026-11-23 (today)",
		}},
		{"expired by a day", gatetest.Today, gatetest.Repository, []string{"2026-12-31", "2026-11-22"}, []string{"error " + lapsed, "error" + at + "it expired on 2026-11-22 (1 day ago)"}},
		{"first day", gatetest.Today, gatetest.Repository, []string{"2026-11-01", "2026-11-23"}, []string{covered}},
		{"not yet", gatetest.Today, gatetest.Repository, []string{"2026-11-01", "2026-11-24"}, []string{"error " + lapsed, "error" + at + "it starts on 2026-11-24"}},
		{"ends before it begins", gatetest.Today, gatetest.Repository, []string{"2026-12-31", "2026-10-31"}, []string{"error " + lapsed, "error" + at + "it expires on 2026-10-31, before it starts"}},
		{"exactly the longest", gatetest.Today, gatetest.Repository, []string{"2026-12-31", "2027-01-30"}, []string{"error " + lapsed + " (WVR-1 until 2027-01-30)"}},
		{"one day more", gatetest.Today, gatetest.Repository, []string{"2026-12-31", "2027-01-31"}, []string{
			"error " + lapsed, "error" + at + "it runs from 2026-11-01 to 2027-01-31, but a tier-2 use can be waived for at most 90 days",
		}},
		{"extended once", gatetest.Today, gatetest.Repository, []string{"2026-12-31", "2026-12-31\nextensions: 1"}, []string{covered}},
		{"extended too often", gatetest.Today, gatetest.Repository, []string{"2026-12-31", "2026-12-31\nextensions: 2"}, []string{"error " + lapsed, "error" + at + "it was extended 2 times, but the policy allows 1"}},
		{"granted to oneself", gatetest.Today, gatetest.Repository, []string{"s.marchetti", "a.ferreira"}, []string{"error " + lapsed, "error" + at + "a.ferreira approved their own request"}},
		{"a rule that cannot be waived", gatetest.Today, gatetest.Repository, []string{"[VG-APR-002]", "[VG-APR-002, VG-ENC-001]"}, []string{"error " + lapsed, "error" + at + "VG-ENC-001 cannot be waived"}},
		{"a rule that there is none of", gatetest.Today, gatetest.Repository, []string{"[VG-APR-002]", "[VG-APR-02]"}, []string{"error " + lapsed, "error" + at + `unknown rule "VG-APR-02" (did you mean "VG-APR-002"?)`}},
		{"another vendor", gatetest.Today, gatetest.Repository, []string{"vendor: acme-pay", "vendor: acme-pay-eu"}, []string{"error " + lapsed}},
		{"another repository", gatetest.Today, gatetest.Repository, []string{"[acme/shop]", "[acme/api]"}, []string{"error " + lapsed}},
		{"unknown repository", gatetest.Today, "", nil, []string{"error " + lapsed}},
		{"unknown repository, any", gatetest.Today, "", []string{"[acme/shop]", `["*"]`}, []string{"error " + lapsed}},
		{"another rule", gatetest.Today, gatetest.Repository, []string{"VG-APR-002", "VG-SCP-001"}, []string{"error " + lapsed, "note" + at + "it covers no finding"}},
		{"a requirement of the policy", gatetest.Today, gatetest.Repository, []string{"[VG-APR-002]", "[VG-APR-002, MIN-TLS]"}, []string{covered}},
		{"two problems", gatetest.Today, gatetest.Repository, []string{"s.marchetti", "a.ferreira", "[VG-APR-002]", "[VG-APR-002, VG-REG-001]"}, []string{
			"error " + lapsed, "error" + at + "a.ferreira approved their own request", "error" + at + "VG-REG-001 cannot be waived",
		}},
	} {
		gatetest.Diff(t, c.why, c.want, gatetest.Findings(t, waived(t, c.pairs...), c.asOf, c.repo))
	}
	r := gatetest.Evaluate(t, waived(t), gatetest.Today, gatetest.Repository)
	gatetest.Diff(t, "related", []string{"registry/vendors/acme-pay.yaml:10:12 the last day of the approval", "registry/waivers/WVR-1.yaml:1:1 the waiver"}, gatetest.Related(r, "VG-APR-002"))
	r = gatetest.Evaluate(t, waived(t, "2026-12-31", "2026-11-22"), gatetest.Today, gatetest.Repository)
	gatetest.Diff(t, "related, expired", []string{"registry/waivers/WVR-1.yaml:11:10 in the waiver"}, gatetest.Related(r, "VG-WVR-001"))
}

// TestNamedWaivers: what a manifest refers to must exist and be for it.
func TestNamedWaivers(t *testing.T) {
	t.Parallel()
	const at = "error VG-WVR-001 vendors.yaml:8:13 waiver WVR-1 for \"acme-pay\": "
	for _, c := range []struct {
		why, repo string
		pairs     []string
		want      []string
	}{
		{"covers", gatetest.Repository, nil, []string{"error " + lapsed + " (WVR-1 until 2026-12-31)"}},
		{"expired", gatetest.Repository, []string{"2026-12-31", "2026-11-22"}, []string{"error " + lapsed, at + "it expired on 2026-11-22 (1 day ago)"}},
		{"another vendor", gatetest.Repository, []string{"vendor: acme-pay", "vendor: other-pay"}, []string{"error " + lapsed, at + "it is for other-pay, not for acme-pay"}},
		{"another repository", gatetest.Repository, []string{"[acme/shop]", "[acme/api, acme/web]"}, []string{"error " + lapsed, at + "it is for acme/api, acme/web, not for acme/shop"}},
		{"unknown repository", "", nil, []string{"error " + lapsed, at + "it is limited to certain repositories, and the name of this one is unknown (pass --repository owner/name)"}},
	} {
		gatetest.Diff(t, c.why, c.want, gatetest.Findings(t, naming(t, waived(t, c.pairs...)), gatetest.Today, c.repo))
	}
	f := naming(t, waived(t))
	delete(f, "registry/waivers/WVR-1.yaml")
	gatetest.Diff(t, "missing", []string{"error " + lapsed, at + "the registry has no such waiver"}, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
	fine := naming(t, waived(t, "2026-12-31", "2026-11-22")).With(gatetest.Files{"registry/vendors/acme-pay.yaml": gatetest.PlainRecord})
	gatetest.Diff(t, "expired, not needed", []string{
		`note VG-WVR-001 vendors.yaml:8:13 waiver WVR-1 for "acme-pay": it expired on 2026-11-22 and nothing needs it any more`,
	}, gatetest.Findings(t, fine, gatetest.Today, gatetest.Repository))
	unnamed := waived(t, "2026-12-31", "2026-11-22").With(gatetest.Files{"registry/vendors/acme-pay.yaml": gatetest.PlainRecord})
	gatetest.Diff(t, "expired, neither named nor needed", []string{
		`note VG-WVR-001 vendors.yaml:5:9 waiver WVR-1 for "acme-pay": it expired on 2026-11-22 and nothing needs it any more`,
	}, gatetest.Findings(t, unnamed, gatetest.Today, gatetest.Repository))
}

func TestWaiverApprovers(t *testing.T) {
	t.Parallel()
	const at = "error VG-WVR-001 vendors.yaml:5:9 waiver WVR-1 for \"acme-pay\": "
	rules := "approvers: {security-architect: [a.ferreira, k.nakagawa], privacy-officer: [m.oduya], cto: [\"@acme/security\"]}\n"
	for _, c := range []struct{ by, want string }{
		{"[{user: a.ferreira, role: security-architect}]", ""},
		{"[{user: m.oduya, role: privacy-officer}, {user: k.nakagawa, role: security-architect}]", ""},
		{"[{user: m.oduya, role: security-architect}]", at + "the policy does not let m.oduya approve as security-architect"},
		{"[{user: a.ferreira, role: boss}]", at + "the policy does not let a.ferreira approve as boss"},
		{"[{user: eve, role: cto, team: \"@ACME/security\"}]", ""},
		{"[{user: eve, role: cto}]", at + "the policy does not let eve approve as cto without a team (team: @acme/security)"},
		{"[{user: eve, role: cto, team: acme/shop}]", at + "the policy does not let eve approve as cto for the team acme/shop"},
		{"[{user: s.marchetti, role: cto, team: acme/security}]", at + "s.marchetti approved their own request"},
		{"[{user: a.ferreira, role: security-architect}, {user: eve, role: security-architect}]", at + "the policy does not let eve approve as security-architect"},
	} {
		want := []string{"error " + lapsed + " (WVR-1 until 2026-12-31)"}
		if c.want != "" {
			want = []string{"error " + lapsed, c.want}
		}
		gatetest.Diff(t, c.by, want, gatetest.Findings(t, waived(t, "[{user: a.ferreira, role: security-architect}]", c.by).Rules(rules), gatetest.Today, gatetest.Repository))
	}
}

// TestWaiverLength: the most critical use of the vendor decides how long a waiver may run, wherever it is named.
func TestWaiverLength(t *testing.T) {
	t.Parallel()
	staging := gatetest.Edit(t, gatetest.PlainManifest, "[prod]", "[staging]", "[personal]", "[synthetic]") // tier 4: 180 days
	for tier, longest := range map[int]string{1: "2026-12-01", 2: "2027-01-30", 3: "2027-01-30", 4: "2027-04-30"} {
		f := gatetest.Tiered(t, tier, "expires: 2027-05-31", "expires: 2026-11-20")
		for _, ends := range []string{longest, gatetest.Instant(t, longest).AddDate(0, 0, 1).Format("2006-01-02")} {
			f["registry/waivers/WVR-1.yaml"] = gatetest.Edit(t, gatetest.PlainWaiver, "2026-12-31", ends)
			want := "error VG-APR-002"
			if ends != longest {
				want += ", error VG-WVR-001"
			}
			if got := gatetest.Short(gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)); got != want {
				t.Errorf("tier %d, until %s: got %q, want %q", tier, ends, got, want)
			}
		}
	}
	const long = ` waiver WVR-1 for "acme-pay": it runs from 2026-11-01 to 2027-01-31, but a tier-2 use can be waived for at most 90 days`
	two := waived(t, "2026-12-31", "2027-01-31").With(gatetest.Files{"jobs/vendors.yaml": staging})
	gatetest.Diff(t, "the second use is more critical", []string{"error VG-WVR-001 jobs/vendors.yaml:5:9" + long}, gatetest.Only(gatetest.Findings(t, two, gatetest.Today, gatetest.Repository), "VG-WVR-001"))
	two["vendors.yaml"], two["jobs/vendors.yaml"] = staging, gatetest.PlainManifest
	gatetest.Diff(t, "the first use is more critical", []string{"error VG-WVR-001 jobs/vendors.yaml:5:9" + long}, gatetest.Only(gatetest.Findings(t, two, gatetest.Today, gatetest.Repository), "VG-WVR-001"))
	gatetest.Diff(t, "the milder use names it", []string{"error VG-WVR-001 vendors.yaml:8:13" + long}, gatetest.Only(gatetest.Findings(t, naming(t, two), gatetest.Today, gatetest.Repository), "VG-WVR-001"))
	two["jobs/vendors.yaml"] = naming(t, two)["vendors.yaml"]
	gatetest.Diff(t, "both uses name it", []string{"error VG-WVR-001 jobs/vendors.yaml:8:13" + long}, gatetest.Only(gatetest.Findings(t, naming(t, two.With(gatetest.Files{"vendors.yaml": gatetest.PlainManifest})), gatetest.Today, gatetest.Repository), "VG-WVR-001"))
	// A use of another vendor that names it by mistake changes nothing for the vendor that it is for.
	mistaken := waived(t, "2026-12-31", "2027-01-31")
	mistaken["registry/vendors/other-pay.yaml"] = gatetest.Edit(t, gatetest.PlainRecord, "id: acme-pay", "id: other-pay")
	mistaken["vendors.yaml"] += "  - {id: other-pay, purpose: Charge of waivers, environments: [staging], data: [synthetic], waiver: WVR-1}\n"
	gatetest.Diff(t, "another vendor names it", []string{
		"error VG-WVR-001 vendors.yaml:5:9" + long,
		"error VG-WVR-001 vendors.yaml:9:101 waiver WVR-1 for \"other-pay\": it is for acme-pay, not for other-pay",
	}, gatetest.Only(gatetest.Findings(t, mistaken, gatetest.Today, gatetest.Repository), "VG-WVR-001"))
}

func TestOverlappingWaivers(t *testing.T) {
	t.Parallel()
	f := waived(t)
	f["registry/waivers/WVR-2.yaml"] = gatetest.Edit(t, gatetest.PlainWaiver, "WVR-1", "WVR-2", "2026-12-31", "2027-01-15")
	gatetest.Diff(t, "two for one rule: the one that lasts longer", []string{
		"error " + lapsed + " (WVR-2 until 2027-01-15)",
		`note VG-WVR-001 vendors.yaml:5:9 waiver WVR-1 for "acme-pay": WVR-2 covers the same findings for longer`,
	}, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
	gatetest.Diff(t, "the first ends soon", []string{
		`error VG-APR-002 vendors.yaml:5:9 the approval of "acme-pay" expired on 2026-11-20 (40 days ago) (WVR-2 until 2027-01-15)`,
		`note VG-WVR-001 vendors.yaml:5:9 waiver WVR-1 for "acme-pay": WVR-2 covers the same findings for longer`,
	}, gatetest.Findings(t, f, "2026-12-30", gatetest.Repository))
	f["registry/waivers/WVR-1.yaml"] = gatetest.Edit(t, gatetest.PlainWaiver, "2026-12-31", "2026-11-22")
	gatetest.Diff(t, "the first has expired", []string{
		"error " + lapsed + " (WVR-2 until 2027-01-15)",
		`note VG-WVR-001 vendors.yaml:5:9 waiver WVR-1 for "acme-pay": it expired on 2026-11-22, and WVR-2 covers its findings`,
	}, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
	f["registry/waivers/WVR-1.yaml"] = gatetest.Edit(t, gatetest.PlainWaiver, "VG-APR-002", "VG-SCP-001")
	f["registry/vendors/acme-pay.yaml"] = gatetest.Edit(t, f["registry/vendors/acme-pay.yaml"], "personal, ", "")
	gatetest.Diff(t, "two rules", []string{
		"error " + lapsed + " (WVR-2 until 2027-01-15)",
		`error VG-SCP-001 vendors.yaml:8:12 "acme-pay" is not approved for personal data (approved: public, synthetic, internal, financial) (WVR-1 until 2026-12-31)`,
	}, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
}

// TestReplacedWaiver: a waiver that is not valid, and whose findings others cover, is a note. One that is still needed is not.
func TestReplacedWaiver(t *testing.T) {
	t.Parallel()
	const at = ` VG-WVR-001 vendors.yaml:5:9 waiver WVR-1 for "acme-pay": `
	for _, c := range []struct{ why, old, text, want string }{
		{"expired", "2026-12-31", "2026-11-22", "note" + at + "it expired on 2026-11-22, and WVR-2 covers its findings"},
		{"starts later", "2026-11-01", "2026-11-30", "note" + at + "it starts on 2026-11-30, and WVR-2 covers its findings"},
		{"too long", "2026-12-31", "2027-06-30", "note" + at + "it runs from 2026-11-01 to 2027-06-30, but a tier-2 use can be waived for at most 90 days, and WVR-2 covers its findings"},
		{"granted to oneself", "s.marchetti", "a.ferreira", "note" + at + "a.ferreira approved their own request, and WVR-2 covers its findings"},
	} {
		f := waived(t, c.old, c.text).With(gatetest.Files{"registry/waivers/WVR-2.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "WVR-1", "WVR-2", "2026-12-31", "2027-01-15")})
		gatetest.Diff(t, c.why, []string{"error " + lapsed + " (WVR-2 until 2027-01-15)", c.want}, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
		if hint := gatetest.OneKey(t, gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository), "VG-WVR-001", "WVR-1:replaced").Hint; hint != "Remove the waiver." {
			t.Errorf("%s: hint %q", c.why, hint)
		}
		f["registry/waivers/WVR-2.yaml"] = gatetest.Edit(t, f["registry/waivers/WVR-2.yaml"], "[VG-APR-002]", "[VG-APR-003]")
		if got := gatetest.OneKey(t, gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository), "VG-WVR-001", "WVR-2:unused"); got.Severity != diag.Note {
			t.Errorf("%s: the waiver of another rule is %s", c.why, got.Severity)
		}
		if got := strings.Join(gatetest.Findings(t, f, gatetest.Today, gatetest.Repository), "\n"); strings.Count(got, "error VG-WVR-001") != 1 {
			t.Errorf("%s, still needed: got\n%s\nwant an error", c.why, got)
		}
	}
	half := waived(t, "2026-12-31", "2026-11-22", "[VG-APR-002]", "[VG-APR-002, VG-SCP-001]").Using(t, "[personal]", "[health]")
	half["registry/waivers/WVR-2.yaml"] = gatetest.Edit(t, gatetest.PlainWaiver, "WVR-1", "WVR-2", "2026-12-31", "2026-12-01")
	gatetest.Diff(t, "half of it is covered", []string{"error" + at + "it expired on 2026-11-22 (1 day ago)"}, gatetest.Only(gatetest.Findings(t, half, gatetest.Today, gatetest.Repository), "VG-WVR-001"))
	early := gatetest.World(t).With(gatetest.Files{"registry/waivers/WVR-1.yaml": gatetest.Edit(t, gatetest.PlainWaiver, "2026-11-01", "2026-11-30")})
	gatetest.Diff(t, "granted in advance", []string{"note" + at + "it starts on 2026-11-30"}, gatetest.Findings(t, early, gatetest.Today, gatetest.Repository))
}

// A waiver names rules and repositories in any case.
func TestWaiverInAnotherCase(t *testing.T) {
	t.Parallel()
	for _, pairs := range [][]string{{"[VG-APR-002]", "[vg-apr-002]"}, {"[acme/shop]", "[Acme/SHOP]"}, {"[VG-APR-002]", "[Vg-Apr-002, min-tls]", "[acme/shop]", `["ACME/*"]`}} {
		gatetest.Diff(t, pairs[1], []string{"error " + lapsed + " (WVR-1 until 2026-12-31)"}, gatetest.Findings(t, waived(t, pairs...), gatetest.Today, gatetest.Repository))
	}
	got := gatetest.Findings(t, waived(t, "[VG-APR-002]", "[vg-apr-002, vg-enc-001]"), gatetest.Today, gatetest.Repository)
	gatetest.Diff(t, "one that cannot be waived", []string{"error " + lapsed, `error VG-WVR-001 vendors.yaml:5:9 waiver WVR-1 for "acme-pay": VG-ENC-001 cannot be waived`}, got)
}

// TestBrokenWaiver: a waiver that cannot be read covers nothing, and there is no verdict.
func TestBrokenWaiver(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why, old, text, at string
	}{
		{"date", "2026-12-31", "soon", "11:10"},
		{"unknown key", "reason:", "raeson:", "7:1"},
		{"no approvers", "approved_by: [{user: a.ferreira, role: security-architect}]\n", "", "1:1"},
		{"empty list of approvers", "[{user: a.ferreira, role: security-architect}]", "[]", "9:14"},
		{"not the file's name", "id: WVR-1", "id: WVR-2", "3:5"},
		{"another kind", "kind: Waiver", "kind: Vendor", "2:7"},
	} {
		for _, f := range []gatetest.Files{waived(t, c.old, c.text), naming(t, waived(t, c.old, c.text))} {
			r := gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository)
			found := 0
			for _, g := range r.Findings {
				switch {
				case g.Rule == "VG-REG-007" && g.Pos.String() == "registry/waivers/WVR-1.yaml:"+c.at:
					found++
				case g.Rule == "VG-REG-007" && c.why == "unknown key": // and the key that is missing
				case g.Rule != "VG-APR-002" || g.Waived():
					t.Errorf("%s: unexpected finding %s %v %s", c.why, g.Rule, g.Pos, g.Message)
				}
			}
			if found != 1 || len(r.Gaps) != 1 || r.Gaps[0].Target != "registry/waivers/WVR-1.yaml" {
				t.Errorf("%s: got %q and gaps %v, want one VG-REG-007 at %s and a gap", c.why, gatetest.Lines(r), r.Gaps, c.at)
			}
			if !gate.Undecided(r.Findings) {
				t.Errorf("%s: the result counts as decided", c.why)
			}
		}
	}
	// One that nobody mentions is not read.
	f := gatetest.World(t).With(gatetest.Files{"registry/waivers/WVR-9.yaml": "{{{"})
	gatetest.Diff(t, "of another vendor", []string{}, gatetest.Findings(t, f, gatetest.Today, gatetest.Repository))
}

// TestWaiverDoesNotCount: a finding that is waived fails no gate.
func TestWaiverDoesNotCount(t *testing.T) {
	t.Parallel()
	gate := gate.Threshold{FailOn: diag.Note}
	if gate.Fails(gatetest.Evaluate(t, waived(t), gatetest.Today, gatetest.Repository).Findings) {
		t.Error("a waived finding fails the gate")
	}
	if !gate.Fails(gatetest.Evaluate(t, waived(t), "2027-01-01", gatetest.Repository).Findings) {
		t.Error("after the waiver's end the gate passes")
	}
}

// TestWaiverWarning: the most critical use of a vendor decides how early a check warns of the end of a waiver.
func TestWaiverWarning(t *testing.T) {
	t.Parallel()
	f := waived(t).Rules("params: {warn_before_waiver_end: {tier-1: P1D, tier-2: P30D, tier-3: P1D, tier-4: P1D}}\n")
	f["registry/vendors/acme-pay.yaml"] = gatetest.Edit(t, f["registry/vendors/acme-pay.yaml"], "risk: {tier: 2}", "risk: {tier: 4}")
	f = f.With(gatetest.Files{"a/vendors.yaml": gatetest.Edit(t, f["vendors.yaml"], "[personal]", "[public]")})
	if got := gatetest.One(t, gatetest.Evaluate(t, f, "2026-12-10", gatetest.Repository), "VG-WVR-001"); got.Severity != diag.Warning {
		t.Errorf("got %s %q, want a warning", got.Severity, got.Message)
	}
}
