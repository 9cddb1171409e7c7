package decision

import (
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// judged adds what a check finds to an outcome, if there is one.
func (o Office) judged(out Outcome, err error) (Outcome, error) {
	if err == nil && out.Use != nil {
		out.Findings = o.judge(out.Use)
	}
	return out, err
}

// judge returns what a check finds about the widest use of a record, less what waivers cover wherever the record permits use.
func (o Office) judge(u *subject.Subject) []diag.Finding {
	waivers, _ := o.Known.Waivers([]string{u.Vendor.ID}, nil) // one that cannot be read covers nothing
	var out []diag.Finding
	for _, r := range gate.JudgeRecord(u) {
		for _, f := range r.Findings {
			if !f.Planned && lint.Covering(u, f, waivers) == nil {
				out = append(out, f.Finding)
			}
		}
	}
	return gate.Order(out)
}
