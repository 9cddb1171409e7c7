package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/source"
)

// foundManifests is what the directory declares.
type foundManifests struct {
	manifests []manifest.Manifest
	nothing   string // why there is nothing to check; empty if there is something
	allowed   bool   // nothing to check is what the settings allow
}

// readManifests finds and parses the manifests. What is wrong with them goes into the report.
func readManifests(ctx context.Context, env Env, s settings, rep *diag.Report) (foundManifests, error) {
	var out foundManifests
	files, err := env.Open(s.dir)
	if err != nil {
		return out, usagef("name a directory that exists", "check %s: %s", s.dir, source.Reason(err))
	}
	display := func(name string) string { return path.Join(s.dir, name) }
	var found manifest.Found
	if len(s.patterns) == 0 {
		found = manifest.Find(files, display, within(env, s.dir, s.registry))
	} else if found, err = manifest.Match(files, s.patterns, display, within(env, s.dir, s.registry)); err != nil {
		return out, usagef("** matches any number of folders, * one name, {a,b} either", "%s", err)
	}
	if len(found.Folders) > 0 {
		folder := found.Folders[0]
		return out, usagef("name a file in it, or write "+path.Join(folder, "**/vendors.yaml"), "--manifest %q is a directory", folder)
	}
	rep.Gaps = append(rep.Gaps, found.Gaps...)
	rep.Findings = append(rep.Findings, policy.Misplaced(found.Problems)...)
	for _, name := range found.Paths {
		if err := ctx.Err(); err != nil {
			return out, fmt.Errorf("check stopped: %w", err)
		}
		data, err := source.ReadFile(files, name)
		switch {
		case errors.Is(err, source.ErrNotRegular):
			m := manifest.Manifest{Path: name, File: display(name)}
			m.Problems = []diag.Problem{{Pos: diag.Pos{File: m.File, Line: 1, Col: 1}, Message: "the manifest is a link or not a plain file", Hint: "commit the file itself"}}
			out.manifests = append(out.manifests, m)
		case err != nil:
			rep.Gaps = append(rep.Gaps, diag.Gap{Target: display(name), Reason: source.Reason(err)})
		default:
			out.manifests = append(out.manifests, manifest.Parse(name, display(name), data))
		}
	}
	switch {
	case len(found.Unused) > 0:
		out.nothing = fmt.Sprintf("--manifest %s matches no file below %s", strings.Join(found.Unused, ", "), s.dir)
	case len(found.Paths) == 0 && len(found.Problems) == 0:
		out.nothing = fmt.Sprintf("there is no vendors.yaml below %s; add one, with `vendors: []` if the repository uses no API vendor", s.dir)
		out.allowed = s.allowMissing
	}
	return out, nil
}

// within is the path of a folder below a directory, with slashes; empty if it does not lie below it.
func within(env Env, dir, folder string) string {
	if folder == "" {
		return ""
	}
	inside, err := filepath.Rel(env.Abs(dir), env.Abs(folder))
	if inside = filepath.ToSlash(inside); err != nil || inside == "." || inside == ".." || strings.HasPrefix(inside, "../") {
		return ""
	}
	return inside
}

// gone withdraws the permission to have no manifest where the base had one: a declaration must not end by being deleted.
func (f *foundManifests) gone(had bool, what string) {
	if f.nothing != "" && f.allowed && had {
		f.allowed = false
		f.nothing = "the change removes every manifest; " + what + "; keep one, with `vendors: []` if the repository uses no API vendor any more"
	}
}

// readBase parses the manifests as they were before the change. What is wrong with them is not this change's fault:
// what can be read of them is the baseline.
func readBase(env Env, s settings, found *foundManifests, rep *diag.Report) (map[string]manifest.Manifest, error) {
	if s.base == "" {
		if s.scopeChanged {
			rep.Notices = append(rep.Notices, "no --base is given, so every use counts as changed")
		}
		return nil, nil
	}
	rep.Baseline = s.base
	isDir, err := env.IsDir(s.base)
	if err != nil {
		return nil, usagef("name the directory, or the manifest, as it was before the change", "--base %s: %s", s.base, source.Reason(err))
	}
	if !isDir {
		if len(found.manifests) > 1 {
			return nil, usagef("give --base a directory", "--base %s is one file, and there are %d manifests to compare", s.base, len(found.manifests))
		}
		data, err := env.ReadFile(s.base)
		if err != nil {
			return nil, usagef("", "--base %s: %s", s.base, source.Reason(err))
		}
		base := map[string]manifest.Manifest{}
		for _, m := range found.manifests {
			base[m.Path] = manifest.Parse(m.Path, s.base, data)
		}
		found.gone(len(data) > 0, s.base+" had one")
		return base, nil
	}
	files, err := env.Open(s.base)
	if err != nil {
		return nil, usagef("", "--base %s: %s", s.base, source.Reason(err))
	}
	display := func(name string) string { return path.Join(s.base, name) }
	if found.nothing != "" && found.allowed {
		before := manifest.Find(files, display, within(env, s.base, s.registry))
		found.gone(len(before.Paths) > 0, s.base+" had "+strings.Join(before.Paths, ", "))
		rep.Gaps = append(rep.Gaps, before.Gaps...)
	}
	base := map[string]manifest.Manifest{}
	for _, m := range found.manifests {
		data, err := source.ReadFile(files, m.Path)
		switch {
		case err == nil:
			base[m.Path] = manifest.Parse(m.Path, display(m.Path), data)
		case errors.Is(err, source.ErrNotRegular):
			rep.Notices = append(rep.Notices, fmt.Sprintf("%s is a link or not a plain file, so its uses count as changed", display(m.Path)))
		case !errors.Is(err, fs.ErrNotExist):
			// There is no verdict now; that a use has changed must not become a certain no.
			rep.Gaps = append(rep.Gaps, diag.Gap{Target: display(m.Path), Reason: "cannot be read: " + source.Reason(err)})
			base[m.Path] = m
		}
	}
	return base, nil
}
