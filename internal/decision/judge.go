package decision

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// widestUse returns the use of a vendor with all environments and data classes of its scope, in one of its repositories; nil if the
// vendor is not reviewed.
func widestUse(p *policy.Policy, known *registry.Registry, today policy.Today, v *registry.Vendor) *subject.Subject {
	if !v.Reviewed() {
		return nil
	}
	classes, environments := v.Record.Get("scope.data_classes").Texts(), v.Record.Get("scope.environments").Texts()
	u := gate.HypotheticalUse(p, registry.Single(v.ID, "apiVersion: vendorgate/v1\nkind: Vendor\nid: "+v.ID+"\nstatus: approved\n"), v.ID, today.Instant, classes, environments)
	u.Vendor, u.Registry, u.Today, u.Category = v, known, today, v.Record.Get("category").Text
	u.Classes, u.EnvironmentNames = classes, environments
	if repos := v.Record.Get("scope.repos").Texts(); len(repos) > 0 {
		u.Repository = strings.NewReplacer("*", "x", "?", "x").Replace(repos[0])
	}
	u.SetTier()
	return u
}

// judge returns what a check finds about a use.
func judge(u *subject.Subject) []diag.Finding { return gate.Order(gate.Judge(u)) }
