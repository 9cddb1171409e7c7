package inventory_test

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// A record is green only if its approval and its review are valid, and nothing about it fails, is unknown or is overdue.
func TestNeverGreen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why    string
		change func(v *inventory.Inventory, r *inventory.Record, d *inventory.Demand)
		want   string
	}{
		{"everything holds", func(*inventory.Inventory, *inventory.Record, *inventory.Demand) {}, `<span class="tag good">approved</span>`},
		{"the approval expired", func(_ *inventory.Inventory, r *inventory.Record, _ *inventory.Demand) { r.Through = in(-1) }, `<span class="tag bad">approved</span><span class="note">expired</span>`},
		{"its last day is today", func(_ *inventory.Inventory, r *inventory.Record, _ *inventory.Demand) { r.Through = in(0) }, `<span class="tag good">approved</span>`},
		{"it was never valid", func(_ *inventory.Inventory, r *inventory.Record, _ *inventory.Demand) { r.Through = scalar.Date{} }, `<span class="tag bad">approved</span><span class="note">no valid approval</span>`},
		{"the review is overdue", func(_ *inventory.Inventory, r *inventory.Record, _ *inventory.Demand) { r.Review = in(-1) }, `<span class="tag bad">approved</span><span class="note">review overdue</span>`},
		{"a rule fails", func(_ *inventory.Inventory, _ *inventory.Record, d *inventory.Demand) { d.Outcome = diag.Failed }, `<span class="tag warn">approved</span><span class="note">1 fail</span>`},
		{"an answer is unknown", func(_ *inventory.Inventory, _ *inventory.Record, d *inventory.Demand) { d.Outcome = diag.Unknown }, `<span class="tag warn">approved</span><span class="note">1 unknown</span>`},
		{"evidence is overdue", func(v *inventory.Inventory, _ *inventory.Record, _ *inventory.Demand) {
			v.Lapses = []inventory.Lapse{lapse("acme-pay", inventory.Document, "VG-REG-006", "", "the report", -1, "a", "b")}
		}, `<span class="tag warn">approved</span>`},
	} {
		v := empty()
		r := inventory.Record{ID: "acme-pay", Name: "Acme Pay", Status: "approved", Tier: 2, Through: in(100), Review: in(100)}
		d := inventory.Demand{Rule: "VG-ENC-001", Outcome: diag.Passed}
		c.change(v, &r, &d)
		v.Records = []inventory.Record{r}
		v.Prove = func() inventory.Dossier {
			return inventory.Dossier{Vendors: []inventory.VendorProof{{Record: r, Demands: []inventory.Demand{d}}}}
		}
		v.Arrange()
		for _, name := range []string{"report.html", "report.evidence-html"} {
			page := all(t, v)[name]
			green := strings.Contains(page, `<span class="tag good">approved</span>`)
			if name == "report.html" && !strings.Contains(page, c.want) || green != strings.Contains(c.want, "good") {
				t.Errorf("%s: %s: green %v, want %s", c.why, name, green, c.want)
			}
		}
	}
}

// Rows link to the record, to the rule and to the evidence, on the page itself where it has them.
func TestLinks(t *testing.T) {
	t.Parallel()
	pages := all(t, sample())
	for name, want := range map[string][]string{
		"report.html": {
			`<a href="examples/registry/vendors/calderwick-payments.yaml">Calderwick Payments API</a>`, `<a href="#evidence-calderwick-payments">`, ` id="evidence-calderwick-payments"`,
			`<a href="#rule-VG-APR-002">VG-APR-002</a>`, `<dt id="rule-VG-APR-002">`, `<a href="#record-quillnest-messaging">`, ` id="record-quillnest-messaging"`, `<a class="rule" href="https://calderwick.example/soc2">soc2-2026</a>`,
		},
		"report.evidence-html": {
			`<a href="examples/registry/vendors/calderwick-payments.yaml">`, `<a class="lone" href="#rule-VG-APR-002" title="VG-APR-002">VG-APR-002</a>`, `<dt id="rule-VG-APR-002">`, `href="#calderwick-payments--soc2-2026"`, ` id="calderwick-payments--soc2-2026"`,
		},
	} {
		for _, text := range want {
			if !strings.Contains(pages[name], text) {
				t.Errorf("%s has no %s", name, text)
			}
		}
	}
}

// The policy of the page lets its own style and script run, each by its hash, and nothing else.
func TestContentSecurityPolicy(t *testing.T) {
	t.Parallel()
	page := all(t, sample())["report.html"]
	got, hashes, element := "", map[string]string{}, ""
	for tokens := html.NewTokenizer(strings.NewReader(page)); ; {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			break
		}
		token := tokens.Token()
		switch kind { //nolint:exhaustive // the rest is of no interest
		case html.StartTagToken:
			element = token.Data
			if element == "meta" && len(token.Attr) == 2 && token.Attr[0].Val == "Content-Security-Policy" {
				got = token.Attr[1].Val
			}
		case html.TextToken:
			if element == "style" || element == "script" {
				sum := sha256.Sum256([]byte(token.Data))
				hashes[element] = base64.StdEncoding.EncodeToString(sum[:])
			}
			element = ""
		}
	}
	want := "default-src 'none'; style-src 'sha256-" + hashes["style"] + "'; script-src 'sha256-" + hashes["script"] + "'; base-uri 'none'; form-action 'none'"
	if got != want || len(hashes) != 2 {
		t.Errorf("the policy is\n%s\nwant\n%s", got, want)
	}
	if strings.Contains(page, "url(") || strings.Contains(page, "@import") || strings.Contains(page, "fetch(") {
		t.Error("the page loads something")
	}
}
