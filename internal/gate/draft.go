package gate

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// Draft returns one manifest with the entries of all findings that each propose a whole one, and the findings without them if they
// differ. It is empty if there are none. Unknown hosts are left out: an entry for one fails the check until its vendor is approved.
func Draft(findings []diag.Finding) (draft string, rest []diag.Finding) {
	start := string(manifest.Draft{}.File(""))
	start, _, _ = strings.Cut(start, "  - ")
	var entries []string
	var from []int
	for i, f := range findings {
		if entry, whole := strings.CutPrefix(f.Paste, start); whole && f.Rule != rules.UnknownHost {
			if from = append(from, i); !slices.Contains(entries, entry) {
				entries = append(entries, entry)
			}
		}
	}
	if len(from) == 0 {
		return "", findings
	}
	rest = slices.Clone(findings)
	for _, i := range from {
		if len(entries) > 1 {
			rest[i].Paste = ""
		}
	}
	return start + strings.Join(entries, ""), rest
}
