package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/source"
)

// maxAway is how many manifests are read by API: each is a request, and all runs in a repository share 1,000 an hour.
const maxAway = 100

// foundManifests is what the directory declares.
type foundManifests struct {
	manifests []manifest.Manifest
	nothing   string // why there is nothing to check; empty if there is something
	allowed   bool   // nothing to check is what the settings allow
}

// readManifests finds and parses the manifests. What is wrong with them goes into the report.
func readManifests(ctx context.Context, env Env, s settings, h head, rep *diag.Report) (foundManifests, error) {
	var out foundManifests
	if h.gone {
		out.nothing = "the push deleted what it is about"
		return out, nil
	}
	if h.files == nil {
		return out, nil // the report says why
	}
	found, err := s.search(h.files, h.name, within(env, s.dir, s.registry), within(env, s.dir, s.base))
	if err != nil {
		return out, usagef("** matches any number of folders, * one name, {a,b} either", "%s", err)
	}
	if len(found.Folders) > 0 {
		folder := found.Folders[0]
		return out, usagef("name a file in it, or write "+path.Join(folder, "**/vendors.yaml"), "--manifest %q is a directory", folder)
	}
	rep.Gaps = append(rep.Gaps, found.Gaps...)
	rep.Findings = append(rep.Findings, gate.Misplaced(found.Problems)...)
	if n := len(found.Paths); h.away != "" && n > maxAway {
		rep.Gaps = append(rep.Gaps, diag.Gap{Target: s.own.at(h.away), Reason: fmt.Sprintf("it has %d manifests, and at most %d are read by API; check out the repository before this step", n, maxAway)})
		return out, nil
	}
	for _, name := range found.Paths {
		if err := ctx.Err(); err != nil {
			return out, fmt.Errorf("check stopped: %w", err)
		}
		data, err := source.ReadFile(h.files, name)
		switch {
		case errors.Is(err, source.ErrNotRegular):
			m := manifest.Manifest{Path: name, File: h.name(name)}
			m.Problems = []diag.Problem{{Pos: diag.Pos{File: m.File, Line: 1, Col: 1}, Message: "the manifest is a link or not a plain file", Hint: "commit the file itself"}}
			out.manifests = append(out.manifests, m)
		case err != nil:
			rep.Gaps = append(rep.Gaps, diag.Gap{Target: h.name(name), Reason: because(err)})
		default:
			out.manifests = append(out.manifests, manifest.Parse(name, h.name(name), data))
		}
	}
	switch {
	case len(found.Unused) > 0:
		out.nothing = fmt.Sprintf("--manifest %s matches no file below %s", strings.Join(found.Unused, ", "), s.dir)
	case len(found.Paths) == 0 && len(found.Problems) == 0:
		out.nothing = fmt.Sprintf("there is no vendors.yaml below %s; add one, with `vendors: []` if the repository uses no API vendor", s.dir)
		inside, ok := s.ownRegistry(env)
		out.allowed = s.allowMissing || ok && inside == "." // the registry's own repository holds decisions, not uses
	}
	return out, nil
}

// used decides on a tree without a manifest by what was found in its code. Without a search there is no leave.
func (f *foundManifests) used(s settings, traces *gate.Traces, rep *diag.Report) {
	if f.nothing == "" || !s.whenUsed || !f.allowed {
		return
	}
	if traces == nil {
		f.allowed = false
		return
	}
	for _, v := range traces.Vendors {
		if v.Confidence >= detect.Likely {
			f.nothing = "" // the vendors that were found are what there is to check
			return
		}
	}
	rep.Notices = append(rep.Notices, fmt.Sprintf("no vendor was found in %s", diag.Count(traces.Files, "file")))
}

// search finds the manifests of a tree: those that the settings name, or those that there are.
func (s settings) search(files fs.FS, display func(string) string, without ...string) (manifest.Found, error) {
	if len(s.patterns) == 0 {
		return manifest.Find(files, display, without...), nil
	}
	return manifest.Match(files, s.patterns, display, without...)
}

// because is an error in words: of the file system without the path, which the reader is told anyway, of a server whole.
func because(err error) string {
	var refused *github.Error
	var limit *github.LimitError
	switch {
	case errors.As(err, &refused):
		return refused.Error()
	case errors.As(err, &limit):
		return limit.Error()
	default:
		return source.Reason(err)
	}
}
