package check

import (
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
)

// Inputs is everything that the report on one repository depends on.
type Inputs struct {
	inputs.Collected
	Settings
}

// Settings are the settings of one run.
type Settings struct {
	Version      string        // of vendorgate, as reports show it
	Release      string        // of vendorgate, for a policy's required_version
	FailOn       diag.Severity // lowest severity that fails; Off for none
	ChangedOnly  bool          // only findings about new or changed uses can fail
	Scan         Scan
	WhenUsed     bool   // a directory without a manifest passes only if its code uses no vendor
	Repository   string // owner/name; empty if unknown
	AsOf         AsOf
	EveryRecord  bool                  // of a registry that is compared with a base, each record that fails is an error
	EvidenceOnly bool                  // of a registry, check only the files of evidence, and whether its records can be read
	Now          time.Time             // by the clock of the machine, whatever AsOf is; zero to use AsOf
	Shown        []diag.Setting        // settings to show in the report, because they decide what is checked, and by which rules
	Progress     func(done, total int) // called concurrently while code is searched; may be nil
}

// Scan says whether to search the code for undeclared vendors.
type Scan string

// The values of Scan.
const (
	ScanAuto Scan = "auto" // files that the checkout lacks, or that are above a limit, are counted in a notice
	ScanOn   Scan = "on"   // such files are gaps
	ScanOff  Scan = "off"
)

// Report is a finished check.
type Report struct {
	diag.Report
	NothingAllowed bool              // the settings allow that there is nothing to check
	Comment        string            // which passes the policy wants a comment about: on-warning or always; empty for none
	Files          map[string]string // paths in the repository of the files that findings can point at, by name
}
