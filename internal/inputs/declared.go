package inputs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Declared is the content of the manifests of a tree.
type Declared struct {
	Manifests []manifest.Manifest
	Nothing   string   // why there is nothing to check; empty if there is something
	Allowed   bool     // the settings allow that there is nothing to check
	Excluded  []string // manifests that the root manifest leaves out
	Account
}

// ReadManifests finds and parses the manifests. base is the tree before the change; it may be nil. An invalid pattern is a UsageError.
func (r Request) ReadManifests(ctx context.Context, h Head, base *Base) (Declared, error) {
	switch {
	case h.deleted:
		return Declared{Nothing: "the push deleted its branch or tag"}, nil
	case h.Files == nil:
		return Declared{}, nil // the head's account says why
	}
	listing, err := h.Listed()
	if err != nil {
		return Declared{Account: gap(h.Dir, "cannot be searched: "+Because(err))}, nil
	}
	files := newCandidates(h.Files)
	if h.Away != "" {
		files.most = maxAway
	}
	out, excluded := Declared{}, newExclusions(listing, files.read, func() *Base { return r.agreedBase(ctx, h, base) })
	found, err := r.find(h.Files, manifest.Search{
		Files: listing, Display: h.Name, Read: files.read, Exclude: excluded.cover, Most: files.most,
		Ours:    func(name string, data []byte) bool { return manifest.Recognize(data) || out.was(h, base, name, data) },
		Without: []string{r.RegistryFolder(), r.Host.within(r.Dir, r.Base)},
	})
	if err != nil {
		return Declared{}, Usagef("** matches any number of folders, * any part of a name, and {a,b} either a or b", "%s", err)
	}
	if len(found.Folders) > 0 {
		folder := found.Folders[0]
		return Declared{}, Usagef("pass a file in it, or "+path.Join(folder, "**/vendors.yaml"), "--manifest %q is a directory", folder)
	}
	out.Excluded = found.Excluded
	var idle Account
	if len(r.Manifests) == 0 {
		idle = excluded.idle(found.Excluded)
	}
	out.Account = out.plus(Account{Gaps: found.Gaps, Misplaced: found.Problems}, excluded.Account, idle, leftOut(h, found))
	if reason := files.tooMany(max(found.TooMany, len(found.Paths))); reason != "" {
		target := h.Dir
		if h.Away != "" {
			target = r.Job.at(h.Away)
		}
		out.Account = out.plus(gap(target, reason))
		return out, nil
	}
	if err := out.parse(ctx, h, files, found.Paths); err != nil {
		return out, err
	}
	out.Nothing, out.Allowed = r.nothing(found)
	return out, nil
}

// nothing says why there is nothing to check, and whether the settings allow that; empty if there is something.
func (r Request) nothing(found manifest.Found) (why string, allowed bool) {
	switch {
	case len(found.Unused) > 0:
		return fmt.Sprintf("--manifest %s matches no file below %s", strings.Join(found.Unused, ", "), r.Dir), false
	case len(found.Paths)+len(found.Problems) > 0:
		return "", false
	case len(r.Manifests) > 0:
		return fmt.Sprintf("--manifest %s matches no manifest below %s", strings.Join(r.Manifests, ", "), r.Dir), false
	}
	inside, ok := r.registryInJob()
	allowed = r.MissingAllowed || ok && inside == "." // the registry's own repository needs no manifest
	return fmt.Sprintf("no vendors.yaml below %s; run `vendorgate init` to create one, with `vendors: []` if the repository uses no API vendors", r.Dir), allowed
}

// leftOut returns notices about the files that look like manifests and are not checked.
func leftOut(h Head, found manifest.Found) Account {
	var out Account
	if n := len(found.Foreign); n > 0 {
		out = out.plus(notice(fmt.Sprintf("%s: not a vendorgate manifest, so it is not checked; to create one, run `vendorgate init`", listed(h, found.Foreign))))
	}
	if n := len(found.Excluded); n > 0 {
		out = out.plus(notice(fmt.Sprintf("exclude_manifests leaves out %s: %s", diag.Count(n, "manifest"), listed(h, found.Excluded))))
	}
	return out
}

// listed returns the first paths of a list, for a message.
func listed(h Head, names []string) string {
	const most = 5
	var shown []string
	for _, name := range names[:min(len(names), most)] {
		shown = append(shown, h.Name(name))
	}
	if more := len(names) - most; more > 0 {
		shown = append(shown, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(shown, ", ")
}

// was reports whether the base had a manifest at a path, so that a change cannot make it another tool's file. data is its
// current content, which is not a manifest.
func (d *Declared) was(h Head, base *Base, name string, data []byte) bool {
	if base == nil || base.find == nil && manifest.Folder(name) != "." { // a base of one file is the manifest of the root
		return false
	}
	if base.tree != nil {
		if files, err := base.tree(); err == nil && sameBlob(files, h.InRepository(name), data) {
			return false // saves a request for each file
		}
	}
	_, before, err := base.read(name)
	switch {
	case err == nil:
		return manifest.Recognize(before)
	case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, source.ErrNotRegular):
		d.Account = d.plus(gap(h.Name(name), "it is unknown whether it was a manifest before the change: "+Because(err)))
	}
	return false
}

// parse parses the manifests, up to a limit of entries in all.
func (d *Declared) parse(ctx context.Context, h Head, files *candidates, names []string) error {
	entries := 0
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("check stopped: %w", err)
		}
		m, err := h.parse(name, files)
		if err != nil {
			d.Account = d.plus(gap(h.Name(name), Because(err)))
			continue
		}
		if entries += len(m.Uses); entries > maxEntries {
			d.Account = d.plus(gap(h.Name(name), fmt.Sprintf("the manifests up to this one have %d entries, but one run can check at most %d; %s", entries, maxEntries, checkParts)))
			return nil
		}
		d.Manifests = append(d.Manifests, m)
	}
	return nil
}

// parse parses one manifest. If it is not a regular file, the result is a manifest with a problem.
func (h Head) parse(name string, files *candidates) (manifest.Manifest, error) {
	data, err := files.read(name)
	if errors.Is(err, source.ErrNotRegular) {
		m := manifest.Manifest{Path: name, File: h.Name(name)}
		m.Problems = []diag.Problem{{Pos: diag.Pos{File: m.File, Line: 1, Col: 1}, Message: "the manifest is a link or not a plain file", Hint: "commit the file itself"}}
		return m, nil
	}
	if err != nil {
		return manifest.Manifest{}, err
	}
	m := manifest.Parse(name, h.Name(name), data)
	if len(m.Excludes) > 0 && !slices.Contains(manifest.RootPaths(), h.InRepository(name)) {
		m.Problems = append(m.Problems, diag.Problem{Pos: m.Excludes[0].Pos, Message: "exclude_manifests only counts in the manifest at the root of the repository", Hint: "move it there"})
	}
	return m, nil
}

// IDs returns the ids of the declared vendors, each once, in order.
func (d Declared) IDs() []string {
	var out []string
	seen := map[string]bool{}
	for _, m := range d.Manifests {
		for _, u := range m.Uses {
			if id := u.ID.Value; !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}
