// Package interop renders a diag.Report in the formats of other tools: SARIF for code scanning, JUnit for CI systems, and the code quality
// report of GitLab. The same report always gives the same bytes.
package interop

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// place returns where a finding is shown: its own place, or the first line of the manifest that it is about. These tools show no finding
// without a place.
func place(r *diag.Report, f diag.Finding) diag.Pos {
	pos := f.Pos
	if pos.File == "" {
		pos = diag.Pos{File: cmp.Or(f.Manifest, firstManifest(r))}
	}
	pos.Line, pos.Col = max(pos.Line, 1), max(pos.Col, 1)
	return pos
}

// firstManifest returns the first manifest of a report, or the usual name of one.
func firstManifest(r *diag.Report) string {
	if r.OfRegistry {
		return "registry"
	}
	for _, u := range r.Uses {
		if u.Pos.File != "" {
			return u.Pos.File
		}
	}
	return "vendors.yaml"
}

// own lists the files that belong to the checked tree: those of findings and uses. Other files are the registry's, and their names mean
// nothing in the tree.
func own(r *diag.Report) map[string]bool {
	out := map[string]bool{}
	for _, f := range r.Findings {
		out[f.Pos.File] = true
	}
	for _, u := range r.Uses {
		out[u.Pos.File] = true
	}
	return out
}

// text returns what is wrong and what to do, as one paragraph each.
func text(f diag.Finding) string {
	parts := []string{sentence(f.Message)}
	if f.Hint != "" {
		parts = append(parts, f.Hint)
	}
	for _, x := range f.Related {
		if x.Pos.File != "" {
			parts = append(parts, fmt.Sprintf("See %s: %s.", x.Pos, strings.TrimSuffix(x.Message, ".")))
		}
	}
	return strings.Join(parts, "\n")
}

// sentence turns a message into a sentence.
func sentence(message string) string { return strings.TrimSuffix(diag.Capital(message), ".") + "." }

// reference returns the URI reference of a file, relative to where the program ran unless the name is absolute (RFC 3986).
func reference(name string) string {
	name = path.Clean(strings.ReplaceAll(name, `\`, "/"))
	u := url.URL{Path: name}
	if strings.HasPrefix(name, "/") {
		u.Scheme = "file"
		return u.String()
	}
	return strings.TrimPrefix(u.String(), "./") // which the package adds before a name with a colon
}

// worst sorts findings for a tool that only shows the first ones: those that block, then by severity. The order of a report is kept among
// equals.
func worst(findings []diag.Finding) []diag.Finding {
	out := slices.Clone(findings)
	rank := func(f diag.Finding) int {
		switch {
		case f.Blocks:
			return 0
		case f.Waived():
			return 2
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b diag.Finding) int {
		return cmp.Or(rank(a)-rank(b), int(b.Severity)-int(a.Severity))
	})
	return out
}
