package registry

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/record"
)

// Supports reports whether a pattern of evidence speaks of an attribute: its path, or a mapping above it, with or
// without a final .* after it.
func Supports(pattern, path string) bool {
	base := strings.TrimSuffix(pattern, ".*")
	rest, below := strings.CutPrefix(path, base)
	return below && (rest == "" || rest[0] == '.')
}

// Supportable reports whether an evidence pattern matches any attribute. Below a list of mappings, the pattern has an
// id.
func Supportable(pattern string) bool {
	base := strings.TrimSuffix(pattern, ".*")
	for _, row := range record.Table().Rows {
		path, _, list := strings.Cut(row.Path, "[]")
		if Supports(base, path) || list && strings.HasPrefix(base, path+".") {
			return true
		}
	}
	return false
}

// SupportHint says what to write where a pattern speaks of no attribute.
func SupportHint(pattern string) string {
	if near := diag.Nearest(pattern, record.Table().Paths()); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "write the path of an attribute, or of a mapping for all below it"
}
