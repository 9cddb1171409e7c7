package check

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// Search is a search of a tree for vendors. What is declared, and the registry itself, is no trace of one.
type Search struct {
	Files     fs.FS
	Manifests []manifest.Manifest
	Skip      string             // path of the registry in the tree; empty if it lies elsewhere
	Registry  *registry.Registry // whose records say what else belongs to a vendor; nil for none
	Embedded  fs.FS              // the registry inside vendorgate
	Ignores   *Ignores           // nil ignores nothing

	Strict   bool                           // hints count as likely uses
	Listed   func() (detect.Listing, error) // what detect.List returned for the tree; nil to list it now
	Progress func(done, total int)          // called after each file, by several goroutines; nil for nobody
}

// Run searches.
func (s Search) Run() (*detect.Result, error) {
	c, err := catalogue(s.Embedded, s.Registry)
	if err != nil {
		return nil, err
	}
	declarations := map[string]bool{}
	for _, m := range s.Manifests {
		declarations[m.Path] = true
	}
	o := detect.Options{Strict: s.Strict, Listed: s.Listed, Progress: s.Progress}
	if s.Ignores != nil {
		o.Ignore = s.Ignores.covers
	}
	o.Exclude = func(file string) bool {
		return declarations[file] || s.Skip != "" && strings.HasPrefix(file, s.Skip+"/") && slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(file))
	}
	return detect.Scan(s.Files, c, o)
}

// scanCode searches the code for vendors that nobody has declared; nil if nobody is to look, or nothing can be looked at.
func (in Inputs) scanCode(asOf time.Time) (*gate.Traces, remarks) {
	h := in.Head
	required := in.Trusted.Policy != nil && in.Trusted.Policy.MinimumGate.Scan.Value
	switch {
	case required && h.Files != nil && (in.Scan == ScanOff || h.Away != ""):
		return nil, notScanned(h, in.Scan == ScanOff)
	case in.Scan == ScanOff || h.Files == nil || in.Trusted.Registry == nil || in.Trusted.Policy == nil:
		return nil, remarks{}
	case h.Away != "" && in.Scan == ScanOn:
		return nil, gap(h.Dir, "the code is not checked out, so it cannot be searched for vendors")
	case h.Away != "":
		return nil, noticed("the code is not checked out, so it was not searched for vendors that nobody has declared")
	}
	ignores := NewIgnores(in.Declared.Manifests, in.Before, in.Trusted.Policy.At(asOf))
	result, err := Search{
		Files: h.Files, Manifests: in.Declared.Manifests, Skip: in.Skip, Registry: in.Trusted.Registry, Embedded: in.Embedded, Ignores: ignores, Progress: in.Progress,
	}.Run()
	if err != nil {
		return nil, gap(h.Dir, "the code cannot be searched for vendors: "+err.Error())
	}
	return &gate.Traces{Result: result, Name: h.Name, Ignores: ignores.head}, notSearched(result.Skipped, h.Name).plus(ignores.remarks())
}

// notScanned is the gap of a policy that requires a search of the code which the run leaves out.
func notScanned(h inputs.Head, off bool) remarks {
	if off {
		return gap(h.Dir, "the policy requires a search of the code for vendors (scan: required), and the run has scan off")
	}
	return gap(h.Dir, "the policy requires a search of the code for vendors (scan: required), and the code is not checked out")
}

// compareTraces adds to traces which of their files the change touched. doubt reports that the base could not be read, for
// this or before.
func (in Inputs) compareTraces(traces *gate.Traces) (compared *gate.Traces, doubt bool, said remarks) {
	doubt = in.Before.Lost != ""
	if traces == nil {
		return nil, doubt, remarks{}
	}
	changed, notice, err := in.Changed(tracedFiles(traces, in.Declared.IDs()))
	if err != nil && !doubt {
		doubt, said = true, noticed(notice)
	}
	with := *traces
	with.Changed = changed
	return &with, doubt, said
}

// tracedFiles are those that a finding may be about; none if nobody looked.
func tracedFiles(traces *gate.Traces, declared []string) []string {
	if traces == nil {
		return nil
	}
	var out []string
	seen := map[string]bool{}
	add := func(file string) {
		if !seen[file] {
			seen[file] = true
			out = append(out, file)
		}
	}
	ids := map[string]bool{}
	for _, id := range declared {
		ids[id] = true
	}
	for _, v := range traces.Vendors {
		if v.Confidence >= detect.Likely && !ids[v.ID] {
			for _, e := range v.Evidence {
				add(e.File)
			}
		}
	}
	for _, h := range traces.UnknownHosts {
		add(h.File)
	}
	return out
}

// notSearched are the remarks about what a search left out: one notice, and a gap for each file that should have been
// searched and could not be read.
func notSearched(skipped []detect.Skipped, name func(string) string) remarks {
	if len(skipped) == 0 {
		return remarks{}
	}
	var out remarks
	reasons := map[string]int{}
	for _, s := range skipped {
		if strings.HasPrefix(s.Reason, detect.Unread) {
			out.gaps = append(out.gaps, diag.Gap{Target: name(s.Path), Reason: s.Reason})
		}
		reasons[s.Reason]++
	}
	var parts []string
	for reason, n := range reasons {
		parts = append(parts, fmt.Sprintf("%d: %s", n, reason))
	}
	slices.Sort(parts)
	if more := len(parts) - 5; more > 0 {
		parts = append(parts[:5], fmt.Sprintf("and %d more reasons", more))
	}
	return out.plus(noticed(fmt.Sprintf("%d paths were not searched for vendors (%s); `vendorgate scan` lists them", len(skipped), strings.Join(parts, "; "))))
}
