package gate

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// usageKey tells a use from the others of its vendor in a manifest, in the keys of findings. It does not depend on the order of the
// entries. It is empty for the entry that could be the only one: without a name, and of those the closest to production.
func usageKey(u *subject.Subject) string {
	key := ""
	if u.Label.Value != "" {
		key = "\x00use:" + u.Label.Value
	}
	closer := func(other manifest.Use) bool {
		return other.ID.Value == u.ID.Value && other.Label.Value == u.Label.Value && stage(other) > stage(u.Use)
	}
	if slices.ContainsFunc(u.Manifest.Uses, closer) {
		key += "\x00in:" + strings.Join(slices.Sorted(slices.Values(u.EnvironmentNames)), ",")
	}
	return key
}

// stage is how close the environments of a use come to production.
func stage(u manifest.Use) int {
	out := -1
	for _, e := range u.Environments {
		out = max(out, slices.Index(vocab.Environments(), e.Value))
	}
	return out
}

// aboutVendor is what findings have in common that are about a vendor and not about one of its uses in a manifest.
type aboutVendor struct {
	rule, vendor, manifest, message, hint, owner, request string
	severity                                              diag.Severity
	introduced, everywhere                                bool
}

// repeats reports whether a finding only says of one use what another finding says of another use of the vendor in the same manifest.
// It then adds the place of the use to that finding.
func (e *evaluation) repeats(u *subject.Subject, f diag.Finding) bool {
	another := func(other manifest.Use) bool { return other.ID.Value == u.ID.Value && other.ID.Pos != u.ID.Pos }
	if f.Pos != u.ID.Pos || !slices.ContainsFunc(u.Manifest.Uses, another) {
		return false
	}
	about := aboutVendor{f.Rule, f.Vendor, u.Manifest.Path, f.Message, f.Hint, f.Owner, f.Request, f.Severity, f.Introduced, f.Everywhere}
	i, found := e.about[about]
	if !found {
		e.about[about] = len(e.findings)
		return false
	}
	first := &e.findings[i].Finding
	first.Use = ""
	if place := (diag.Related{Pos: f.Pos, Message: "another use of the vendor"}); !slices.Contains(first.Related, place) {
		first.Related = append(first.Related, place)
	}
	return true
}
