package check

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// noChange returns a notice if the run checks no change and the settings depend on it.
func (in Inputs) noChange() remarks {
	if in.Before.Unchanged == "" || !in.ChangedOnly {
		return remarks{}
	}
	return noticed(in.Before.Unchanged + "; every use counts as existing, and with fail-scope changed only findings such as a suspended vendor can fail the check")
}

// noBase returns a notice if a run outside CI has no base and there are findings that a base might show to be old or new.
func (in Inputs) noBase(findings []diag.Finding) remarks {
	why := in.NoBase
	if why == "" || in.ChangedOnly || !slices.ContainsFunc(findings, func(f diag.Finding) bool { return !f.Everywhere }) {
		return remarks{}
	}
	return noticed(why + "; every use counts as existing, because nothing shows which ones are new")
}
