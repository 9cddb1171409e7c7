package registry

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
)

// ProbeTable has the attributes of probe results, which are JSON files.
//
//nolint:gochecknoglobals // an immutable table, built once
var ProbeTable = sync.OnceValue(func() *attr.Table {
	return attr.New("vendorgate probe results", "Probe results for one vendor: the last three runs of each probe.", []attr.Row{
		{Path: "apiVersion", Type: attr.Enum, Values: []string{"vendorgate/v1"}, Required: true, Example: "vendorgate/v1", Doc: "Schema version of the file."},
		{Path: "kind", Type: attr.Enum, Values: []string{"ProbeResult"}, Required: true, Example: "ProbeResult", Doc: "Type of the file."},
		{Path: "vendor", Type: attr.ID, Required: true, Example: "calderwick-payments", Doc: "Vendor that was probed. The file has the same name."},
		{Path: "results[].probe", Type: attr.Word, Required: true, Example: "P03", Doc: "Id of the probe."},
		{Path: "results[].host", Type: attr.Host, Required: true, Example: "api.calderwick.example", Doc: "Host that was probed."},
		{Path: "results[].observed_at", Type: attr.Text, Required: true, Example: "2026-11-22T04:00:00Z", Doc: "Time of the observation (RFC 3339)."},
		{Path: "results[].outcome", Type: attr.Enum, Values: []string{"pass", "fail", "inconclusive"}, Required: true, Example: "pass", Doc: "Result."},
		{Path: "results[].observed", Type: attr.Text, Doc: "What the probe observed."},
		{Path: "results[].expected", Type: attr.Text, Doc: "What the probe expected."},
		{Path: "results[].claim_path", Type: attr.Text, Example: "encryption.in_transit.min_tls", Doc: "Attribute of the record that the probe tests."},
	})
})

// Probe is one result of one probe.
type Probe struct {
	ID, Host, Outcome, Observed, Claim string
	At                                 time.Time
	Pos                                diag.Pos
}

// ProbeFile returns the name of the file with the results for a vendor.
func ProbeFile(vendor string) string { return "probes/" + vendor + ".json" }

// ErrNewer means that a file is written for a later version of its format.
var ErrNewer = errors.New("the file is written for a newer version of vendorgate")

// Probes reads the results for a vendor, in file order; none if there is no file. A file that cannot be understood as a
// whole is an error: half of the results may be the harmless half.
func (r *Registry) Probes(vendor string) ([]Probe, error) {
	name := r.Tree.Name(ProbeFile(vendor))
	data, err := r.Tree.Read(ProbeFile(vendor))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	record, problems := ProbeTable().Parse(name, data)
	if record != nil && record.Newer() {
		return nil, fmt.Errorf("read %s: %w", name, ErrNewer)
	}
	if len(problems) > 0 {
		return nil, fmt.Errorf("read %s: %s: %s", name, problems[0].Pos, problems[0].Message)
	}
	if got := record.Get("vendor").Text; got != vendor {
		return nil, fmt.Errorf("read %s: it is about %q", name, got)
	}
	var out []Probe
	for _, result := range record.Get("results").Records {
		at, err := time.Parse(time.RFC3339, result.Get("observed_at").Text)
		if err != nil {
			return nil, fmt.Errorf("read %s: %s: observed_at is not a time", name, result.Get("observed_at").Pos)
		}
		out = append(out, Probe{
			ID: result.Get("probe").Text, Host: result.Get("host").Text, Outcome: result.Get("outcome").Text,
			Observed: result.Get("observed").Text, Claim: result.Get("claim_path").Text, At: at, Pos: result.Pos,
		})
	}
	return out, nil
}
