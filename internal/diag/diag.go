// Package diag defines the types that all packages share: position, severity, finding, gap, report. It does not
// evaluate or render them.
package diag

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Pos is a position in a file. Line and Col count from 1, Col in characters (Unicode code points). A zero Line means
// the whole file, and a zero Pos no position at all.
type Pos struct {
	File      string
	Line, Col int
}

// String returns the form that editors and terminals make clickable: file:line:col, or just the file.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Col)
}

// At is a value with the position where it was written. A value that was not written has a zero Pos, or the position
// where it is missing.
type At[T any] struct {
	Value T
	Pos   Pos
}

// Severity is how severe a finding is. The levels are those of SARIF 2.1.0, section 3.27.10.
type Severity int8

// The severities, lowest first.
const (
	Off Severity = iota
	Note
	Warning
	Error
)

var severityNames = [...]string{"off", "note", "warning", "error"} //nolint:gochecknoglobals // immutable names

// String returns the word used in files, flags and reports.
func (s Severity) String() string { return severityNames[s] }

// Severities lists the words that ParseSeverity accepts, lowest first.
func Severities() []string { return slices.Clone(severityNames[:]) }

// ParseSeverity reads the word of a severity. The error names the choices.
func ParseSeverity(word string) (Severity, error) {
	for i, name := range severityNames {
		if name == word {
			return Severity(i), nil
		}
	}
	hint := "use one of " + strings.Join(severityNames[:], ", ")
	if near := Nearest(word, severityNames[:]); near != "" {
		hint = fmt.Sprintf("did you mean %q? %s", near, hint)
	}
	return Off, fmt.Errorf("unknown severity %q; %s", word, hint)
}

// Problem is something wrong in a file that is not tied to a rule yet. The reader of the file reports it, and the owner
// of the file turns it into a Finding.
type Problem struct {
	Pos     Pos
	Message string // what is wrong, with the value quoted, unless the value may be a secret
	Hint    string // what to write instead; may be empty
	Secret  bool   // the value looks like a credential; Message does not hold it
	Newer   bool   // the file needs another version of vendorgate
}

// Related is a second place that explains a finding: the record's attribute, the policy's requirement.
type Related struct {
	Pos     Pos
	Message string
}

// Finding is a fault, and what to do about it.
type Finding struct {
	Rule     string // VG-APR-002, or the id of a requirement of the policy
	Severity Severity
	Vendor   string // vendor id; empty if the finding is not about one vendor
	Use      string // name of the use among those of the vendor; empty if it has none
	Pos      Pos    // where the reader must act: the line of the manifest
	Related  []Related
	Message  string // what is wrong, with the value and the date
	Hint     string // what to do next, and who owns it
	Owner    string // who acts next, by name; empty if nobody is named
	Paste    string // lines that are ready to be put into the manifest; empty if there are none
	Request  string // URL of a prefilled form to request the vendor; empty if there is none

	Blocks      bool   // it fails the check, by the gate of the run; never if a waiver covers it
	Introduced  bool   // the use that it is about is new or changed since the base
	Notable     bool   // worth a comment even if it does not fail the check: a new call of an unknown vendor
	Waiver      string // id of the waiver that covers it; empty if none
	WaivedUntil string // last day of that waiver, YYYY-MM-DD
	Manifest    string // file of the manifest whose settings apply, if Pos is elsewhere; empty if it is not
	Everywhere  bool   // counts whatever the fail scope: a suspended vendor, a file that cannot be read
	Key         string // distinguishes findings of a rule about a vendor; contains no line and no date
	Fingerprint string // the same for the same fault on every machine and day
}

// Waived reports whether a waiver covers the finding: it is shown, and it does not count.
func (f Finding) Waived() bool { return f.Waiver != "" }
