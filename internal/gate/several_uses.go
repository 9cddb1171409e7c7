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
	rule, vendor, file, message, hint, owner, request, waiver string
	severity                                                  diag.Severity
	introduced, everywhere                                    bool
}

// sharesPlace reports whether a finding stands at the id of one of several entries of a vendor, so that it may be about all of them.
func sharesPlace(u *subject.Subject, at diag.Pos) bool {
	return at == u.ID.Pos && slices.ContainsFunc(u.Manifest.Uses, func(other manifest.Use) bool { return other.ID.Value == u.ID.Value && other.ID.Pos != u.ID.Pos })
}

// foldRepeats joins the findings that only say of one use what another finding says of another use of the vendor in the same manifest: the
// first one gets the places of the others. What a waiver of a single use covers stays apart.
func (e *evaluation) foldRepeats() {
	first := map[aboutVendor]int{}
	kept := e.findings[:0:0]
	for _, f := range e.findings {
		about := aboutVendor{f.Rule, f.Vendor, f.Pos.File, f.Message, f.Hint, f.Owner, f.Request, f.Waiver, f.Severity, f.Introduced, f.Everywhere}
		i, repeats := first[about]
		switch {
		case f.ofSeveral && repeats:
			kept[i].Use, kept[i].joined = "", true
			if place := (diag.Related{Pos: f.Pos, Message: "another use of the vendor"}); !slices.Contains(kept[i].Related, place) {
				kept[i].Related = append(kept[i].Related, place)
			}
			continue
		case f.ofSeveral:
			first[about] = len(kept)
		}
		kept = append(kept, f)
	}
	e.findings = kept
}
