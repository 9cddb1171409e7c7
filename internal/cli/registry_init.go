package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/starter"
)

// startOptions are the flags of registry init.
type startOptions struct {
	dir, name, contact, zone, repository string
	presets, approvers                   []string
	dryRun                               bool
}

func newRegistryInit(r *run) *cobra.Command {
	o := &startOptions{}
	cmd := &cobra.Command{
		Use:   "init [dir]",
		Short: "Start a registry",
		Example: "  vendorgate registry init vendor-registry\n" +
			"  vendorgate registry init vendor-registry --name acme --approver security-architect=a.ferreira,k.nakagawa --repository acme/vendor-registry",
		Long: "init writes the files of a new registry: the policy, empty folders, a README, a workflow that checks its pull requests and\n" +
			"all of it on working days, an issue form to request vendors, and code owners. On a terminal, it asks for what you leave\n" +
			"out. It never overwrites a file.",
		Args: oneDirectory(&o.dir),
		RunE: func(*cobra.Command, []string) error { return start(r.env, o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.name, "name", "", "Name of your organisation, in lower-case letters, digits and hyphens.")
	f.StringSliceVar(&o.presets, "preset", nil, "Preset that the policy extends, and overlays; repeatable. By default, "+policy.Presets()[0]+".")
	f.StringArrayVar(&o.approvers, "approver", nil, "Role, and who may approve vendors in it: security-architect=a.ferreira,@acme/security; repeatable.")
	f.StringVar(&o.contact, "contact", "", "Whom developers should ask, such as #vendor-security.")
	f.StringVar(&o.zone, "timezone", "", "IANA time zone in which a day ends, such as Europe/Dublin. By default, UTC.")
	f.StringVar(&o.repository, "repository", "", "The registry's repository on GitHub, as owner/name, for links to the issue form.")
	f.BoolVar(&o.dryRun, "dry-run", false, "Print the files without writing them.")
	return cmd
}

// start writes a new registry.
func start(env process.Env, o *startOptions) error {
	if env.StdinTerminal && (o.name == "" || len(o.approvers) == 0) {
		o.ask(env)
	}
	registry, err := o.read(env)
	if err != nil {
		return err
	}
	files := registry.Files()
	if _, problems := rules.LoadPolicy(starter.PolicyFile, files[0].Data, env.Build.PolicyVersion()); len(problems) > 0 {
		return inputs.Usagef(problems[0].Hint, "the policy would not be valid: %s", problems[0].Message)
	}
	kept, err := o.existing(env, files)
	if err != nil {
		return err
	}
	var changes []fileChange
	var page sink.Page
	for i, f := range files {
		if slices.Contains(kept, f.Name) {
			continue
		}
		files[i].Name = filepath.Join(o.dir, filepath.FromSlash(f.Name))
		changes = append(changes, fileChange{name: filepath.ToSlash(files[i].Name), after: f.Data})
		page.Line(sink.Text(filepath.ToSlash(files[i].Name)))
	}
	if o.dryRun {
		return (&writeOptions{registry: o.dir, dryRun: true}).write(env, changes)
	}
	files = slices.DeleteFunc(files, func(f source.File) bool { return slices.Contains(kept, f.Name) })
	if err := env.WriteFiles(files); err != nil {
		return fmt.Errorf("write %s, and nothing was written: %w", o.dir, err)
	}
	if err := env.Stdout.Put(page.Document()); err != nil {
		return err
	}
	o.say(env, registry, kept)
	return nil
}

// ask asks for what the flags leave out, until there are no more answers.
func (o *startOptions) ask(env process.Env) {
	answers := bufio.NewScanner(io.LimitReader(env.Stdin, 1<<16))
	ask := func(question string) string {
		env.Say(sink.Linef("%s", question))
		if !answers.Scan() {
			return ""
		}
		return strings.TrimSpace(answers.Text())
	}
	for _, q := range []struct {
		answer *string
		text   string
	}{
		{&o.name, "What is your organisation called? For example, acme"},
		{&o.contact, "Whom should developers ask? For example, #vendor-security; empty for the security team"},
		{&o.repository, "In which repository will the registry be? For example, acme/vendor-registry; empty if you do not know"},
	} {
		if *q.answer == "" {
			*q.answer = ask(q.text)
		}
	}
	if len(o.presets) == 0 {
		o.presets = strings.Fields(ask("Which preset should the policy extend? One of " + orList(policy.Presets()) + "; empty for the first"))
	}
	if len(o.approvers) == 0 {
		o.approvers = strings.Fields(ask("Who can approve vendors? Roles with their users or teams, such as security-architect=a.ferreira,k.nakagawa"))
	}
}

// read checks the answers.
func (o *startOptions) read(env process.Env) (starter.Registry, error) {
	out := starter.Registry{ID: o.name, Presets: o.presets, Contact: o.contact, TimeZone: o.zone, Repository: o.repository}
	if o.name == "" || len(o.approvers) == 0 {
		return out, inputs.Usagef("for example, `--name acme --approver security-architect=a.ferreira`", "registry init needs to know the name of the organisation and who can approve vendors")
	}
	if err := attr.Check(attr.ID, o.name); err != nil {
		return out, inputs.Usagef(err.Error(), "invalid value %q for --name", o.name)
	}
	if len(out.Presets) == 0 {
		out.Presets = policy.Presets()[:1]
	}
	for _, p := range out.Presets {
		if known := slices.Concat(policy.Presets(), policy.Overlays()); !slices.Contains(known, p) {
			return out, settings.Invalid("--preset", p, known)
		}
	}
	if _, err := time.LoadLocation(o.zone); err != nil || o.zone == "Local" {
		return out, inputs.Usagef("write an IANA time zone, such as Europe/Dublin", "unknown time zone %q", o.zone)
	}
	if o.repository != "" && !ci.ValidRepository(o.repository) {
		return out, inputs.Usagef("write it as owner/name, such as acme/vendor-registry", "invalid value %q for --repository", o.repository)
	}
	var err error
	if out.Approvers, err = readRoles(o.approvers); err != nil {
		return out, err
	}
	if b := env.Build; b.Release != "" && b.Release == b.Version && !b.Modified && len(b.Revision) == len(starter.Placeholder) {
		out.Commit = b.Revision
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

// existing lists the files that are there already. A policy means that there is a registry.
func (o *startOptions) existing(env process.Env, files []source.File) ([]string, error) {
	tree, err := env.Open(o.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, inputs.Usagef("pass a directory", "registry init %s: %s", o.dir, source.Reason(err))
	}
	var out []string
	for _, f := range files {
		switch _, err := source.Lstat(tree, f.Name); {
		case err == nil:
			out = append(out, f.Name)
		case !errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("read %s: %w", f.Name, err)
		}
	}
	if slices.Contains(out, starter.PolicyFile) {
		return nil, inputs.Usagef("edit it, or pass another directory", "%s is a registry already: it has a %s", o.dir, starter.PolicyFile)
	}
	return out, nil
}

// say says what is left to do.
func (o *startOptions) say(env process.Env, registry starter.Registry, kept []string) {
	for _, name := range kept {
		env.Say(sink.Linef("vendorgate: kept %s, which exists", name))
	}
	if registry.Commit == "" && !slices.Contains(kept, starter.WorkflowFile) {
		env.Say(sink.Linef("vendorgate: in %s, replace the zeros with the commit of the release that you reviewed", starter.WorkflowFile))
	}
	env.Say(sink.Linef("vendorgate: started the registry of %s; add vendors with `vendorgate registry new ID --registry %s`", registry.ID, o.dir))
}
