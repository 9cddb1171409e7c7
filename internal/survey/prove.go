package survey

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/control"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// judgedRecord is a record with its widest use, which is nil if nobody has reviewed the vendor.
type judgedRecord struct {
	vendor *registry.Vendor
	use    *subject.Subject
	row    inventory.Record
}

// prove returns what the registry proves. The outcomes are those of the same evaluation as the coverage.
func (s *survey) prove(all []judgedRecord) inventory.Dossier {
	d := inventory.Dossier{Policy: s.policySource()}
	ids, _ := s.known.Tree.List("waivers", ".yaml") // if they cannot be listed, the report says so
	waivers := map[string][]*registry.Waiver{}
	read, _ := s.known.Waivers(nil, ids)
	for _, w := range read {
		if len(w.Problems) == 0 {
			waivers[w.Vendor.Value] = append(waivers[w.Vendor.Value], w)
		}
	}
	for _, j := range all {
		p := inventory.VendorProof{Record: j.row, File: s.digested("vendors/" + j.vendor.ID + ".yaml"), Decision: decisionOf(j.vendor.Record), Facts: factsOf(j.vendor.Record)}
		p.Evidence = s.papers(j)
		p.Demands = s.demands(j, waivers[j.vendor.ID])
		d.Vendors = append(d.Vendors, p)
	}
	return d
}

// policySource says which policy was applied, with the digests of its files.
func (s *survey) policySource() inventory.PolicySource {
	out := inventory.PolicySource{TimeZone: s.policy.Zone.String()}
	if file := s.digested("policy.yaml"); file.SHA256 != "" {
		out.Source = file
	}
	for _, name := range s.policy.Effective().Extends {
		data, err := policy.Preset(name)
		if err == nil { // it was loaded before
			out.Extends = append(out.Extends, inventory.Source{Name: name, SHA256: hashed(data)})
		}
	}
	for _, r := range rules.All() {
		if r.Judge != nil && r.Public != rules.AboutUse && (s.policy.Rule(r.ID).Levels == policy.Levels{}) {
			out.Off = append(out.Off, r.ID)
		}
	}
	return out
}

// digested names a file by its path in the registry, with the SHA-256 of its bytes; none if the registry does not have it.
func (s *survey) digested(file string) inventory.Source {
	data, err := s.known.Tree.Read(file)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			return inventory.Source{Name: source.Escaped(file)}
		}
		return inventory.Source{}
	}
	return inventory.Source{Name: source.Escaped(file), SHA256: hashed(data)}
}

