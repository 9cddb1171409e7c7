package check

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
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
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// Search searches a tree for vendors. It skips the manifests and the registry itself.
type Search struct {
	Files     fs.FS
	Manifests []manifest.Manifest
	Excluded  []string           // manifests that exclude_manifests leaves out
	Skip      string             // path of the registry in the tree; empty if it is elsewhere
	Registry  *registry.Registry // its records add hosts and packages of vendors; may be nil
	Embedded  fs.FS              // the embedded registry
	Ignores   *Ignores           // nil ignores nothing

	Strict   bool                             // report hints as likely uses
	Listed   func() (worktree.Listing, error) // the files of the tree; nil to list them now
	Progress func(done, total int)            // called concurrently after each file; may be nil
	Before   func(file string) detect.Earlier // returns a file as it was before the change; nil if there is none
	Archive  source.ReadArchive               // reads the files that Listed names; nil to read them from Files
}

// Limits on a search of code that is not checked out. It takes up to maxHeld bytes of memory, besides the list of files. Unpacking
// and searching 2 GiB takes half a minute. docs/limits.md lists the limits.
const (
	maxEntries  = 200_000   // files and folders; GitHub lists 100,000
	maxPacked   = 250 << 20 // bytes to download
	maxUnpacked = 2 << 30   // bytes to unpack
	maxSearched = 256 << 20 // bytes of files that are kept: those with a name of a vendor, and dependency files
	maxHeld     = 32 << 20  // bytes of the same, compressed
)

// Run runs the search. illegible names the records whose vendors cannot be found, because nothing can be read in them.
func (s Search) Run(ctx context.Context) (result *detect.Result, illegible []string, err error) {
	c, illegible, err := catalogue(s.Embedded, s.Registry)
	if err != nil {
		return nil, nil, err
	}
	result, err = s.with(ctx, c)
	return result, illegible, err
}

// with searches for the vendors of a catalogue.
func (s Search) with(ctx context.Context, c *detect.Catalogue) (*detect.Result, error) {
	declarations := map[string]bool{}
	for _, m := range s.Manifests {
		declarations[m.Path] = true
	}
	for _, name := range s.Excluded {
		declarations[name] = true
	}
	o := detect.Options{Strict: s.Strict, Listed: s.Listed, Progress: s.Progress, Before: s.Before, Declared: manifest.CoverageOf(s.Manifests).Covers}
	if s.Ignores != nil {
		o.Ignore = s.Ignores.covers
	}
	o.Exclude = func(file string) bool {
		return declarations[file] || s.Skip != "" && file == s.Skip || s.Skip != "" && strings.HasPrefix(file, s.Skip+"/") && slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(file))
	}
	if s.Archive == nil {
		return detect.Scan(s.Files, c, o)
	}
	stream, err := detect.NewStream(c, o, detect.Keep{Held: maxHeld, Whole: maxSearched})
	if err != nil {
		return nil, err
	}
	short, err := s.Archive(ctx, source.ArchiveLimits{Entries: maxEntries, Packed: maxPacked, Unpacked: maxUnpacked, File: detect.MaxFile}, stream.Add)
	if err != nil {
		return nil, err
	}
	return stream.Result(short), nil
}

// scanCode searches the code for undeclared vendors. It returns nil if the search is off or impossible.
func (in Inputs) scanCode(ctx context.Context, asOf time.Time) (*gate.CodeScan, remarks) {
	h := in.Head
	required := in.Trusted.Policy != nil && in.Trusted.Policy.MinimumGate.Scan.Value
	switch {
	case required && h.Files != nil && in.Scan == ScanOff:
		return nil, gap(h.Dir, "the policy requires a search of the code (scan: required), but --scan is off")
	case h.Files == nil || in.Trusted.Registry == nil || in.Trusted.Policy == nil:
		return nil, remarks{}
	case in.Scan == ScanOff:
		return nil, outside(h)
	}
	complete := required || in.Scan == ScanOn || in.WhenUsed && in.Declared.Nothing != ""
	var missing remarks
	if complete {
		h, missing = whole(ctx, h, required)
	}
	ignores := NewIgnores(in.Declared.Manifests, in.Agreed, in.Trusted.Registry, in.Trusted.Policy, in.Trusted.Policy.At(asOf))
	result, illegible, err := Search{
		Files: h.Files, Manifests: in.Declared.Manifests, Excluded: in.Declared.Excluded, Skip: in.Skip,
		Registry: in.Trusted.Registry, Embedded: in.Embedded, Ignores: ignores, Listed: h.Listed, Progress: in.Progress, Archive: h.Archive, Before: in.Earlier(),
	}.Run(ctx)
	if err != nil {
		return nil, gap(h.Dir, "the code cannot be searched for vendors: "+err.Error())
	}
	said := notSearched(result.Skipped, h.Name).plus(unrecognisable(illegible, in.Trusted.Registry.Tree.Name))
	if complete {
		said = said.plus(limited(result.Skipped, h.Dir), cut(result.Skipped, h.Name), missing)
	}
	return &gate.CodeScan{Result: result, Name: h.Name, Ignores: ignores.judged(), Ignored: ignores.Covered()}, said.plus(ignores.remarks())
}

