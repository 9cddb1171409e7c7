package gate

import (
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// use looks up the vendor of a use. It returns nil if the vendor is not registered or its record is invalid.
func (e *evaluation) use(m *manifest.Manifest, declared manifest.Use) *subject.Subject {
	u := &subject.Subject{Use: declared, Manifest: m, Policy: e.in.Policy, Today: e.today, Registry: e.in.Registry, Repository: e.in.Repository, Tier: 1, TrackOutcomes: true}
	u.Secrets = e.credentials(u.ID.Value, u.Secrets)
	u.SetData(declared.Data)
	for _, env := range declared.Environments {
		u.EnvironmentNames = append(u.EnvironmentNames, env.Value)
	}
	row := e.row(u)
	if e.unreadRecord(declared.ID.Value, diag.Related{Pos: declared.ID.Pos, Message: "declared here"}) {
		unknown(row)
		return nil
	}
	v, _ := e.in.Registry.Vendor(declared.ID.Value) // it was read just now
	u.Vendor = v
	if v != nil {
		u.Category = v.Record.Get("category").Text
		u.SetTier()
		row.Name = v.Name()
		row.Tier = min(row.Tier, u.Tier)
	}
	if v == nil || !v.Reviewed() {
		row.Tier = 0 // its criticality is unknown
		e.unvetted[declared.ID.Value] = true
		u.Introduced = e.introduced(u)
		e.rule(u, rules.Unregistered, e.notRegistered(u))
		e.judged = append(e.judged, diag.Use{Vendor: u.ID.Value, Label: u.Label.Value, Pos: u.ID.Pos, Asked: []diag.Asked{{Rule: rules.Unregistered, Outcome: diag.Failed}}})
		return nil
	}
	status := v.Record.Get("status").Text
	row.Status = status
	row.Expires = v.Record.Get("approval.expires").Text
	if !subject.Vetted(v.Record.Get("status")) && !slices.Contains([]string{"suspended", "denied", "retired", "pilot"}, status) {
		e.unvetted[declared.ID.Value] = true
	}
	u.Introduced = e.introduced(u)
	return u
}

// credentials returns names of secrets, and those of the other credentials of a vendor that the code shows.
func (e *evaluation) credentials(id string, stated []string) []string {
	out := slices.Clone(stated)
	if e.in.CodeScan == nil {
		return out
	}
	for _, v := range slices.Concat(e.in.CodeScan.Vendors, e.in.CodeScan.Undeclared) {
		for _, s := range slices.Concat(v.Names, v.Sightings) {
			credential := s.Kind == detect.KindEnv || s.Kind == detect.KindSecret
			if v.ID == id && credential && s.Confidence >= detect.Likely && attr.Check(attr.Secret, s.Text) == nil && !slices.Contains(out, s.Text) {
				out = append(out, s.Text)
			}
		}
	}
	return out
}

// NewSubject returns the only use of a manifest as the rules judge it; nil if the vendor is not reviewed, or its record is
// invalid.
func NewSubject(p *policy.Policy, known *registry.Registry, asOf time.Time, repository string, m *manifest.Manifest) *subject.Subject {
	if len(m.Uses) == 0 {
		return nil // its id is none
	}
	return newEvaluation(Input{Registry: known, Policy: p, AsOf: asOf, Repository: repository}).use(m, m.Uses[0])
}

// undeclaredUse returns the use of a vendor in files for which no manifest declares it, the best sighting first.
func (e *evaluation) undeclaredUse(id string, pos diag.Pos, file string, introduced bool) *subject.Subject {
	u := &subject.Subject{Manifest: e.manifestFor(file), Policy: e.in.Policy, Today: e.today, Registry: e.in.Registry, Repository: e.in.Repository, Tier: 1}
	u.ID, u.Introduced = diag.At[string]{Value: id, Pos: pos}, introduced
	if id == "" {
		return u
	}
	if v, err := e.in.Registry.Vendor(id); err == nil && v != nil && v.Record != nil && len(v.Problems) == 0 {
		u.Vendor = v
		if tier := u.Attr("risk.tier"); tier.Known() {
			u.Tier = tier.Int + 1
		}
	}
	return u
}
