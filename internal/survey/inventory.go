// Package survey judges a whole registry for its maintainers: which records pass each rule, what expires when, and what a record
// needs for its renewal. It judges each record with the rules of a check, for the widest use that its scope allows.
package survey

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Of judges every record of a registry for the widest use that its scope allows. It lists files that could not be read.
func Of(p *policy.Policy, known *registry.Registry, asOf time.Time) (inventory.Inventory, error) {
	entries, err := known.All()
	if err != nil {
		return inventory.Inventory{}, err
	}
	s := &survey{policy: p, known: known, today: p.At(asOf), rules: recordRules(p), unread: map[string]bool{}}
	s.out.Coverage = coverageRows(p, s.rules)
	s.unreadNames("vendors", "waivers")
	var read []*registry.Vendor
	for _, e := range entries {
		switch {
		case e.Err != nil:
			s.unjudged(e.ID, source.Reason(e.Err))
		case len(e.Vendor.Problems) > 0:
			s.unjudged(e.ID, firstProblem(e.Vendor.Problems))
		default:
			read = append(read, e.Vendor)
		}
	}
	var claimed []subject.Claim
	for _, v := range read {
		claimed = append(claimed, subject.Claims(v)...)
	}
	shared := subject.Overlaps(claimed)
	uses := map[string]*subject.Subject{}
	for _, v := range read {
		u := widest(s.policy, s.known, s.today, v)
		if u != nil {
			u.Overlaps = shared[v.ID]
			uses[v.ID] = u
		}
		s.record(v, u)
	}
	s.waivers(uses)
	s.out.AsOf, s.out.Day, s.out.Policy, s.out.Origin, s.out.Revision = asOf, s.today.Day, p.ID, known.Tree.Origin, known.Tree.Digest()
	s.out.Arrange()
	return s.out, nil
}

// recordRules returns the rules in force that are about a record. It leaves out rules about a single use, such as its data, hosts
// and secrets.
func recordRules(p *policy.Policy) []rules.Rule {
	return slices.DeleteFunc(slices.Clone(rules.All()), func(r rules.Rule) bool {
		ofUse := r.Judge == nil && r.ID != rules.NotEstablished || r.Public == rules.AboutUse
		return ofUse || p.Rule(r.ID).Levels == policy.Levels{}
	})
}

// coverageRows returns an empty row for each rule, then for each requirement.
func coverageRows(p *policy.Policy, rules []rules.Rule) []inventory.Coverage {
	var out []inventory.Coverage
	for _, r := range rules {
		out = append(out, inventory.Coverage{Rule: r.ID, Title: r.Title})
	}
	for i := range p.Requirements {
		out = append(out, inventory.Coverage{Rule: p.Requirements[i].ID, Title: p.Requirements[i].Asks()})
	}
	return out
}

// unreadNames adds files that vendorgate does not read because of their extension.
func (s *survey) unreadNames(folders ...string) {
	for _, folder := range folders {
		entries, err := fs.ReadDir(s.known.Tree.Files, folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			s.out.Unjudged = append(s.out.Unjudged, diag.Gap{Target: s.known.Tree.Name(folder), Reason: source.Reason(err)})
		}
		for _, e := range entries {
			name, ending := e.Name(), path.Ext(e.Name())
			if ending != ".yaml" && (strings.EqualFold(ending, ".yaml") || strings.EqualFold(ending, ".yml")) {
				right := strings.TrimSuffix(name, ending) + ".yaml"
				s.out.Unjudged = append(s.out.Unjudged, diag.Gap{Target: s.known.Tree.Name(folder + "/" + name), Reason: "vendorgate does not read a file with this name; rename it to " + right})
			}
		}
	}
}

