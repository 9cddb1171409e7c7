package gate

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// maxUnknown is how many unknown hosts get a finding of their own.
const maxUnknown = 30

// unknownHosts reports hosts of unknown vendors, once per domain. Hosts that did not change are warnings at most.
func (e *evaluation) unknownHosts() {
	scan := e.in.CodeScan
	for i, h := range scan.UnknownHosts {
		pos := diag.Pos{File: scan.Name(h.File), Line: h.Line, Col: h.Col}
		u := e.undeclaredUse("", pos, h.File)
		f := subject.Fault{
			Pos: pos, Key: "unknown:" + h.Domain,
			Message: fmt.Sprintf("the code seems to call %q, a host of an unknown vendor (%s)", h.Host, strings.ReplaceAll(h.Why, "`", "")),
			Hint:    fmt.Sprintf("Declare the vendor in %s, or add the host to ignore with a reason such as first-party.", u.Manifest.File),
		}
		if e.in.Policy.Ignore.NoHosts.Value {
			f.Hint = fmt.Sprintf("Declare the vendor in %s.", u.Manifest.File)
		}
		if !u.Introduced {
			f.MaxSeverity = diag.Warning
		}
		if i == maxUnknown {
			f.Message = fmt.Sprintf("%d more hosts of unknown vendors", len(scan.UnknownHosts)-i)
			f.Hint, f.Key = "Run `vendorgate scan` to list them all.", "unknown:more"
		}
		e.rule(u, rules.UnknownHost, f)
		if i == maxUnknown {
			return
		}
	}
}
