// Package starter writes the files of a new registry: its policy, empty folders, and what its repository on GitHub needs. It approves no
// vendor.
package starter

import (
	"io/fs"
	"strings"

	"github.com/vendorgate/vendorgate"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Registry describes a new registry. Its values must be valid.
type Registry struct {
	ID         string // of the policy, such as the name of the organisation
	Presets    []string
	Approvers  []Role
	Contact    string // empty if there is none
	TimeZone   string // empty for UTC
	Repository string // of the registry on GitHub, as owner/name; empty if unknown
	Commit     string // of the release of vendorgate that its workflow runs; empty if unknown
}

// Role is a role, and who may approve in it: users, and teams such as @acme/security.
type Role struct {
	Name string
	Who  []string
}

// The files that say that a registry exists.
const (
	PolicyFile   = "policy.yaml"
	WorkflowFile = ".github/workflows/registry.yml"

	// Kept keeps an empty folder in Git.
	Kept = ".gitkeep"
)

// Placeholder is the commit in a workflow whose owner has still to choose one.
const Placeholder = "0000000000000000000000000000000000000000"

// Files returns the files of a new registry, the policy first. Their names are relative to it.
func (r Registry) Files() []source.File {
	form := embedded("docs/workflows/registry-issue-form/vendor-request.yml")
	form = form[strings.Index(form, "\nname: ")+1:] // without what to do with a copy
	workflow := embedded("docs/workflows/registry.yml")
	if r.Commit != "" {
		workflow = strings.ReplaceAll(workflow, Placeholder, r.Commit)
	}
	return []source.File{
		{Name: PolicyFile, Data: []byte(r.policy())},
		{Name: "README.md", Data: []byte(r.readme())},
		{Name: "vendors/" + Kept},
		{Name: "waivers/" + Kept},
		{Name: ".github/CODEOWNERS", Data: []byte(r.codeOwners())},
		{Name: ".github/ISSUE_TEMPLATE/vendor-request.yml", Data: []byte(form)},
		{Name: WorkflowFile, Data: []byte(workflow)},
	}
}

func embedded(name string) string {
	data, err := fs.ReadFile(vendorgate.Workflows, name)
	if err != nil {
		panic("starter: " + err.Error()) // it is built into vendorgate
	}
	return string(data)
}

func (r Registry) repository() string {
	if r.Repository == "" {
		return "acme/vendor-registry"
	}
	return r.Repository
}

// policy returns the policy, in the order of its attributes.
func (r Registry) policy() string {
	var out strings.Builder
	set := func(key, value string) {
		if value != "" {
			out.WriteString(key + ": " + value + "\n")
		}
	}
	quoted := func(text string) string {
		if text == "" {
			return ""
		}
		return yamltree.Quote(text)
	}
	out.WriteString("# What " + r.ID + " requires of the vendors whose APIs its code calls. `vendorgate policy show` prints all of it.\n")
	set("apiVersion", "vendorgate/v1")
	set("kind", "Policy")
	set("id", r.ID)
	switch len(r.Presets) {
	case 1:
		set("extends", r.Presets[0])
	default:
		set("extends", "["+strings.Join(r.Presets, ", ")+"]")
	}
	set("timezone", quoted(r.TimeZone))
	set("contact", quoted(r.Contact))
	if r.Repository != "" {
		set("request_url", "https://github.com/"+r.Repository+"/issues/new?template=vendor-request.yml")
	}
	out.WriteString("approvers:\n")
	for _, role := range r.Approvers {
		out.WriteString("  " + role.Name + ": " + yamltree.FlowList(role.Who) + "\n")
	}
	return out.String()
}

// codeOwners asks the approvers for a review of every change.
func (r Registry) codeOwners() string {
	owners := ""
	for _, role := range r.Approvers {
		for _, who := range role.Who {
			if name := "@" + strings.TrimPrefix(who, "@"); !strings.Contains(owners+" ", " "+name+" ") {
				owners += " " + name
			}
		}
	}
	return "# Require a review from code owners in the rules of the default branch. Nobody can then approve a vendor alone.\n*" + owners + "\n"
}