func hashed(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func decisionOf(r *attr.Record) inventory.Decision {
	return inventory.Decision{
		RequestedBy: r.Get("approval.requested_by").Text, By: approvers(r.Get("approval.approved_by")),
		On: r.Get("approval.approved_on").Day, DecisionRef: r.Get("approval.decision_ref").Text,
	}
}

func approvers(list *attr.Value) []inventory.Approver {
	var out []inventory.Approver
	for _, a := range list.Records {
		out = append(out, inventory.Approver{User: a.Get("user").Text, Role: a.Get("role").Text, Team: a.Get("team").Text})
	}
	return out
}

// factsOf returns the values of a record that are known, also those in lists, by the path in the table.
func factsOf(r *attr.Record) inventory.Facts {
	out := inventory.Facts{}
	for _, row := range record.Table().Rows {
		eachValue(r, "", row.Path, func(_ string, v *attr.Value) {
			switch {
			case v.State == attr.None:
				out[row.Path] = append(out[row.Path], attr.NoneWord)
			case v.State == attr.NotApplicable && v.Text == "":
				out[row.Path] = append(out[row.Path], "null")
			case !v.Known() || v.Text == "unknown":
			case v.Items != nil || row.List:
				out[row.Path] = append(append([]string{}, out[row.Path]...), v.Texts()...)
			default:
				out[row.Path] = append(out[row.Path], v.Text)
			}
		})
	}
	return out
}

// papers lists the evidence of a record.
func (s *survey) papers(j judgedRecord) []inventory.Paper {
	var out []inventory.Paper
	u := j.use
	if u == nil {
		u = &subject.Subject{Vendor: j.vendor, Policy: s.policy, Today: s.today, Tier: 1}
	}
	for _, e := range j.vendor.Record.Get("evidence").Records {
		text := func(name string) string { return e.Get(name).Text }
		p := inventory.Paper{
			ID: text("id"), Type: text("type"), Level: u.EvidenceLevel(text("id")).String(), Address: text("url"), File: text("file"), SHA256: text("sha256"), Access: text("access"), TLP: text("tlp"),
			Issued: e.Get("issued").Day, Received: e.Get("received").Day, Expire: e.Get("expires").Day, Supports: e.Get("supports").Texts(),
		}
		if stated := text("assurance"); stated != p.Level {
			p.Stated = stated
		}
		p.Counts = j.use != nil && j.use.FreshEvidence(p.ID)
		out = append(out, p)
	}
	return out
}

// demands returns the rules and requirements with their outcomes for a record.
func (s *survey) demands(j judgedRecord, waivers []*registry.Waiver) []inventory.Demand {
	results := map[string]gate.RuleResult{}
	if j.use != nil {
		for _, r := range gate.JudgeRecord(j.use) {
			results[r.ID] = r
		}
	}
	var out []inventory.Demand
	finish := func(d inventory.Demand, paths []string) {
		r, judged := results[d.Rule]
		if d.Outcome = gate.OutcomeOf(r.RuleOutcome); !judged || d.Outcome == diag.NotAsked {
			d.Outcome, d.Asked, d.Why = diag.NotAsked, nil, []string{cmp.Or(r.Excluded, s.whyNotAsked(d.Rule, j.use))}
			out = append(out, d)
			return
		}
		if !d.Policy {
			d.Asked = askedBy(r.RuleOutcome)
		}
		d.Severity = s.policy.Severities(d.Rule)[j.use.Tier].String()
		s.reasons(&d, j.use, r, waivers)
		d.Found = found(j.use, paths, r.RuleOutcome)
		d.Evidence = supporting(j.vendor.Record, d.Found)
		out = append(out, d)
	}
	for _, r := range s.rules {
		finish(inventory.Demand{Rule: r.ID, Title: r.Title, Controls: controlsOfRule(r.ID)}, readBy(r.ID))
	}
	for i := range s.policy.Requirements {
		q := &s.policy.Requirements[i]
		d := inventory.Demand{Rule: q.ID, Policy: true, Title: q.Asks(), Asked: []string{q.Asks()}}
		for _, c := range q.Controls {
			d.Controls = append(d.Controls, control.Parse(c))
		}
		var paths []string
		for b := range q.Branches {
			path := q.Branches[b].Path
			if j.use != nil {
				path = q.Branches[b].Decisive(j.use.Answers())
			}
			paths = append(paths, path)
			if row := record.Attribute(q.Branches[b].Path); row != nil {
				d.Controls = withControls(d.Controls, row.Controls)
			}
		}
		finish(d, paths)
	}
	return out
}

// withControls adds the controls of an attribute to those that a requirement names.
func withControls(have []control.ID, texts []string) []control.ID {
	for _, text := range texts {
		if id := control.Parse(text); !slices.Contains(have, id) {
			have = append(have, id)
		}
	}
	return have
}

func controlsOfRule(id string) []control.ID {
	page, _ := explain.Page(id)
	return control.ParseList(explain.Controls(page))
}

// whyNotAsked explains why a rule or requirement was not asked.
func (s *survey) whyNotAsked(id string, u *subject.Subject) string {
	switch {
	case u == nil:
		return "nobody has reviewed the vendor"
	case s.policy.Severities(id)[u.Tier] == diag.Off:
		return "it is off at the tier of the vendor"
	default:
		return "the status of the vendor forbids every use"
	}
}

// reasons adds why a rule fails, what is unknown, and the waivers.
func (s *survey) reasons(d *inventory.Demand, u *subject.Subject, r gate.RuleResult, waivers []*registry.Waiver) {
	failing, excused := 0, 0
	for _, f := range r.Findings {
		d.Why = append(d.Why, f.Message)
		if f.Soon {
			continue
		}
		failing++
		whole := false
		for _, w := range gate.WaiversOf(u, f, waivers) {
			whole = whole || w.Whole
			if !slices.ContainsFunc(d.Waivers, func(e inventory.Excuse) bool { return e.ID == w.ID }) {
				d.Waivers = append(d.Waivers, s.excuse(w))
			}
		}
		if whole {
			excused++
		}
	}
	if d.Outcome == diag.Unknown {
		d.Why = append(d.Why, r.UnknownTo()...)
	}
	if failing > 0 && excused == failing {
		d.Outcome = diag.Excused
	}
}

func (s *survey) excuse(w gate.RecordWaiver) inventory.Excuse {
	return inventory.Excuse{
		ID: w.ID, File: s.digested("waivers/" + w.ID + ".yaml"), By: approvers(w.Record.Get("approved_by")),
		From: w.Approved.Value, Until: w.Expires.Value, Use: w.Use.Value, Repos: w.Record.Get("repos").Texts(), Whole: w.Whole,
	}
}
