package check

import (
	"path"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Ignores are the ignore entries of the manifests. Entries that a change adds apply to unknown hosts only. Known vendors are
// ignored by entries from before the change, just as waivers come from before it.
type Ignores struct {
	head, base []*gate.IgnoreUse
	folders    map[*gate.IgnoreUse]string // of the manifest that has the entry
	trusted    bool                       // the entries of the head may ignore known vendors
	mu         sync.Mutex
	late       map[string]bool // vendors that the head's entries will ignore after merge
}

// NewIgnores collects the ignore entries of manifests, as they are and as they were before the change. The zero Before means
// that there is no change.
func NewIgnores(manifests []manifest.Manifest, before inputs.Before, today policy.Today) *Ignores {
	s := &Ignores{folders: map[*gate.IgnoreUse]string{}, trusted: before.Manifests == nil, late: map[string]bool{}}
	add := func(list *[]*gate.IgnoreUse, m manifest.Manifest) {
		folder := path.Dir(m.Path)
		if path.Base(folder) == ".github" {
			folder = path.Dir(folder)
		}
		for _, i := range m.Ignores {
			use := &gate.IgnoreUse{Ignore: i}
			use.Lapsed = i.Expires.Value != scalar.Date{} && i.Expires.Value.Lapsed(today.Instant, today.Zone)
			s.folders[use] = folder
			*list = append(*list, use)
		}
	}
	for _, m := range manifests {
		add(&s.head, m)
		if was, ok := before.Manifests[m.Path]; ok && before.Unreadable == "" {
			was.Path = m.Path
			add(&s.base, was)
		}
	}
	return s
}

// covers reports whether an entry ignores a name. It is safe for concurrent use.
func (s *Ignores) covers(vendor string, kind detect.Kind, name, file string) bool {
	if len(s.head)+len(s.base) == 0 {
		return false
	}
	isPackage := kind == detect.KindPackage || kind == detect.KindImport
	byHead, byBase := s.any(s.head, vendor, isPackage, name, file), s.any(s.base, vendor, isPackage, name, file)
	switch {
	case vendor == "" || s.trusted:
		return byHead || byBase
	case byHead && !byBase:
		s.mu.Lock()
		s.late[vendor] = true
		s.mu.Unlock()
	}
	return byBase
}

func (s *Ignores) any(list []*gate.IgnoreUse, vendor string, isPackage bool, name, file string) bool {
	found := false
	for _, use := range list {
		below := file
		if folder := s.folders[use]; folder != "." {
			rest, ok := strings.CutPrefix(file, folder+"/")
			if !ok {
				continue
			}
			below = rest
		}
		if !use.Covers(vendor, isPackage, name, below) {
			continue
		}
		s.mu.Lock()
		use.Met = true
		s.mu.Unlock()
		found = found || !use.Lapsed
	}
	return found
}

// remarks returns a notice if entries of the change will ignore a known vendor after merge.
func (s *Ignores) remarks() remarks {
	if len(s.late) == 0 {
		return remarks{}
	}
	return noticed("the `ignore` entries for known vendors that this change adds take effect after merge")
}
