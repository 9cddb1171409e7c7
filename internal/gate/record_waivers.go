package gate

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// RecordWaiver is a valid waiver of a finding about a record.
type RecordWaiver struct {
	*registry.Waiver
	Whole bool // it covers every repository that the record permits; otherwise at least one check fails
}

// WaiversOf returns the valid waivers that cover a finding in at least one repository.
func WaiversOf(u *subject.Subject, f RecordFinding, waivers []*registry.Waiver) []RecordWaiver {
	var out []RecordWaiver
	for _, w := range waivers {
		if f.Waivable && w.Covers(f.Rule) && len(rules.WaiverDefects(u.Policy, u.Today, u.Tier, w)) == 0 && !subject.WaiverEnd(u.Policy, u.Today, u.Tier, w).Past {
			out = append(out, RecordWaiver{w, coversScope(u.Attr("scope.repos").Texts(), w.Record.Get("repos").Texts())})
		}
	}
	return out
}

// coversScope reports whether patterns of repositories match all that a scope permits. A scope without repositories permits all of them.
func coversScope(scope, patterns []string) bool {
	if len(scope) == 0 {
		scope = []string{"*/*"}
	}
	return !slices.ContainsFunc(scope, func(permitted string) bool {
		return !slices.ContainsFunc(patterns, func(p string) bool { return scalar.RepositoryCovers(p, permitted) })
	})
}
