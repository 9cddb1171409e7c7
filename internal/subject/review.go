package subject

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Reviews lists the evidence of reviews of the architecture, by id.
func (u *Subject) Reviews() []string {
	var out []string
	for _, e := range u.Attr("evidence").Records {
		if slices.Contains([]string{"risk-assessment", "threat-model"}, e.Get("type").Text) {
			out = append(out, e.Get("id").Text)
		}
	}
	return out
}

// NoticeHours returns the time within which the vendor must report an incident: that of the contract, or else that of the policy. Its Pos
// is zero if neither sets one.
func (u *Subject) NoticeHours() diag.At[int] {
	if agreed := u.Attr("contract.incident.notify_hours"); agreed.Known() {
		return diag.At[int]{Value: agreed.Int, Pos: agreed.Pos}
	}
	return u.Policy.Params.Number("incident_notice_hours", u.Tier)
}

// ProductionHost returns the first host of the use that is not for tests, if the vendor has hosts for tests; otherwise empty.
func (u *Subject) ProductionHost() string {
	if !slices.ContainsFunc(u.Attr("api_hosts").Texts(), registry.TestHost) {
		return ""
	}
	for _, e := range u.Endpoints {
		if host, err := scalar.ParseEndpoint(e.Value); err == nil && !registry.TestHost(host) {
			return host
		}
	}
	return ""
}
