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
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Of judges every record of a registry for the widest use that its scope allows. It lists files that could not be read.
func Of(p *policy.Policy, known *registry.Registry, asOf time.Time) (inventory.Inventory, error) {
	s, read, err := begin(p, known, asOf)
	if err != nil {
		return inventory.Inventory{}, err
	}
	s.rules = recordRules(p)
	s.out.Coverage = coverageRows(p, s.rules)
	around := surroundings(known, read)
	uses := map[string]*subject.Subject{}
	var all []judgedRecord
	for _, v := range read {
		u := gate.WidestUse(s.policy, s.known, s.today, v)
		if u != nil {
			u.Surroundings = around[v.ID]
			uses[v.ID] = u
		}
		s.record(v, u)
		all = append(all, judgedRecord{v, u, s.out.Records[len(s.out.Records)-1]})
	}
	ids := make([]string, len(read))
	for i, v := range read {
		ids[i] = v.ID
	}
	s.notes(ids, uses)
	s.waivers(uses)
	s.out.AsOf, s.out.Day, s.out.Policy, s.out.Origin, s.out.Revision = asOf, s.today.Day, p.ID, known.Tree.Origin, known.Tree.Digest()
	s.out.Local = known.Tree.Revision == ""
	s.out.Arrange()
	s.out.Prove = func() inventory.Dossier { return s.prove(all) }
	return s.out, nil
}

// Lapses returns what ends in a registry, first what ends first. It judges no record.
func Lapses(p *policy.Policy, known *registry.Registry, asOf time.Time) ([]inventory.Lapse, error) {
	s, read, err := begin(p, known, asOf)
	if err != nil {
		return nil, err
	}
	uses := map[string]*subject.Subject{}
	for _, v := range read {
		if u := gate.WidestUse(p, known, s.today, v); u != nil {
			uses[v.ID] = u
			s.lapses(u)
		}
	}
	s.waivers(uses)
	s.out.Arrange()
	return s.out.Lapses, nil
}

// begin reads the records of a registry.
func begin(p *policy.Policy, known *registry.Registry, asOf time.Time) (*survey, []*registry.Vendor, error) {
	entries, err := known.All()
	if err != nil {
		return nil, nil, err //nolint:wrapcheck // it says what was attempted
	}
	s := &survey{policy: p, known: known, today: p.At(asOf), unread: map[string]bool{}}
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
	return s, read, nil
}

// recordRules returns the rules in force that are about a record. It leaves out rules about a single use, such as its data, hosts
// and secrets, but not those that find a scope that permits no use, or a version that has ended.
func recordRules(p *policy.Policy) []rules.Rule {
	return slices.DeleteFunc(slices.Clone(rules.All()), func(r rules.Rule) bool {
		ofScope := r.ID == rules.UseOutsideScope || r.ID == rules.VersionOutsideScope
		ofUse := r.Judge == nil && r.ID != rules.NotEstablished || r.Public == rules.AboutUse && !ofScope
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

// record adds the row, the lapses and the coverage of a record.
func (s *survey) record(v *registry.Vendor, u *subject.Subject) {
	row := inventory.Record{ID: v.ID, Name: v.Name(), Category: v.Record.Get("category").Text, Status: inventory.Unreviewed}
	if stated := v.Record.Get("risk.tier"); stated.Known() {
		row.Recorded = stated.Int + 1
	}
	if u == nil {
		for i := range s.out.Coverage {
			s.out.Coverage[i].NotAsked++
		}
		s.out.Records = append(s.out.Records, row)
		return
	}
	row.Environments, row.DataClasses, row.Repositories = u.Attr("scope.environments").Texts(), u.Attr("scope.data_classes").Texts(), u.Attr("scope.repos").Texts()
	row.Status, row.Tier, row.Through = u.Attr("status").Text, u.Tier, rules.ApprovalEnd(u).Date
	if row.Recorded == 0 {
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
	s.lapses(u)
}

// cover counts the outcome of each rule and requirement for a record. If the status forbids every use, no other rule runs, as in a
// check.
func (s *survey) cover(u *subject.Subject) {
	results := map[string]policy.Outcome{}
	for _, r := range gate.JudgeRecord(u) {
		results[r.ID] = r.Outcome
	}
	for i := range s.out.Coverage {
		c := &s.out.Coverage[i]
		outcome, asked := results[c.Rule]
		switch {
		case !asked, outcome == policy.NotAsked:
			c.NotAsked++
		case outcome == policy.Fails:
			c.Fail, c.FailIn = c.Fail+1, append(c.FailIn, u.Vendor.ID)
		case outcome == policy.IsUnknown:
			c.Unknown, c.UnknownIn = c.Unknown+1, append(c.UnknownIn, u.Vendor.ID)
		default:
			c.Pass++
		}
	}
}