// widest returns the use of a vendor with all environments and data classes of its scope, in one of its repositories; nil if the
// vendor is not reviewed.
func widest(p *policy.Policy, known *registry.Registry, today policy.Today, v *registry.Vendor) *subject.Subject {
	if !v.Reviewed() {
		return nil
	}
	u := &subject.Subject{Vendor: v, Policy: p, Today: today, Registry: known, Category: v.Record.Get("category").Text, Manifest: &manifest.Manifest{}, Use: blankUse(), Hypothetical: true}
	u.ID.Value = v.ID
	u.Classes, u.EnvironmentNames = v.Record.Get("scope.data_classes").Texts(), v.Record.Get("scope.environments").Texts()
	if repos := v.Record.Get("scope.repos").Texts(); len(repos) > 0 {
		u.Repository = strings.NewReplacer("*", "x", "?", "x").Replace(repos[0])
	}
	u.SetTier()
	return u
}

// blankUse is a use with only the required attributes.
//
//nolint:gochecknoglobals // an immutable value, parsed once
var blankUse = sync.OnceValue(func() manifest.Use {
	const text = "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: nobody\nvendors: [{id: any, purpose: any, environments: [prod], data: [none]}]\n"
	return manifest.Parse("", "", []byte(text)).Uses[0]
})

// record adds the row, the lapses and the coverage of a record.
func (s *survey) record(v *registry.Vendor, u *subject.Subject) {
	row := inventory.Record{ID: v.ID, Name: v.Name(), Category: v.Record.Get("category").Text, Status: inventory.Unreviewed}
	if u == nil {
		for i := range s.out.Coverage {
			s.out.Coverage[i].NotAsked++
		}
		s.out.Records = append(s.out.Records, row)
		return
	}
	row.Status, row.Tier, row.Through = u.Attr("status").Text, u.Tier, rules.ApprovalEnd(u).Date
	if !u.Attr("risk.tier").Known() {
		row.Tier = 0
	}
	for _, a := range u.Attr("approval.approved_by").Records {
		row.Owners = append(row.Owners, fmt.Sprintf("%s (%s)", a.Get("user").Text, a.Get("role").Text))
	}
	if _, last := u.LastReview(); last.Known() && subject.Vetted(u.Attr("status")) {
		_, due := u.ReviewDue()
		row.Review = due.Date
	}
	s.out.Records = append(s.out.Records, row)
	s.cover(u)
	if !rules.ForbiddenByStatus(u) {
		s.out.Lapses = append(s.out.Lapses, lapses(u)...)
	}
}

// cover counts the outcome of each rule and requirement for a record. If the status forbids every use, no other rule runs, as in a
// check.
func (s *survey) cover(u *subject.Subject) {
	settled := rules.ForbiddenByStatus(u)
	missing, unknowns := false, -1
	for i, r := range s.rules {
		c := &s.out.Coverage[i]
		switch {
		case s.policy.Rule(r.ID).Levels[u.Tier] == diag.Off, settled && r.ID != rules.StatusForbids:
			c.NotAsked++
			continue
		case r.Judge == nil: // VG-REG-005 collects what the other rules miss
			unknowns = i
			continue
		}
		u.Missing = nil
		failing := slices.ContainsFunc(r.Judge(u), func(f subject.Fault) bool { return f.Lapsed || !f.Day.Near || f.MaxSeverity != diag.Warning })
		missing = missing || len(u.Missing) > 0
		count(c, failing, len(u.Missing) > 0)
	}
	for i := range s.policy.Requirements {
		c, q := &s.out.Coverage[len(s.rules)+i], &s.policy.Requirements[i]
		if settled || q.Levels[u.Tier] == diag.Off || !q.Admits(u.Facts()) {
			c.NotAsked++
			continue
		}
		outcome, _ := q.Judge(u.Answers())
		missing = missing || outcome == policy.IsUnknown
		count(c, outcome == policy.Fails, outcome == policy.IsUnknown)
	}
	if unknowns >= 0 {
		count(&s.out.Coverage[unknowns], false, missing)
	}
}

func count(c *inventory.Coverage, failing, unknown bool) {
	switch {
	case failing:
		c.Fail++
	case unknown:
		c.Unknown++
	default:
		c.Pass++
	}
}
