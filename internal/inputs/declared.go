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

// maxAway is how many manifests are read from a Forge: each is a request, and all jobs in a repository share a budget.
const maxAway = 100

// Declared is what the manifests of a tree declare.
type Declared struct {
	Manifests []manifest.Manifest
	Nothing   string // why there is nothing to check; empty if there is something
	Allowed   bool   // nothing to check is what the settings allow
	Account
}

// ReadManifests finds and parses the manifests. A pattern that cannot be used is a UsageError.
func (r Request) ReadManifests(ctx context.Context, h Head) (Declared, error) {
	switch {
	case h.deleted:
		return Declared{Nothing: "the push deleted what it is about"}, nil
	case h.Files == nil:
		return Declared{}, nil // the account of the head says why
	}
	found, err := r.find(h.Files, h.Name, r.RegistryFolder(), r.Host.within(r.Dir, r.Base))
	if err != nil {
		return Declared{}, usagef("** matches any number of folders, * one name, {a,b} either", "%s", err)
	}
	if len(found.Folders) > 0 {
		folder := found.Folders[0]
		return Declared{}, usagef("name a file in it, or write "+path.Join(folder, "**/vendors.yaml"), "--manifest %q is a directory", folder)
	}
	out := Declared{Account: Account{Gaps: found.Gaps, Misplaced: found.Problems}}
	if n := len(found.Paths); h.Away != "" && n > maxAway {
		reason := fmt.Sprintf("it has %d manifests, and at most %d are read by API; check out the repository before this step", n, maxAway)
		out.Account = out.Account.plus(gap(r.Job.at(h.Away), reason))
		return out, nil
	}
	for _, name := range found.Paths {
		if err := ctx.Err(); err != nil {
			return out, fmt.Errorf("check stopped: %w", err)
		}
		m, err := h.parse(name)
		if err != nil {
			out.Account = out.Account.plus(gap(h.Name(name), Because(err)))
			continue
		}
		out.Manifests = append(out.Manifests, m)
	}
	switch {
	case len(found.Unused) > 0:
		out.Nothing = fmt.Sprintf("--manifest %s matches no file below %s", strings.Join(found.Unused, ", "), r.Dir)
	case len(found.Paths) == 0 && len(found.Problems) == 0:
		out.Nothing = fmt.Sprintf("there is no vendors.yaml below %s; add one, with `vendors: []` if the repository uses no API vendor", r.Dir)
		inside, ok := r.registryInJob()
		out.Allowed = r.MissingAllowed || ok && inside == "." // the registry's own repository holds decisions, not uses
	}
	return out, nil
}

// parse reads one manifest. What is no plain file is a manifest with a problem.
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

// IDs are the vendors that manifests declare, each once, in their order.
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
