package policy

import (
	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
)

// Least is how strict every run under a policy is at least. A run may be stricter and never laxer. The zero value asks for
// nothing.
type MinimumGate struct {
	FailOn   diag.At[diag.Severity] // lightest severity that fails a check; Off if the policy does not say
	All      diag.At[bool]          // findings about unchanged uses can fail a check
	Manifest diag.At[bool]          // a repository without a manifest fails
}

// read takes what one file says; what it does not say stays as the file below it has it.
func (m *MinimumGate) read(r *attr.Record) {
	if v := r.Get("fail_on"); v.Known() {
		severity, err := diag.ParseSeverity(v.Text)
		if err != nil {
			panic("policy: fail_on: " + err.Error()) // the table allows no other word
		}
		m.FailOn = diag.At[diag.Severity]{Value: severity, Pos: v.Pos}
	}
	if v := r.Get("fail_scope"); v.Known() {
		m.All = diag.At[bool]{Value: true, Pos: v.Pos}
	}
	if v := r.Get("missing_manifest"); v.Known() {
		m.Manifest = diag.At[bool]{Value: true, Pos: v.Pos}
	}
}

// failOnSeverities are the severities that fail_on may be: to ask for off is to ask for nothing.
func failOnSeverities() []string { return diag.Severities()[1:] }

// Laxer reports whether failing on a severity lets more pass than another does. Off as the other asks for nothing.
func Laxer(severity, than diag.Severity) bool {
	return than != diag.Off && (severity == diag.Off || severity > than)
}
