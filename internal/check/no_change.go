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

// noBase returns a notice if nothing names a base and there are so many findings that a reader looks for the new ones.
func (in Inputs) noBase(findings []diag.Finding) remarks {
	const few = 5
	about := slices.DeleteFunc(slices.Clone(findings), func(f diag.Finding) bool { return f.Everywhere })
	if !in.NoBase || in.ChangedOnly || len(about) <= few {
		return remarks{}
	}
	return noticed("there is no base to compare with, so nothing shows which uses are new, and each counts as existing")
}
