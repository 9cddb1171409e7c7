// Package decision works out what a decision about a vendor changes in its record: an approval, its renewal or a suspension. It judges the
// changed record as a check would, and writes nothing.
package decision

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/edit"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Office is where decisions are made: a registry and its policy, on a day.
type Office struct {
	Known  *registry.Registry
	Files  *registry.Plain // of the same registry
	Policy *policy.Policy
	Today  policy.Today
	Flags  string // with which another command goes on with the registry, for hints, such as: " --registry vendor-registry"
}

// Outcome is a record after a decision.
type Outcome struct {
	Path          string // in the registry
	Before, After []byte // Before is nil if there was no record
	Vendor        *registry.Vendor
	Use           *subject.Subject // the widest that the record permits
	Findings      []diag.Finding   // of a check of that use
}

// ErrNoRecord says that the registry has no record of a vendor.
var ErrNoRecord = errors.New("the registry has no record of it")

// Blocked reports whether a check of the widest use would fail.
func (o Outcome) Blocked() bool { return slices.ContainsFunc(o.Findings, o.Fails) }

// Fails reports whether a finding fails a check under the policy.
func (o Outcome) Fails(f diag.Finding) bool {
	least := diag.Error
	if minimum := o.Use.Policy.MinimumGate.FailOn.Value; minimum != diag.Off {
		least = minimum
	}
	return f.Severity >= least
}

// record reads a record that nothing has changed yet.
func (o Office) record(id string) (Outcome, error) {
	v, data, err := o.Known.Own(id)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Outcome{}, ErrNoRecord
	case err != nil:
		return Outcome{}, err //nolint:wrapcheck // it names the file
	}
	return Outcome{Path: "vendors/" + id + ".yaml", Before: data, After: data, Vendor: v}, valid(v)
}

// valid returns the first problem of a record as an error.
func valid(v *registry.Vendor) error {
	if len(v.Problems) > 0 {
		return fmt.Errorf("%s: %s", v.Problems[0].Pos, v.Problems[0].Message)
	}
	return nil
}

// change applies changes to a record.
func (o Office) change(id string, out Outcome, changes []edit.Change) (Outcome, error) {
	after, err := edit.Apply(o.Known.Tree.Name(out.Path), out.After, record.Table().Order(), changes)
	if err != nil {
		return Outcome{}, err //nolint:wrapcheck // it names the file
	}
	out.After = after
	return o.permits(id, out)
}

// permits reads a changed record, and what it permits.
func (o Office) permits(id string, out Outcome) (Outcome, error) {
	v := o.Files.Vendor(id, out.After)
	if err := valid(v); err != nil {
		return Outcome{}, fmt.Errorf("the changed record would not be valid: %w", err)
	}
	out.Vendor, out.Use = v, gate.WidestUse(o.Policy, o.Known, o.Today, v)
	return out, nil
}