// unrecognisable returns a notice about records whose vendors cannot be found in code.
func unrecognisable(records []string, name func(string) string) remarks {
	if len(records) == 0 {
		return remarks{}
	}
	return noticed(fmt.Sprintf("%s of the registry cannot be read, and nothing says by which hosts or packages to recognise the vendor, so code that uses it is not found: %s", diag.Count(len(records), "record"), firstNames(records, name)))
}

// compareScan marks which files of the scan the change touched. doubt means that the base could not be read, here or
// before.
func (in Inputs) compareScan(scan *gate.CodeScan) (compared *gate.CodeScan, doubt bool, said remarks) {
	doubt = in.Before.Unreadable != ""
	if scan == nil {
		return nil, doubt, remarks{}
	}
	changed, notice, err := in.Changed(sightingFiles(scan))
	if err != nil && !doubt {
		doubt, said = true, noticed(notice)
	}
	with := *scan
	with.Changed = changed
	if slices.ContainsFunc(with.Undeclared, func(v detect.Vendor) bool { return v.Confidence >= detect.Likely }) {
		before, err := in.DeclaredBefore()
		if err != nil && !doubt {
			doubt, said = true, noticed("the manifests of the base could not be read, so every use counts as new or changed: "+inputs.Because(err))
		}
		with.Declared = before
	}
	return &with, doubt, said
}

// sightingFiles returns the files that a finding can be about; none if the code was not searched.
func sightingFiles(scan *gate.CodeScan) []string {
	if scan == nil {
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
	for _, v := range scan.Undeclared {
		if v.Confidence >= detect.Likely {
			for _, e := range v.Sightings {
				add(e.File)
			}
			for _, file := range v.Files {
				add(file)
			}
		}
	}
	for _, h := range scan.UnknownHosts {
		add(h.File)
		for _, other := range h.Others {
			add(other.File)
		}
	}
	return out
}

// notSearched returns the remarks about skipped paths: one notice for all of them, and a gap for each file that could not be read. There is
// nothing to do about binary files, which a scan only counts.
func notSearched(all []detect.Skipped, name func(string) string) remarks {
	skipped := slices.DeleteFunc(slices.Clone(all), func(s detect.Skipped) bool { return s.Reason == detect.Binary })
	if len(skipped) == 0 {
		return remarks{}
	}
	unread := func(s detect.Skipped) bool { return strings.HasPrefix(s.Reason, detect.Unread) }
	return eachNamed(skipped, unread, name).plus(uninstalled(skipped, name), noticed(fmt.Sprintf("not searched for vendors: %s (%s); `vendorgate scan` lists them", diag.Count(len(skipped), "path"), reasons(skipped))))
}

// uninstalled returns a notice that names the dependency files that cannot be parsed and do not matter.
func uninstalled(skipped []detect.Skipped, name func(string) string) remarks {
	var files []string
	for _, s := range skipped {
		if strings.HasPrefix(s.Reason, detect.Uninstalled) {
			files = append(files, s.Path)
		}
	}
	if len(files) == 0 {
		return remarks{}
	}
	return noticed(fmt.Sprintf("not read: %s that cannot be parsed and that nothing seems to install, such as templates: %s", diag.Count(len(files), "dependency file"), firstNames(files, name)))
}

// cut returns the gaps for files that are above a limit on a single file.
func cut(skipped []detect.Skipped, name func(string) string) remarks {
	return eachNamed(skipped, detect.Cut, name)
}

// eachNamed returns a gap for each skipped path that is lost. If there are many, the last ones are only counted.
func eachNamed(skipped []detect.Skipped, lost func(detect.Skipped) bool, name func(string) string) remarks {
	var out remarks
	unnamed := map[string]int{} // by reason
	for _, s := range skipped {
		switch {
		case !lost(s):
		case len(out.gaps) < maxNamed:
			out.gaps = append(out.gaps, diag.Gap{Target: name(s.Path), Reason: s.Reason})
		default:
			unnamed[s.Reason]++
		}
	}
	for _, reason := range slices.Sorted(maps.Keys(unnamed)) {
		out.gaps = append(out.gaps, diag.Gap{Target: diag.Count(unnamed[reason], "more file"), Reason: reason})
	}
	return out
}

// maxNamed is the number of files that are named one by one.
const maxNamed = 50

// limited returns the gaps for files that were not searched because of a limit on the whole tree.
func limited(skipped []detect.Skipped, dir string) remarks {
	counts := map[string]int{}
	for _, s := range skipped {
		if limit, ok := strings.CutPrefix(s.Reason, detect.Limit); ok {
			counts[limit]++
		}
	}
	var out remarks
	for _, limit := range slices.Sorted(maps.Keys(counts)) {
		out = out.plus(gap(dir, fmt.Sprintf("%s; not searched: %s", limit, diag.Count(counts[limit], "file"))))
	}
	return out
}
