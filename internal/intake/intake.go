// Package intake turns what others wrote about vendors into drafts of records: tables, questionnaires, answers to a brief, bills of
// materials. It approves nothing, and it never replaces what a record says.
package intake

import (
	"fmt"
	"unicode"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Desk is where drafts are made: for a registry and its policy, on a day.
type Desk struct {
	Files   *registry.Plain     // of the registry
	Known   []registry.Identity // of the registry and of the catalogue
	Classes []string            // classes of data of the policy
	Today   scalar.Date
	Flags   string // with which another command goes on with the registry, for hints
}

// Origin is where a value was found.
type Origin struct {
	Pos   diag.Pos
	Field string // such as: column "Owner"
	Text  string // as it was written
}

// Left is a value that has no place in a record.
type Left struct {
	Origin

	Why, Hint string
}

// Fact is a value for an attribute of a record.
type Fact struct {
	Origin

	Path  string // of the attribute, or a key that begins with x-
	Value string // in YAML, on one line
}

// Paper is a document that facts come from.
type Paper struct {
	Evidence   string // its entry in YAML, in braces; with the facts that it supports
	ID, SHA256 string // of the entry
	Assessment string // its entry in YAML, in braces; may be empty
}

// Draft is what was found about one vendor.
type Draft struct {
	ID     string
	Origin Origin // of the vendor
	By     string // such as: recognised by the domain stripe.com
	Facts  []Fact
	Items  []Fact // entries of lists of mappings; Path is that of the list
	Paper  *Paper // nil if the facts name none
}

// Intake is what was found in a file.
type Intake struct {
	Drafts []Draft
	Left   []Left
}

func (in *Intake) leave(o Origin, hint, format string, args ...any) {
	in.Left = append(in.Left, Left{o, fmt.Sprintf(format, args...), hint})
}

// hostile says what makes a text unfit for a record; empty if nothing does.
func hostile(text string) string {
	for _, r := range text {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
		case unicode.IsControl(r):
			return fmt.Sprintf("it contains a control character (U+%04X)", r)
		case unicode.Is(unicode.Cf, r):
			return fmt.Sprintf("it contains an invisible character (U+%04X)", r)
		}
	}
	return ""
}
