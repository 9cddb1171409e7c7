package inputs

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
)

// maxAway limits the manifests that are read from a Forge. Each is a request, and all jobs in a repository share a rate limit.
const maxAway = 100

// Declared is the content of the manifests of a tree.
type Declared struct {
	Manifests []manifest.Manifest
	Nothing   string // why there is nothing to check; empty if there is something
	Allowed   bool   // the settings allow that there is nothing to check
	Account
}

// ReadManifests finds and parses the manifests. An invalid pattern is a UsageError.
func (r Request) ReadManifests(ctx context.Context, h Head) (Declared, error) {
	switch {
	case h.deleted:
		return Declared{Nothing: "the push deleted its branch or tag"}, nil
	case h.Files == nil:
		return Declared{}, nil // the head's account says why
	}
	found, err := r.find(h.Files, h.Name, r.RegistryFolder(), r.Host.within(r.Dir, r.Base))
	if err != nil {
		return Declared{}, usagef("** matches any number of folders, * any part of a name, and {a,b} either a or b", "%s", err)
	}
	if len(found.Folders) > 0 {
		folder := found.Folders[0]
		return Declared{}, usagef("pass a file in it, or "+path.Join(folder, "**/vendors.yaml"), "--manifest %q is a directory", folder)
	}
	out := Declared{Account: Account{Gaps: found.Gaps, Misplaced: found.Problems}}
	if n := len(found.Paths); h.Away != "" && n > maxAway {
		reason := fmt.Sprintf("it has %d manifests, and at most %d can be read through the API; check out the repository before this step", n, maxAway)
		out.Account = out.plus(gap(r.Job.at(h.Away), reason))
		return out, nil
	}
	for _, name := range found.Paths {
		if err := ctx.Err(); err != nil {
			return out, fmt.Errorf("check stopped: %w", err)
		}
		m, err := h.parse(name)
		if err != nil {
			out.Account = out.plus(gap(h.Name(name), Because(err)))
			continue
		}
		out.Manifests = append(out.Manifests, m)
	}
	switch {
	case len(found.Unused) > 0:
		out.Nothing = fmt.Sprintf("--manifest %s matches no file below %s", strings.Join(found.Unused, ", "), r.Dir)
	case len(found.Paths) == 0 && len(found.Problems) == 0:
		out.Nothing = fmt.Sprintf("no vendors.yaml below %s; add one, with `vendors: []` if the repository uses no API vendors", r.Dir)
		inside, ok := r.registryInJob()
		out.Allowed = r.MissingAllowed || ok && inside == "." // the registry's own repository needs no manifest
	}
	return out, nil
}

// parse reads one manifest. If it is not a regular file, the result is a manifest with a problem.
func (h Head) parse(name string) (manifest.Manifest, error) {
	data, err := source.ReadFile(h.Files, name)
	if errors.Is(err, source.ErrNotRegular) {
		m := manifest.Manifest{Path: name, File: h.Name(name)}
		m.Problems = []diag.Problem{{Pos: diag.Pos{File: m.File, Line: 1, Col: 1}, Message: "the manifest is a link or not a plain file", Hint: "commit the file itself"}}
		return m, nil
	}
	if err != nil {
		return manifest.Manifest{}, err
	}
	return manifest.Parse(name, h.Name(name), data), nil
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
