package cli

import (
	"crypto/sha1" //nolint:gosec // git's name of a content, no secret
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/source"
)

// readTraces searches the code for vendors that nobody has declared; nil if nobody is to look, or nothing can be looked at.
func readTraces(env Env, s settings, h head, found foundManifests, was baseline, known *registry.Registry, today policy.Today, rep *diag.Report) *gate.Traces {
	switch {
	case s.scan == "off" || h.files == nil || known == nil:
		return nil
	case h.away != "" && s.scan == "on":
		rep.Gaps = append(rep.Gaps, diag.Gap{Target: h.dir, Reason: "the code is not checked out, so it cannot be searched for vendors"})
		return nil
	case h.away != "":
		rep.Notices = append(rep.Notices, "the code is not checked out, so it was not searched for vendors that nobody has declared")
		return nil
	}
	c, err := catalogue(env, known)
	ignores := newIgnoreSet(found.manifests, was, today)
	var result *detect.Result
	if err == nil {
		result, err = search(env, s, h, found, c, detect.Options{Ignore: ignores.covers})
	}
	if err != nil {
		rep.Gaps = append(rep.Gaps, diag.Gap{Target: h.dir, Reason: "the code cannot be searched for vendors: " + err.Error()})
		return nil
	}
	notSearched(result.Skipped, h.name, rep)
	ignores.report(rep)
	return &gate.Traces{Result: result, Name: h.name, Ignores: ignores.head}
}

// ignoreSet are the ignore entries of the manifests. Those of the change itself silence hosts that nobody knows; a known vendor
// is silenced by what was there before the change, as a waiver is.
type ignoreSet struct {
	head, base []*gate.IgnoreUse
	folders    map[*gate.IgnoreUse]string // of the manifest that has it
	trusted    bool                       // the head's own may silence vendors
	mu         sync.Mutex
	late       map[string]bool // entries that would silence a vendor if they were merged
}

func newIgnoreSet(manifests []manifest.Manifest, was baseline, today policy.Today) *ignoreSet {
	s := &ignoreSet{folders: map[*gate.IgnoreUse]string{}, trusted: was.manifests == nil, late: map[string]bool{}}
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
		if before, ok := was.manifests[m.Path]; ok && was.lost == "" {
			before.Path = m.Path
			add(&s.base, before)
		}
	}
	return s
}

// covers reports whether an entry silences a name. It is asked by several goroutines.
func (s *ignoreSet) covers(vendor string, kind detect.Kind, name, file string) bool {
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

func (s *ignoreSet) any(list []*gate.IgnoreUse, vendor string, isPackage bool, name, file string) bool {
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

// report says which entries of the change would silence a vendor.
func (s *ignoreSet) report(rep *diag.Report) {
	if len(s.late) > 0 {
		rep.Notices = append(rep.Notices, "this change adds `ignore` entries that silence vendors: that takes effect after merge")
	}
}

// changed reports whether files are other than they were before the change; nil, if there is nothing to compare with, says
// that every file counts as changed. Files of the base that cannot be read are an error.
func changed(b *base, h head, traces *gate.Traces, declared []string) (func(string) bool, error) {
	searched := tracedFiles(traces, declared)
	if b == nil || b.tree == nil || len(searched) == 0 {
		return nil, nil
	}
	files, err := b.tree()
	if err != nil {
		return nil, err
	}
	same := map[string]bool{}
	for _, file := range searched {
		if same[file], err = unchanged(h.files, file, files, h.inRepository(file)); err != nil {
			return nil, err
		}
	}
	return func(file string) bool { return !same[file] }, nil
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

// unchanged compares a file with what it was: by its content, or, at a commit, by git's name of the content.
func unchanged(after fs.FS, name string, before fs.FS, was string) (bool, error) {
	info, err := fs.Stat(before, was)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	data, err := fs.ReadFile(after, name)
	if err != nil {
		return false, nil //nolint:nilerr // what cannot be read any more is not the same
	}
	if blob, ok := info.Sys().(github.Blob); ok {
		return string(blob) == blobName(data), nil
	}
	old, err := fs.ReadFile(before, was)
	if err != nil {
		return false, fmt.Errorf("%s: %s", was, source.Reason(err))
	}
	return string(old) == string(data), nil
}

// blobName is git's name of a content (git-hash-object).
func blobName(data []byte) string {
	h := sha1.New() //nolint:gosec // as git has it
	fmt.Fprintf(h, "blob %d\x00", len(data))
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}
