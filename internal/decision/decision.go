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

// read returns the text of a record.
func (o Office) read(id string) (path string, data []byte, err error) {
	path = "vendors/" + id + ".yaml"
	data, err = o.Known.Tree.Read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil, ErrNoRecord
	}
	if err != nil {
		return path, nil, fmt.Errorf("read %s: %w", o.Known.Tree.Name(path), err)
	}
	return path, data, nil
}

// vendor reads the bytes of a record, which must be valid.
func (o Office) vendor(id string, data []byte) (*registry.Vendor, error) {
	v := o.Files.Vendor(id, data)
	if len(v.Problems) > 0 {
		return nil, fmt.Errorf("%s: %s", v.Problems[0].Pos, v.Problems[0].Message)
	}
	return v, nil
}

// change applies changes to a record and judges it.
func (o Office) change(id string, changes []edit.Change) (Outcome, error) {
	path, before, err := o.read(id)
	if err != nil {
		return Outcome{}, err
	}
	if _, err := o.vendor(id, before); err != nil {
		return Outcome{}, err
	}
	after, err := edit.Apply(o.Known.Tree.Name(path), before, record.Table().Order(), changes)
	if err != nil {
		return Outcome{}, err //nolint:wrapcheck // it names the file
	}
	return o.judged(id, Outcome{Path: path, Before: before, After: after})
}

// judged completes an outcome.
func (o Office) judged(id string, out Outcome) (Outcome, error) {
	v, err := o.vendor(id, out.After)
	if err != nil {
		return Outcome{}, fmt.Errorf("the changed record would not be valid: %w", err)
	}
	out.Vendor = v
	if out.Use = widestUse(o.Policy, o.Known, o.Today, v); out.Use != nil {
		out.Findings = judge(out.Use)
	}
	return out, nil
}
