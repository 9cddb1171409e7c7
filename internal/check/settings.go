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

// Settings are what whoever runs a check asks for.
type Settings struct {
	Version     string        // of vendorgate, as reports show it
	Release     string        // of vendorgate, which a policy may constrain
	FailOn      diag.Severity // lightest severity that fails; Off for none
	ChangedOnly bool          // only findings about new or changed uses can fail
	Scan        Scan
	WhenUsed    bool   // a directory without a manifest passes only if its code uses no vendor
	Repository  string // owner/name; empty if unknown
	AsOf        AsOf
	Now         time.Time      // by the clock of the machine, whatever AsOf is; zero for AsOf
	Shown       []diag.Setting // settings that weaken a check if they are wrong, as the report shows them
	Progress    func(done, total int) // called while code is searched, by several goroutines; nil for nobody
}

// Scan says whether the code is searched for vendors that nobody has declared.
type Scan string

// The choices.
const (
	ScanAuto Scan = "auto" // wherever the code is there
	ScanOn   Scan = "on"   // code that is not there is a gap
	ScanOff  Scan = "off"
)

// Report is a finished check.
type Report struct {
	diag.Report
	NothingAllowed bool              // if there is nothing to check, that is what the settings allow
	Files          map[string]string // the files that findings may point at: their paths in the repository, by name
}
