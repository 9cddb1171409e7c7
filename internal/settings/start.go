package settings

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/starter"
)

// Start describes a new registry, as flags and answers do.
type Start struct {
	Name, Contact, Zone, Repository string
	Presets, Approvers              []string
}

// Question asks for one value of a start. Answer takes an answer, and an empty one where the value may be left out.
type Question struct {
	Text     string
	Answer   func(string)
	Required bool
}

// Questions are about what has no value yet.
func (s *Start) Questions() []Question {
	var out []Question
	ask := func(given bool, q Question) {
		if !given {
			out = append(out, q)
		}
	}
	word := func(to *string) func(string) { return func(text string) { *to = text } }
	words := func(to *[]string) func(string) { return func(text string) { *to = strings.Fields(text) } }
	ask(s.Name != "", Question{"What is your organisation called? For example, acme", word(&s.Name), true})
	ask(s.Contact != "", Question{"Whom should developers ask? For example, #vendor-security; empty for the security team", word(&s.Contact), false})
	ask(s.Repository != "", Question{"In which repository will the registry be? For example, acme/vendor-registry; empty if you do not know", word(&s.Repository), false})
	ask(len(s.Presets) > 0, Question{"Which preset should the policy extend? One of " + strings.Join(policy.Presets(), ", ") + "; empty for the first", words(&s.Presets), false})
	ask(len(s.Approvers) > 0, Question{"Who can approve vendors? Roles with their users or teams, such as security-architect=a.ferreira,k.nakagawa", words(&s.Approvers), true})
	return out
}

// Complete returns an error if a value is missing without which there is no registry.
func (s *Start) Complete() error {
	if s.Name == "" || len(s.Approvers) == 0 {
		return inputs.Usagef("for example, `--name acme --approver security-architect=a.ferreira`", "registry init needs to know the name of the organisation and who can approve vendors")
	}
	return nil
}

// Read checks the values that there are.
func (s *Start) Read(build process.Build) (starter.Registry, error) {
	out := starter.Registry{ID: cmp.Or(s.Name, "acme"), Presets: s.Presets, Contact: s.Contact, TimeZone: s.Zone, Repository: s.Repository}
	if err := attr.Check(attr.ID, out.ID); err != nil {
		return out, inputs.Usagef(err.Error(), "invalid value %q for --name", s.Name)
	}
	for _, given := range []struct{ flag, value, hint string }{
		{"--name", s.Name, "write the name of your organisation"}, {"--contact", s.Contact, "write whom developers should ask, such as #vendor-security, or leave it out"},
	} {
		if err := Answered(given.flag, given.value, given.hint); err != nil {
			return out, err
		}
	}
	if len(out.Presets) == 0 {
		out.Presets = policy.Presets()[:1]
	}
	for _, p := range out.Presets {
		if known := slices.Concat(policy.Presets(), policy.Overlays()); !slices.Contains(known, p) {
			return out, Invalid("--preset", p, known)
		}
	}
	if _, err := time.LoadLocation(s.Zone); err != nil || s.Zone == "Local" {
		return out, inputs.Usagef("write an IANA time zone, such as Europe/Dublin", "unknown time zone %q", s.Zone)
	}
	if s.Repository != "" && !ci.ValidRepository(s.Repository) {
		return out, inputs.Usagef("write it as owner/name, such as acme/vendor-registry", "invalid value %q for --repository", s.Repository)
	}
	approvers := s.Approvers
	if len(approvers) == 0 {
		approvers = []string{"role=user"}
	}
	var err error
	if out.Approvers, err = readRoles(approvers); err != nil {
		return out, err
	}
	if len(build.Revision) == len(starter.Placeholder) && build.Release != "" && build.Release == build.Version && !build.Modified {
		out.Commit = build.Revision
	}
	if _, problems := rules.LoadPolicy(starter.PolicyFile, out.Files()[0].Data, build.PolicyVersion()); len(problems) > 0 {
		return out, inputs.Usagef(problems[0].Hint, "the policy would not be valid: %s", problems[0].Message)
	}
	return out, nil
}

// readRoles reads the values of --approver, such as security-architect=a.ferreira,@acme/security.
func readRoles(values []string) ([]starter.Role, error) {
	var out []starter.Role
	for _, text := range values {
		name, who, _ := strings.Cut(text, "=")
		role := starter.Role{Name: name}
		for user := range strings.SplitSeq(who, ",") {
			if !strings.Contains(user, "/") {
				user = strings.TrimPrefix(user, "@")
			}
			if err := attr.Check(attr.Word, user); err != nil || user == "" {
				return nil, inputs.Usagef("write a role and its users or teams, such as security-architect=a.ferreira,@acme/security", "invalid value %q for --approver", text)
			}
			if err := Answered("--approver", user, "name a user or a team, such as security-architect=a.ferreira,@acme/security"); err != nil {
				return nil, err
			}
			role.Who = append(role.Who, user)
		}
		if err := attr.Check(attr.ID, name); err != nil {
			return nil, inputs.Usagef(err.Error(), "invalid role %q in --approver %s", name, text)
		}
		if i := slices.IndexFunc(out, func(r starter.Role) bool { return r.Name == name }); i >= 0 {
			out[i].Who = append(out[i].Who, role.Who...)
			continue
		}
		out = append(out, role)
	}
	return out, nil
}
