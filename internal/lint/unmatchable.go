package lint

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/search"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// unmatchable warns of the entries of a record by which its vendor is to be recognised, and which nothing in code can match.
func (l *Linter) unmatchable(out *Linted, vendor string, r *attr.Record) {
	for _, c := range []struct {
		path  string
		judge func(text string) (problem, hint string)
	}{
		{"api_hosts", search.HostFault},
		{"domains", search.HostFault},
		{"sdks", search.PackageFault},
		{"detect.env_names", search.EnvNameFault},
		{"detect.script_hosts", search.HostFault},
		{"detect.imports", search.ImportFault},
		{"detect.resources", search.ResourceFault},
		{"detect.urls", search.URLFault},
		{"detect.files", search.FileFault},
		{"detect.symbols", search.SymbolFault},
		{"scope.hosts", search.HostFault},
	} {
		items := r.Get(c.path).Items
		for i := range items {
			if problem, hint := c.judge(items[i].Text); problem != "" {
				l.add(out, rules.RecordContradicts, diag.Warning, vendor, subject.Defect{
					Pos: items[i].Pos, Key: c.path + ":" + items[i].Text, Message: fmt.Sprintf("%s has %q, which matches nothing: %s", c.path, items[i].Text, problem), Hint: hint,
				})
			}
		}
	}
}
