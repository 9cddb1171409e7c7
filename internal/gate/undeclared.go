package gate

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// CodeScan is the result of a scan of the source tree.
type CodeScan struct {
	*detect.Result
	Name    func(file string) string // name of a file in reports
	Changed func(file string) bool   // since the base; nil if every file counts as changed
	Ignores []*IgnoreUse
}

// IgnoreUse is an ignore entry of a manifest, and whether it matched anything.
type IgnoreUse struct {
	manifest.Ignore
	Lapsed bool // its last day is over, so it has no effect
	Met    bool // it matched something
}

// maxUnknown is how many unknown hosts get a finding of their own.
const maxUnknown = 30

// undeclared reports vendors that the code uses but no manifest declares (VG-REG-002), unknown hosts (VG-REG-008) and ignore
// entries without effect (VG-MAN-004).
func (e *evaluation) undeclared() {
	scan := e.in.CodeScan
	if scan == nil {
		return
	}
	declared := map[string]bool{}
	for i := range e.in.Manifests {
		for _, u := range e.in.Manifests[i].Uses {
			declared[u.ID.Value] = true
		}
	}
	for i := range scan.Vendors {
		if v := &scan.Vendors[i]; v.Confidence >= detect.Likely && !declared[v.ID] {
			e.undeclaredVendor(v)
		}
	}
	e.unknownHosts()
	for _, ignored := range scan.Ignores {
		e.unusedIgnore(ignored)
	}
}

// undeclaredUse returns the use of a vendor that no manifest declares.
func (e *evaluation) undeclaredUse(id string, pos diag.Pos, files ...string) *rules.Subject {
	m := &manifest.Manifest{Path: "vendors.yaml", File: e.in.CodeScan.Name("vendors.yaml")}
	if len(e.in.Manifests) > 0 {
		m = &e.in.Manifests[0]
	}
	u := &rules.Subject{Manifest: m, Policy: e.in.Policy, Today: e.today, Repository: e.in.Repository, Tier: 1}
	u.ID = diag.At[string]{Value: id, Pos: pos}
	u.Introduced = !e.in.NoChange && (e.in.CodeScan.Changed == nil || slices.ContainsFunc(files, e.in.CodeScan.Changed))
	if id == "" {
		return u
	}
	if v, err := e.in.Registry.Vendor(id); err == nil && v != nil && v.Record != nil && len(v.Problems) == 0 {
		u.Vendor = v
		if tier := u.Attr("risk.tier"); tier.Known() {
			u.Tier = tier.Int + 1
		}
	}
	return u
}

func (e *evaluation) undeclaredVendor(v *detect.Vendor) {
	best := v.Sightings[0]
	pos := diag.Pos{File: e.in.CodeScan.Name(best.File), Line: best.Line, Col: best.Col}
	var files []string
	for _, sighting := range v.Sightings {
		files = append(files, sighting.File)
	}
	u := e.undeclaredUse(v.ID, pos, files...)
	if e.in.Policy.Rule(rules.Undeclared).Levels[u.Tier] == diag.Off {
		return
	}
	name := fmt.Sprintf("%q", v.ID)
	if u.Vendor != nil && u.Vendor.Name() != v.ID {
		name += " (" + u.Vendor.Name() + ")"
	}
	f := rules.Fault{
		Pos: pos, Key: "undeclared",
		Message: fmt.Sprintf("the code uses %s, but %s does not declare it (%s %q, %s)", name, path.Base(u.Manifest.File), best.Kind, best.Text, v.Confidence),
		Hint:    fmt.Sprintf("Add the entry below to %s and fill it in. If the code does not use the vendor, add it to ignore with a reason.", u.Manifest.File),
		Paste:   ManifestEntry(v.ID),
	}
	row := e.row(u)
	row.Tier = 0
	if u.Vendor != nil {
		row.Name = u.Vendor.Name()
	}
	if u.Vendor != nil && u.Vendor.Reviewed() {
		row.Tier = u.Tier
		row.Status = "undeclared, " + u.Policy.ShownStatus(u.Vendor.Record.Get("status").Text)
		row.Expires = u.Vendor.Record.Get("approval.expires").Text
	} else {
		unknown := e.notRegistered(u)
		f.Hint += " The vendor is not approved yet. " + unknown.Hint
		f.Request = unknown.Request
		row.Status = "undeclared"
		e.unvetted[v.ID] = true
	}
	for _, sighting := range v.Sightings[1:] {
		f.Related = append(f.Related, diag.Related{
			Pos:     diag.Pos{File: e.in.CodeScan.Name(sighting.File), Line: sighting.Line, Col: sighting.Col},
			Message: fmt.Sprintf("%s %q", sighting.Kind, sighting.Text),
		})
	}
	e.rule(u, rules.Undeclared, f)
}

// ManifestEntry returns a manifest entry for a vendor, with comments on what to fill in.
func ManifestEntry(id string) string {
	return "  - id: " + id + "\n" +
		"    purpose: TODO               # what the vendor is used for, in a few words\n" +
		"    environments: [prod]        # where it is used: dev, test, sandbox, staging, prod\n" +
		"    data: [confidential]        # data classes sent or received; [none] if there are none\n"
}

// unknownHosts reports hosts of unknown vendors, once per domain. Hosts that did not change are warnings at most.
func (e *evaluation) unknownHosts() {
	scan := e.in.CodeScan
	for i, h := range scan.UnknownHosts {
		pos := diag.Pos{File: scan.Name(h.File), Line: h.Line, Col: h.Col}
		u := e.undeclaredUse("", pos, h.File)
		f := rules.Fault{
			Pos: pos, Key: "unknown:" + h.Domain,
			Message: fmt.Sprintf("the code seems to call %q, a host of an unknown vendor (%s)", h.Host, strings.ReplaceAll(h.Why, "`", "")),
			Hint:    fmt.Sprintf("Declare the vendor in %s, or add the host to ignore with a reason such as first-party.", u.Manifest.File),
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

// unusedIgnore reports an ignore entry that has expired or matches nothing.
func (e *evaluation) unusedIgnore(i *IgnoreUse) {
	u := e.undeclaredUse("", i.Pos)
	u.Introduced = false
	what := strings.Join(slices.DeleteFunc([]string{i.Vendor, i.Host, i.Package, i.Path}, func(s string) bool { return s == "" }), " ")
	switch {
	case i.Lapsed:
		e.rule(u, rules.IgnoreIdle, rules.Fault{
			Pos: i.Expires.Pos, Key: "lapsed:" + what,
			Message: fmt.Sprintf("the ignore entry for %q expired on %s", what, i.Expires.Value),
			Hint:    "Remove it, or check that the reason still applies and set a new date.",
		})
	case !i.Met:
		e.rule(u, rules.IgnoreIdle, rules.Fault{
			Pos: i.Pos, Key: "idle:" + what, MaxSeverity: diag.Note,
			Message: fmt.Sprintf("the ignore entry for %q matches nothing in the code", what),
			Hint:    "Remove it.",
		})
	}
}
