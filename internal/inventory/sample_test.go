package inventory_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// The day of all tests.
var today = scalar.NewDate(2026, time.November, 23)

func in(days int) scalar.Date {
	if days < 0 {
		return today.Minus(scalar.Period{Days: -days})
	}
	return today.Plus(scalar.Period{Days: days})
}

func empty() *inventory.Inventory {
	return &inventory.Inventory{
		Version: "0.1.0", Origin: "examples/registry", Revision: "sha256:0123456789abcdef", Policy: "acme",
		AsOf: time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC), Day: today,
	}
}

func lapse(vendor string, kind inventory.Kind, rule, item, what string, days int, who, do string) inventory.Lapse {
	return inventory.Lapse{
		Vendor: vendor, Name: "The " + vendor + " API", Kind: kind, Rule: rule, Item: item, What: what, Last: in(days), Past: days < 0, Days: days, Warn: 30,
		Who: who, Do: do, File: "examples/registry/vendors/" + vendor + ".yaml",
	}
}

// sample has a record and a lapse of most sorts.
func sample() *inventory.Inventory {
	v := empty()
	const security, alice = "#vendor-security", "a.ferreira (security-architect)"
	v.Records = []inventory.Record{
		{ID: "quillnest-messaging", Name: "Quillnest SMS API", Category: "messaging", Status: "conditional", Tier: 2, Owners: []string{alice, "m.oduya (privacy-officer)"}, Through: in(-40), Review: in(20)},
		{ID: "calderwick-payments", Name: "Calderwick Payments API", Category: "payments", Status: "approved", Tier: 1, Owners: []string{alice}, Through: in(189), Review: in(190)},
		{ID: "dunmore-maps", Name: "Dunmore Maps API", Category: "maps", Status: inventory.Unreviewed},
		{ID: "broken-one", Name: "broken-one", Status: inventory.NotJudged},
	}
	v.Lapses = []inventory.Lapse{
		lapse("calderwick-payments", inventory.Approval, "VG-APR-002", "", "the approval", 189, alice, "Renew it: https://acme.example/renew."),
		lapse("quillnest-messaging", inventory.Approval, "VG-APR-002", "", "the approval", -40, alice, "Renew it: https://acme.example/renew."),
		lapse("quillnest-messaging", inventory.Review, "VG-APR-003", "", "the review", 20, alice, "Review the vendor, and record the day in approval.last_review."),
		lapse("quillnest-messaging", inventory.Condition, "VG-APR-005", "rotate", `the condition "Rotate the keys"`, 1, alice, "Close it in the record, or move its date."),
		lapse("calderwick-payments", inventory.Pentest, "VG-AUD-002", "", "the independent penetration test (pentest-2026)", -1, security, "Ask for the summary of a new one."),
		lapse("calderwick-payments", inventory.Certificate, "VG-AUD-001", "", "the independent audit (iso27001)", 40, security, "Ask for the next report, or for a bridge letter."),
		lapse("calderwick-payments", inventory.Contract, "VG-CON-001", "", "the contract", 85, security, "Renew it, with the security terms that it lacks."),
		lapse("calderwick-payments", inventory.Sunset, "VG-SCP-003", "core/2024-02", "version 2024-02 of the API core", 40, alice, "Move every use to another version, and take it out of the scope."),
		lapse("quillnest-messaging", inventory.Waiver, "VG-WVR-001", "WVR-2026-014", "waiver WVR-2026-014 for VG-APR-002 in acme/notify", 0, "s.marchetti", "Remove it if nothing needs it any more, or have it extended."),
		lapse("calderwick-payments", inventory.Exercise, "VG-EXT-001", "exit.plan_tested_on", "the test of the plan for leaving", 500, security, "Try the plan again, and record the day."),
	}
	v.Coverage = []inventory.Coverage{
		{Rule: "VG-APR-002", Title: "the approval has lapsed", Pass: 1, Fail: 1, NotAsked: 1, FailIn: []string{"quillnest-messaging"}},
		{Rule: "VG-ENC-002", Title: "sensitive data is stored without encryption", Pass: 1, Unknown: 1, NotAsked: 1, UnknownIn: []string{"larkspur-mail"}},
		{Rule: "MFA-ENFORCED", Title: "access.mfa.enforced is true", NotAsked: 3},
	}
	v.Unjudged = []diag.Gap{{Target: "examples/registry/vendors/broken-one.yaml", Reason: `line 4: unknown key "stats"`}}
	v.Notes = []inventory.Note{{Message: "7 approvals end on 2027-05-31: <a>, b", Hint: "Renew some of them earlier."}}
	v.Arrange()
	return v
}

// all is the document of each format, by its name.
func all(tb testing.TB, v *inventory.Inventory) map[string]string {
	tb.Helper()
	out := map[string]string{}
	for _, format := range inventory.Formats().Names() {
		d, err := inventory.Formats().Render(format, v, false)
		if err != nil {
			tb.Fatalf("Render %s: %v", format, err)
		}
		out["report."+format] = string(d.Bytes())
	}
	f := v.Forecast(60, inventory.Week, 1)
	for _, format := range inventory.ForecastFormats().Names() {
		d, err := inventory.ForecastFormats().Render(format, &f, false)
		if err != nil {
			tb.Fatalf("RenderForecast %s: %v", format, err)
		}
		out["forecast."+format] = string(d.Bytes())
	}
	return out
}

// large is a registry of n records with three lapses each.
func large(n int) *inventory.Inventory {
	v := empty()
	for i := range n {
		id := fmt.Sprintf("vendor-%04d", i)
		v.Records = append(v.Records, inventory.Record{ID: id, Name: fmt.Sprintf("Vendor %d API", i), Category: "email", Status: "approved", Tier: i%4 + 1, Through: in(i*7%400 - 30), Review: in(i * 11 % 400)})
		v.Lapses = append(v.Lapses,
			lapse(id, inventory.Approval, "VG-APR-002", "", "the approval", i*7%400-30, "a.ferreira", "Renew it."),
			lapse(id, inventory.Review, "VG-APR-003", "", "the review", i*11%400, "a.ferreira", "Review it."),
			lapse(id, inventory.Pentest, "VG-AUD-002", "", "the penetration test", i*13%300, "#vendor-security", "Ask for a new one."))
	}
	v.Coverage = []inventory.Coverage{{Rule: "VG-APR-002", Title: "the approval has lapsed", Pass: n - n/5, Fail: n / 5}}
	v.Arrange()
	return v
}
