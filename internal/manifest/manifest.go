// Package manifest reads vendors.yaml: the vendors that a repository uses. Its settings can only make the check
// stricter, and take effect after merge.
package manifest

import (
	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
)

// Manifest is one vendors.yaml.
type Manifest struct {
	Path     string          // below the directory that was checked, with slashes
	File     string          // as a reader finds it
	Owner    diag.At[string] // of the uses that name none of their own; empty if it does not say
	Settings Settings
	Ignores  []Ignore // in file order
	Excludes Excludes // manifests that a search leaves out; only those of a manifest at the root count
	Uses     []Use    // those whose id could be read, in file order
	Problems []diag.Problem
	Newer    bool // it is written for a later version of vendorgate, and nothing is known of what it declares

	Form ListForm
}

// ListForm is how the list of a manifest is written.
type ListForm struct {
	Indent int  // of the items of a block sequence
	Flow   bool // it is a flow sequence
}

// Settings makes the check of a manifest stricter than the run.
type Settings struct {
	FailOn diag.Severity // lightest severity that fails the check; Off if it does not say
	All    bool          // findings about unchanged uses can fail the check
}

// Use is a vendor that a repository uses.
type Use struct {
	ID           diag.At[string]
	Label        diag.At[string] // its name among the uses of the vendor; empty if it needs none
	Owner        diag.At[string] // its own, or the manifest's
	Purpose      diag.At[string]
	Component    string
	Environments []diag.At[string]
	Data         []diag.At[string] // classes; empty where the manifest says none
	APIID        diag.At[string]
	APIVersion   diag.At[string]
	Endpoints    []diag.At[string]
	AuthMethod   diag.At[string]
	Criticality  int // 1 to 4; 0 if not stated
	Secrets      []string
	Waiver       diag.At[string]

	record *attr.Record
}

// Get finds an attribute of the entry by its path in the table of manifests, below vendors[].
func (u Use) Get(path string) *attr.Value { return u.record.Get(path) }
