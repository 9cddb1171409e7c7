package attr

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// versionKey is the key of the version of a file's format.
const versionKey = "apiVersion"

// newer reports a file that is written for a later version of its format than the table reads. What else seems wrong in it may be
// right in that version.
func (r *reader) newer(t *Table, tree *yamltree.Node) bool {
	n := t.root.child(versionKey)
	if n == nil || n.row == nil || len(n.row.Values) == 0 {
		return false
	}
	known := n.row.Values[len(n.row.Values)-1]
	for _, pair := range tree.Pairs {
		if pair.Key == versionKey && pair.Value.Kind == yamltree.Scalar && laterVersion(pair.Value.Text, known) {
			r.problems = slices.DeleteFunc(r.problems, func(p diag.Problem) bool { return !p.Secret })
			r.problems = append(r.problems, diag.Problem{
				Pos: pair.Value.Pos, Newer: true, Hint: UpdateHint,
				Message: fmt.Sprintf("this file is written for %s, which is newer than this version of vendorgate: it reads %s", clip(pair.Value.Text), known),
			})
			return true
		}
	}
	return false
}

// UpdateHint is the hint of a file that needs a newer version of this program.
const UpdateHint = "update vendorgate; in a workflow, raise the version of the action"

// laterVersion reports whether a name such as vendorgate/v2 or vendorgate/v1.1 has a later version than another of the same group.
func laterVersion(text, known string) bool {
	group, knownVersion, _ := strings.Cut(known, "/v")
	prefix, rest, ok := strings.Cut(strings.ToLower(text), "/v")
	if !ok || prefix != group {
		return false
	}
	major, minor := leadingNumber(rest)
	knownMajor, knownMinor := leadingNumber(knownVersion)
	return cmp.Or(compareDigits(major, knownMajor), compareDigits(minor, knownMinor)) > 0
}

// leadingNumber returns the digits of a version such as 1.2, without leading zeros; those of its minor version are empty in 1 and 1beta2.
func leadingNumber(version string) (major, minor string) {
	digits := func(s string) string { return s[:len(s)-len(strings.TrimLeft(s, "0123456789"))] }
	major = digits(version)
	if rest, ok := strings.CutPrefix(version[len(major):], "."); ok {
		minor = digits(rest)
	}
	return strings.TrimLeft(major, "0"), strings.TrimLeft(minor, "0")
}

// compareDigits compares numbers without leading zeros, of any length.
func compareDigits(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}
