package policy

import (
	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
)

// MinimumGate is the strictness that every run must have. A run may be stricter but not laxer. The zero value requires nothing.
type MinimumGate struct {
	FailOn   diag.At[diag.Severity] // lowest severity that fails a check; Off if the policy does not set it
	All      diag.At[bool]          // findings about unchanged uses can fail a check
	Manifest diag.At[bool]          // a repository without a manifest fails
	Scan     diag.At[bool]          // without a search of the code there is no verdict
}

// read applies the settings of one file.
func (m *MinimumGate) read(r *attr.Record) {
	if v := r.Get("fail_on"); v.Known() {
		severity, err := diag.ParseSeverity(v.Text)
		if err != nil {
			panic("policy: fail_on: " + err.Error()) // the table reports other values
		}
		m.FailOn = diag.At[diag.Severity]{Value: severity, Pos: v.Pos}
	}
	if v := r.Get("fail_scope"); v.Known() {
		m.All = diag.At[bool]{Value: true, Pos: v.Pos}
	}
	if v := r.Get("missing_manifest"); v.Known() {
		m.Manifest = diag.At[bool]{Value: true, Pos: v.Pos}
	}
	if v := r.Get("scan"); v.Known() {
		m.Scan = diag.At[bool]{Value: true, Pos: v.Pos}
	}
}

// failOnSeverities returns the allowed values of fail_on.
func failOnSeverities() []string { return diag.Severities()[1:] }

// Laxer reports whether failing on severity is laxer than failing on than. Nothing is laxer than Off.
func Laxer(severity, than diag.Severity) bool {
	return than != diag.Off && (severity == diag.Off || severity > than)
}
