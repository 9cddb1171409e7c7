package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// foundManifests is what the directory declares.
type foundManifests struct {
	manifests []manifest.Manifest
	nothing   string // why there is nothing to check; empty if there is something
	allowed   bool   // nothing to check is what the settings allow
}

// readManifests finds and parses the manifests. What is wrong with them goes into the report.
func readManifests(env Env, s settings, rep *diag.Report) (foundManifests, error) {
	var out foundManifests
	files, err := env.Open(s.dir)
	if err != nil {
		return out, usagef("name a directory that exists", "check %s: %s", s.dir, source.Reason(err))
	}
	display := func(name string) string { return path.Join(s.dir, name) }
	var found manifest.Found
	if len(s.patterns) == 0 {
		found = manifest.Find(files, display)
	} else if found, err = manifest.Match(files, s.patterns); err != nil {
		return out, usagef("** matches any number of folders, * one name, {a,b} either", "%s", err)
	}
	rep.Gaps = append(rep.Gaps, found.Gaps...)
	rep.Findings = append(rep.Findings, policy.Misplaced(found.Problems)...)
	for _, name := range found.Paths {
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
		out.nothing = fmt.Sprintf("--manifest %s matches no file below %s", join(found.Unused), s.dir)
	case len(found.Paths) == 0 && len(found.Problems) == 0:
		out.nothing = fmt.Sprintf("there is no vendors.yaml below %s; add one, with `vendors: []` if the repository uses no API vendor", s.dir)
		out.allowed = s.allowMissing
	}
	return out, nil
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
	if before := manifest.Find(files, func(name string) string { return name }); len(before.Paths) > 0 {
		found.gone(true, s.base+" had "+join(before.Paths))
	}
	base := map[string]manifest.Manifest{}
	for _, m := range found.manifests {
		data, err := source.ReadFile(files, m.Path)
		switch {
		case err == nil:
			base[m.Path] = manifest.Parse(m.Path, path.Join(s.base, m.Path), data)
		case !errors.Is(err, fs.ErrNotExist):
			rep.Notices = append(rep.Notices, fmt.Sprintf("%s cannot be read (%s), so its uses count as changed", path.Join(s.base, m.Path), source.Reason(err)))
		}
	}
	return base, nil
}

// readRegistry opens the registry and loads its policy. Either may be nil; the report then says why.
func readRegistry(env Env, s settings, rep *diag.Report) (*registry.Registry, *policy.Policy) {
	embedded := source.New("embedded", "", env.Registry)
	tree := embedded
	if s.registry == "" {
		rep.Notices = append(rep.Notices, "no --registry is given; the registry inside vendorgate answers. As released it knows vendors and approves none: to begin one, see docs/security-team.md")
	} else {
		files, err := env.Open(s.registry)
		if err != nil {
			lost(rep, s.registry, source.Reason(err))
			return nil, nil
		}
		tree = source.New(path.Clean(s.registry), "", files)
	}
	rep.Origin = tree.Origin
	known, err := registry.Open(tree, embedded)
	if err != nil {
		lost(rep, tree.Origin, err.Error())
		return nil, nil
	}
	data, err := tree.Read("policy.yaml")
	if errors.Is(err, fs.ErrNotExist) {
		if _, other := fs.Stat(tree.Files, "policy.yml"); other == nil {
			lost(rep, tree.Name("policy.yml"), "it is not read under this name; rename it to policy.yaml")
			return known, nil
		}
		data, err = nil, nil
	}
	if err != nil {
		lost(rep, tree.Name("policy.yaml"), source.Reason(err))
		return known, nil
	}
	rules, problems := policy.Load(tree.Name("policy.yaml"), data, Version)
	if len(problems) > 0 {
		rep.Findings = append(rep.Findings, policy.Unreadable("", "policy.yaml", problems)...)
		rep.Gaps = append(rep.Gaps, diag.Gap{Target: tree.Name("policy.yaml"), Reason: "it was not understood, so no rule was applied"})
	}
	return known, rules
}

// lost reports a registry or policy that could not be opened.
func lost(rep *diag.Report, target, reason string) {
	rep.Origin = target
	rep.Gaps = append(rep.Gaps, diag.Gap{Target: target, Reason: reason})
	rep.Findings = append(rep.Findings, policy.Unreadable("", target, []diag.Problem{{Pos: diag.Pos{File: target}, Message: reason}})...)
}

// undecided are the rows of vendors that nothing was known of.
func undecided(manifests []manifest.Manifest) []diag.Vendor {
	var out []diag.Vendor
	seen := map[string]bool{}
	for _, m := range manifests {
		for _, u := range m.Uses {
			if !seen[u.ID.Value] {
				seen[u.ID.Value] = true
				out = append(out, diag.Vendor{ID: u.ID.Value, Name: u.ID.Value, Status: "unregistered", Verdict: diag.NoVerdict})
			}
		}
	}
	return out
}

func zoneOf(p *policy.Policy) *time.Location {
	if p == nil {
		return time.UTC
	}
	return p.Zone
}
