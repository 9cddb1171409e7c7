package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
)

// readRegistry opens the registry and loads its policy. Either may be nil; the report then says why.
func readRegistry(env Env, rules source.Rules, rep *diag.Report) (*registry.Registry, *policy.Policy) {
	tree := rules.Tree()
	if tree == nil {
		return nil, nil
	}
	builtIn := rules
	if rules.Why() != source.BuiltIn {
		builtIn = embedded(env)
	}
	known, err := registry.Open(rules, builtIn)
	if err != nil {
		noRegistry(rep, tree.Origin, err.Error(), passDirectory)
		return nil, nil
	}
	rep.Origin = tree.Origin
	return known, readPolicy(env, rules, rep)
}

// readPolicy loads policy.yaml, or the default where there is none. A file of nearly that name is neither: whoever wrote it
// believes that it applies.
func readPolicy(env Env, from source.Rules, rep *diag.Report) *policy.Policy {
	tree := from.Tree()
	entries, err := fs.ReadDir(tree.Files, ".")
	if err != nil {
		lost(rep, tree.Name("policy.yaml"), source.Reason(err))
		return nil
	}
	unread := false
	for _, e := range entries {
		if name := e.Name(); name != "policy.yaml" && (strings.EqualFold(name, "policy.yaml") || strings.EqualFold(name, "policy.yml")) {
			lost(rep, tree.Name(name), wrongName("policy.yaml"))
			unread = true
		}
	}
	if unread {
		return nil
	}
	data, err := tree.Read("policy.yaml")
	if errors.Is(err, fs.ErrNotExist) {
		data, err = nil, nil
	}
	if err != nil {
		lost(rep, tree.Name("policy.yaml"), source.Reason(err))
		return nil
	}
	p, problems := rules.LoadPolicy(tree.Name("policy.yaml"), data, env.Build.release())
	if len(problems) > 0 {
		rep.Findings = append(rep.Findings, gate.Unreadable("", "policy.yaml", problems)...)
		rep.Gaps = append(rep.Gaps, diag.Gap{Target: tree.Name("policy.yaml"), Reason: "it was not understood, so no rule was applied"})
	}
	return p
}

// misnamed reports waivers, and records of declared vendors, that end in something like .yaml and are not read for it.
func misnamed(tree *source.Tree, manifests []manifest.Manifest, rep *diag.Report) {
	entries, err := fs.ReadDir(tree.Files, "waivers")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		rep.Gaps = append(rep.Gaps, diag.Gap{Target: tree.Name("waivers"), Reason: "cannot be read: " + source.Reason(err)})
	}
	for _, e := range entries {
		ending := path.Ext(e.Name())
		if ending != ".yaml" && (strings.EqualFold(ending, ".yaml") || strings.EqualFold(ending, ".yml")) {
			lost(rep, tree.Name("waivers/"+e.Name()), wrongName(strings.TrimSuffix(e.Name(), ending)+".yaml"))
		}
	}
	for _, id := range declared(manifests) {
		exists := func(ending string) bool {
			_, err := fs.Stat(tree.Files, "vendors/"+id+ending)
			return err == nil
		}
		if exists(".yaml") {
			continue
		}
		for _, ending := range []string{".yml", ".YAML", ".YML"} {
			if exists(ending) {
				rep.Notices = append(rep.Notices, tree.Name("vendors/"+id+ending)+": "+wrongName(id+".yaml"))
			}
		}
	}
}

func wrongName(right string) string {
	return "vendorgate does not read a file with this name; rename it to " + right
}

// lost reports a file of the registry that could not be read.
func lost(rep *diag.Report, target, reason string) {
	rep.Gaps = append(rep.Gaps, diag.Gap{Target: target, Reason: reason})
	rep.Findings = append(rep.Findings, gate.Unreadable("", target, []diag.Problem{{Pos: diag.Pos{File: target}, Message: reason}})...)
}

// passDirectory is the next step where a registry cannot be opened.
const passDirectory = "Pass the directory of the registry, which holds vendors/, with --registry."

// noRegistry reports that there is no registry where the settings say. That is a matter of the settings.
func noRegistry(rep *diag.Report, dir, reason, hint string) {
	from := len(rep.Findings)
	lost(rep, dir, reason)
	rep.Origin = dir
	for i := from; i < len(rep.Findings); i++ {
		rep.Findings[i].Message = fmt.Sprintf("there is no registry in %q, so there is no verdict: %s", dir, reason)
		rep.Findings[i].Hint = hint
	}
}

// declared are the ids that the manifests declare, each once, in their order.
func declared(manifests []manifest.Manifest) []string {
	var out []string
	seen := map[string]bool{}
	for _, m := range manifests {
		for _, u := range m.Uses {
			if id := u.ID.Value; !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}

// undecided are the rows of vendors that nothing was known of.
func undecided(manifests []manifest.Manifest) []diag.Vendor {
	var out []diag.Vendor
	for _, id := range declared(manifests) {
		out = append(out, diag.Vendor{ID: id, Name: id, Status: "unknown", Verdict: diag.NoVerdict})
	}
	slices.SortFunc(out, func(a, b diag.Vendor) int { return strings.Compare(a.ID, b.ID) })
	return out
}

func zoneOf(p *policy.Policy) *time.Location {
	if p == nil {
		return time.UTC
	}
	return p.Zone
}
