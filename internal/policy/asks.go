package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Profile is a use that nobody has declared yet.
type Profile struct {
	Tier     int // the effective one, 1 to 4
	Category string
	Classes  []string
}

// Ask is an attribute that a rule or requirement in force asks for.
type Ask struct {
	Path     string
	Or       []string // attributes of which one would do as well
	By       string   // id of the rule or requirement
	Severity diag.Severity
	Wants    string // what it must be, in words
}

// Tier is the effective tier of a use in production: the most critical of the vendor's and the floors of the classes. The
// vendor's is 0 if nobody has said it, which counts as 1.
func (p *Policy) Tier(vendors int, classes []string) int {
	tier := vendors
	if tier == 0 {
		tier = 1
	}
	for _, class := range classes {
		floor, ok := p.ClassTier(class)
		if !ok {
			floor = 1
		}
		tier = min(tier, floor)
	}
	return tier
}

// Asks lists what the policy asks of a record for such a use, whatever its environments: first the structural rules, then
// the requirements in their order. An attribute that several ask for is listed for each.
func (p *Policy) Asks(profile Profile) []Ask {
	var out []Ask
	for _, need := range structuralNeeds() {
		severity := p.levels[need.rule].Levels[profile.Tier]
		for _, path := range need.paths {
			if severity != diag.Off {
				out = append(out, Ask{Path: path, By: need.rule, Severity: severity, Wants: need.wants})
			}
		}
	}
	out = append(out, p.askedOfNothing(profile)...)
	u := p.blank(profile)
	for i := range p.Requirements {
		q := &p.Requirements[i]
		if q.Levels[u.tier] == diag.Off || !q.when.admits(u) {
			continue
		}
		for j := range q.branches {
			b := &q.branches[j]
			ask := Ask{Path: b.path, By: q.ID, Severity: q.Levels[u.tier], Wants: q.Asks()}
			for k := range q.branches {
				if path := q.branches[k].path; path != b.path && !slices.Contains(ask.Or, path) {
					ask.Or = append(ask.Or, path)
				}
			}
			out = append(out, ask)
		}
	}
	return out
}

// need is what a structural rule judges without asking for it where it is unknown.
type need struct {
	rule  string
	paths []string
	wants string
}

func structuralNeeds() []need {
	return []need{
		{"VG-AUT-001", []string{"authentication.methods"}, "a modern way to authenticate, or static keys with all that makes them acceptable"},
		{"VG-ENC-001", []string{"encryption.in_transit.min_tls"}, "1.2 or later"},
		{"VG-ENC-001", []string{"encryption.in_transit.plaintext_http"}, "closed or refuse"},
	}
}

// askedOfNothing runs the structural rules over a record that says next to nothing, and lists the attributes that they miss.
func (p *Policy) askedOfNothing(profile Profile) []Ask {
	var out []Ask
	for _, rule := range Rules() {
		severity := p.levels[rule.ID].Levels[profile.Tier]
		if rule.judge == nil || severity == diag.Off {
			continue
		}
		u := p.blank(profile)
		rule.judge(u)
		for _, a := range u.asked {
			ask := Ask{Path: a.paths[0], Or: a.paths[1:], By: rule.ID, Severity: severity, Wants: "an answer"}
			if rule.ID == "VG-AUT-001" {
				ask.Wants = "an answer, where it offers nothing but static keys"
			}
			out = append(out, ask)
		}
	}
	return out
}

// blank is the use of a vendor of whom nothing is known but that it was approved and has static keys.
func (p *Policy) blank(profile Profile) *use {
	const id, record = "x", "apiVersion: vendorgate/v1\nkind: Vendor\nid: x\nstatus: approved\nauthentication: {methods: [api-key-header]}\n"
	u := p.imagine(registry.Single(id, record), id, time.Time{}, profile.Classes, vocab.Environments())
	u.tier, u.category = profile.Tier, profile.Category
	return u
}

// imagine is a use that no manifest declares; nil if the vendor has no status, or cannot be judged.
func (p *Policy) imagine(known *registry.Registry, id string, asOf time.Time, classes, environments []string) *use {
	e := p.evaluation(known, asOf, "")
	m := manifest.Parse("", "", []byte(fmt.Sprintf(imagined, id, words(environments, vocab.Environments()), words(classes, []string{"none"}))))
	return e.use(&m, m.Uses[0])
}

const imagined = "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: nobody\nvendors: [{id: %q, purpose: To ask, environments: [%s], data: [%s]}]\n"

// words are ids as the items of a list, or others where there are none.
func words(ids, others []string) string {
	if len(ids) == 0 {
		ids = others
	}
	return `"` + strings.Join(ids, `", "`) + `"`
}

// Terms are the numbers that a decision at a tier is bound by.
type Terms struct {
	Longest   scalar.Period // of an approval
	Cadence   scalar.Period // of its reviews
	Approvers int
	Roles     []string // in which people may approve, sorted; none if every role counts
	Owner     string   // whom to ask
}

// Terms are what the policy says of approvals at a tier.
func (p *Policy) Terms(tier int) Terms {
	t := Terms{
		Longest: p.Params.period("approval_max_term", tier).Value, Cadence: p.Params.period("review_cadence", tier).Value,
		Approvers: p.Params.number("approvers_needed", tier).Value, Owner: p.owner(),
	}
	for role := range p.approvers {
		t.Roles = append(t.Roles, role)
	}
	slices.Sort(t.Roles)
	return t
}
