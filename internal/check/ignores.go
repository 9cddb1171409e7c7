package check

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// Ignores are the ignore entries of the manifests that are judged, and of those on the default branch. An entry of the change itself
// covers hosts of unknown vendors; a known vendor is covered only by what is agreed, as by a waiver.
type Ignores struct {
	entries []*gate.IgnoreUse // first those that are judged
	known   *registry.Registry

	mu       sync.Mutex
	statuses map[string]string // of known vendors, by id
}

// NewIgnores gathers the ignore entries. The registry says which vendors no entry covers.
func NewIgnores(manifests []manifest.Manifest, agreed inputs.Agreed, known *registry.Registry, p *policy.Policy, today policy.Today) *Ignores {
	s := &Ignores{known: known, statuses: map[string]string{}}
	for i := range manifests {
		for _, entry := range manifests[i].Ignores {
			use := gate.NewIgnoreUse(entry, p, today)
			use.Folder, use.Head, use.Agreed = manifest.Folder(manifests[i].Path), true, agreed.Head
			s.entries = append(s.entries, use)
		}
	}
	s.entries = append(s.entries, gate.FirstParty(p, today)...)
	for _, name := range slices.Sorted(maps.Keys(agreed.Manifests)) {
		m := agreed.Manifests[name]
		for _, entry := range m.Ignores {
			s.agree(entry, manifest.Folder(m.Path), p, today)
		}
	}
	return s
}

// agree adds an entry of the default branch, or marks those of the change that say the same.
func (s *Ignores) agree(entry manifest.Ignore, folder string, p *policy.Policy, today policy.Today) {
	found := false
	for _, use := range s.entries {
		if use.Head && use.Folder == folder && use.Same(&entry) {
			use.Agreed, found = true, true
		}
	}
	if !found {
		use := gate.NewIgnoreUse(entry, p, today)
		use.Folder, use.Agreed = folder, true
		s.entries = append(s.entries, use)
	}
}

// covers reports whether an entry covers a name. It is safe for concurrent use.
func (s *Ignores) covers(vendor string, kind detect.Kind, name, file string) bool {
	isPackage := kind == detect.KindPackage || kind == detect.KindImport
	found := false
	for _, use := range s.entries {
		below := file
		if use.Folder != "." {
			rest, ok := strings.CutPrefix(file, use.Folder+"/")
			if !ok {
				continue
			}
			below = rest
		}
		if !use.Covers(vendor, isPackage, name, below) {
			continue
		}
		s.mu.Lock()
		if use.Admits(vendor, s.status(vendor)) && !found {
			found = true
			use.Cover(cmp.Or(vendor, name))
		}
		s.mu.Unlock()
	}
	return found
}

// status is the status of a vendor; empty if its record has none.
func (s *Ignores) status(vendor string) string {
	if status, ok := s.statuses[vendor]; ok || vendor == "" || s.known == nil {
		return status
	}
	status := ""
	switch v, err := s.known.Vendor(vendor); {
	case err != nil || v != nil && len(v.Problems) > 0:
		status = gate.UnreadableStatus
	case v != nil && v.Record != nil:
		status = v.Record.Get("status").Text
	}
	if twin, err := s.known.Twin(vendor); twin != "" || err != nil {
		status = gate.UnreadableStatus
	}
	if status == "" {
		if _, found, err := s.known.Stray(vendor); found || err != nil {
			status = gate.UnreadableStatus
		}
	}
	s.statuses[vendor] = status
	return status
}

// judged are the entries of the manifests that are judged.
func (s *Ignores) judged() []*gate.IgnoreUse {
	return slices.DeleteFunc(slices.Clone(s.entries), func(i *gate.IgnoreUse) bool { return !i.Head })
}

// Covered lists what the entries cover.
func (s *Ignores) Covered() []diag.Ignored { return gate.Ignored(s.entries) }

// remarks returns a notice if entries of the change will cover a known vendor after merge.
func (s *Ignores) remarks() remarks {
	if !slices.ContainsFunc(s.entries, func(i *gate.IgnoreUse) bool { return i.Late }) {
		return remarks{}
	}
	return noticed("the `ignore` entries for known vendors that this change adds take effect after merge")
}
