package gate

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
)

// UsableData returns the approved data classes of a draft that may be used today: an entry with the others would fail the check. If there
// is none, it returns all and false.
func UsableData(in Input, id string, introduced bool, draft manifest.Draft) (classes []string, ok bool) {
	count := func(class string, introduced bool) (errors, all int) {
		u := HypotheticalUse(in.Policy, in.Registry, id, in.AsOf, []string{class}, draft.Choice.Environments)
		if u == nil { // there is no decision about it
			return 0, 0
		}
		u.Repository, u.Introduced = in.Repository, introduced
		apart := newEvaluation(in)
		apart.judge(u)
		all = len(apart.findings)
		return len(slices.DeleteFunc(apart.findings, func(f gradedFinding) bool { return f.Severity < diag.Error })), all
	}
	if len(draft.Choice.Data) == 0 {
		return nil, true
	}
	least, fewest := count("none", introduced)
	fails := func(class string) bool {
		errors, all := count(class, introduced)
		if all > fewest { // what is worse than the use was so far is new
			errors, _ = count(class, true)
		}
		return errors > least
	}
	if out := slices.DeleteFunc(slices.Clone(draft.Choice.Data), fails); len(out) > 0 {
		return out, true
	}
	return draft.Choice.Data, false
}
