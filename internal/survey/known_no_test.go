package survey_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// knownNo is how a record says that there is none, or that it is not so; nil if the attribute always has a value.
func knownNo(row *attr.Row) *yamltree.Node {
	word := func(text string) *yamltree.Node { return &yamltree.Node{Kind: yamltree.Scalar, Text: text} }
	switch {
	case row.Filled && slices.Contains(row.Values, "none"):
		return &yamltree.Node{Kind: yamltree.List, Items: []*yamltree.Node{word("none")}}
	case row.Filled:
		return nil
	case row.List:
		return &yamltree.Node{Kind: yamltree.List}
	case row.Type == attr.Tri:
		return word("false")
	case row.None:
		return word("none")
	case row.Nullable:
		return &yamltree.Node{Kind: yamltree.Null}
	case len(row.Also) > 0:
		return word(row.Also[0])
	}
	for _, no := range []string{"none", "no", "missing", "not-required", "closed"} {
		if slices.Contains(row.Values, no) {
			return word(no)
		}
	}
	return nil
}

// TestKnownNo: whatever VG-REG-005 may ask for, because a rule or a requirement needs it, has a known no: a record can say it, and nothing
// asks again. What every service or every approval has needs no such word.
func TestKnownNo(t *testing.T) {
	t.Parallel()
	always := []string{ // an identity, or what the organisation decides by itself
		"apiVersion", "kind", "id", "name", "category", "description", "api_version_scheme", "status", "status_since", "status_reason", "replaced_by", "sunset",
		"approval.requested_by", "approval.approved_on", "approval.expires", "approval.review_cadence", "approval.last_review", "approval.decision_ref",
		"risk.tier", "risk.inherent", "risk.residual", "risk.substitutability", "risk.reliance", "risk.assessed_on",
		"data.storage_locations", "data.processing_locations", // without the first, data.stores_customer_data: false says it
	}
	for i, path := range record.Table().Paths() {
		_, row, ok := record.Table().Lookup(path)
		if !ok || strings.HasSuffix(path, ".notes") || !effort.Takes(i, oneIn) {
			continue
		}
		no := knownNo(row)
		if slices.Contains(always, path) != (no == nil) {
			t.Errorf("%s: its known no is %v, and the list of those that always have a value disagrees", path, no)
		}
		if no == nil {
			continue
		}
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			f := gatetest.Full(t)
			const name = "registry/vendors/calderwick-payments.yaml"
			tree, problems := yamltree.Parse(name, []byte(f[name]))
			if len(problems) > 0 || !put(tree, "", path, no) {
				t.Fatalf("cannot write it: %v", problems)
			}
			f[name] = yamlOf(tree)
			f["registry/policy.yaml"] = gatetest.Extends("vendorgate/strict@1", "vendorgate/fintech-eu@1") + gatetest.AcmeApprovers + "requirements: [{id: ASKED, attr: " + path + ", present: true}]\n"
			found := gatetest.Findings(t, f, gatetest.Today, gatetest.Checkout)
			ends := path == "contract.renewal.type"                             // a contract that is not renewed is an answer
			if put(tree, "", path, nil); row.None && len(found) == 0 && !ends { // where a rule asks for it, none is no good answer
				without := f.With(gatetest.Files{name: yamlOf(tree), "registry/policy.yaml": gatetest.Extends("vendorgate/strict@1", "vendorgate/fintech-eu@1") + gatetest.AcmeApprovers})
				if lines := gatetest.Findings(t, without, gatetest.Today, gatetest.Checkout); len(lines) > 0 {
					t.Errorf("with none, nothing is found; without it: %q", lines)
				}
			}
			for _, line := range found {
				if asks := strings.Contains(line, "VG-REG-005") && (strings.Contains(line, " "+path+",") || strings.HasSuffix(line, " "+path)); asks || strings.Contains(line, "VG-REG-007") {
					t.Errorf("with %s: %s", yamlOf(no), line)
				}
			}
		})
	}
}

// TestNoneIsNoAnswer: a limit is not met by an attribute of which the vendor has none, and what names none is met by it alone.
func TestNoneIsNoAnswer(t *testing.T) {
	t.Parallel()
	for condition, want := range map[string]string{
		"present: true": "", "eq: none": "", "in: [P1D, none]": "", "ne: P1D": "", "not_in: [P1D]": "",
		"eq: P1D": "ASKED", "ne: none": "ASKED", "not_in: [none, P1D]": "ASKED", "lte: P90D": "ASKED", "gte: P30D": "ASKED",
	} {
		f := gatetest.World(t).Rules("requirements: [{id: ASKED, attr: logging.retention, " + condition + "}]\n")
		for value, want := range map[string]string{"none": want, "unknown": "VG-REG-005"} {
			g := f.With(gatetest.Files{"registry/vendors/acme-pay.yaml": gatetest.PlainRecord + "logging: {retention: " + value + "}\n"})
			got := ""
			for _, line := range gatetest.Findings(t, g, gatetest.Today, gatetest.Repository) {
				got += strings.Fields(line)[1]
			}
			if got != want {
				t.Errorf("%s, with %s: got %q, want %q", condition, value, got, want)
			}
		}
	}
}

// TestPeriodsEndOrNot: a period that has no end, or that nobody promises, can be written without contradicting the rest of a record.
func TestPeriodsEndOrNot(t *testing.T) {
	t.Parallel()
	const name = "registry/vendors/calderwick-payments.yaml"
	tried := 0
	for i := range record.Table().Rows {
		row := &record.Table().Rows[i]
		if row.Type != attr.Period || row.Required || row.Kind != attr.Claimed {
			continue
		}
		tried++
		words := slices.Clone(row.Also)
		if row.None {
			words = append(words, attr.NoneWord)
		}
		if row.Nullable {
			words = append(words, "null")
		}
		var why []string
		fits := slices.ContainsFunc(words, func(word string) bool {
			no := &yamltree.Node{Kind: yamltree.Scalar, Text: word}
			if word == "null" {
				no = &yamltree.Node{Kind: yamltree.Null}
			}
			f := gatetest.Full(t)
			tree, problems := yamltree.Parse(name, []byte(f[name]))
			if len(problems) > 0 || !put(tree, "", row.Path, no) {
				t.Fatalf("cannot write %s: %v", row.Path, problems)
			}
			found := gatetest.Findings(t, f.With(gatetest.Files{name: yamlOf(tree)}), gatetest.Today, gatetest.Checkout)
			wrong := append(gatetest.Only(found, "VG-REG-003"), gatetest.Only(found, "VG-REG-007")...)
			why = append(why, wrong...)
			return len(wrong) == 0
		})
		if !fits {
			t.Errorf("%s has no word for a period that there is not, among %q: %q", row.Path, words, why)
		}
	}
	if tried < 15 {
		t.Errorf("%d periods tried; the test has lost its way", tried)
	}
}
