package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

func newInit(r *command.Run) *cobra.Command {
	o := &scanOptions{}
	owner := ""
	cmd := &cobra.Command{
		Use: "init [dir]", Short: "Draft vendors.yaml from the vendors that the code uses",
		Long:    "init writes vendors.yaml with the vendors that scan finds, the places where it found them, and questions that only you can\nanswer. It never overwrites a manifest.",
		Example: "  vendorgate init --owner team-checkout\n  vendorgate init services/checkout --registry ../vendor-registry",
		Args:    command.OneDirectory(&o.dir),
		RunE:    func(cmd *cobra.Command, _ []string) error { return initialise(cmd.Context(), r.Env, o, owner) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&owner, "owner", "", "Owner to write into the manifest, such as a team. By default, a question.")
	command.RegistryFlag(f, &o.registry, "", command.RegistryHelp+command.EmbeddedByDefault)
	return cmd
}

func initialise(ctx context.Context, env process.Env, o *scanOptions, owner string) error {
	if problem := notTeam(owner); owner != "" && problem != "" {
		return inputs.Usagef("name the team that owns the uses, or leave it out to answer in the file", "--owner: %s", problem)
	}
	t, err := openScan(ctx, env, o.dir, o.registry)
	if err != nil {
		return err
	}
	target := ""
	for _, name := range manifest.RootPaths() {
		data, err := source.ReadFile(t.head.Files, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			target = cmp.Or(target, name)
		case err != nil || manifest.Recognize(data):
			return inputs.Usagef("run `vendorgate add` for each vendor that `vendorgate scan` lists as undeclared", "%s already exists", t.head.Name(name))
		}
	}
	if target != "vendors.yaml" && target != "vendors.yml" { // .github may not be there
		return inputs.Usagef("rename one of them", "%s and vendors.yml both belong to other tools, so no manifest name is free", t.head.Name("vendors.yaml"))
	}
	result, err := watched(ctx, env, t.search(nil))
	if err != nil {
		return fmt.Errorf("search %s: %w", t.request.Dir, err)
	}
	said, err := askAbout(ctx, env, result, owner)
	if err != nil {
		return err
	}
	text := t.draft(result, said)
	if m := manifest.Parse("vendors.yaml", "vendors.yaml", []byte(text)); len(m.Problems) > 0 {
		return inputs.Usagef(m.Problems[0].Hint, "the draft would not be a valid manifest: %s", m.Problems[0].Message)
	}
	file := t.head.Name(target)
	if err := env.WriteFiles([]source.Edit{{Name: file, After: []byte(text)}}); err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	open := ""
	if asks(text) {
		open = "; replace each TODO, because a check refuses the file until then"
	}
	env.Say(sink.Linef("vendorgate: wrote %s with %s%s", file, diag.Count(strings.Count(text, "\n  - id: "), "vendor"), open))
	env.Say(sink.Linef("vendorgate: then run `%s`, and `git add %s`", checkOf(o.dir, o.registry), diag.ShellWord(file)))
	return nil
}

// answers are what the author said about all uses.
type answers struct {
	owner        string
	environments []string
}

// askAbout asks on a terminal what one answer settles for all uses. An empty answer leaves the question in the manifest.
func askAbout(ctx context.Context, env process.Env, found *detect.Result, owner string) (answers, error) {
	out := answers{owner: owner}
	if !env.StdinTerminal {
		return out, nil
	}
	var questions []question
	if owner == "" {
		questions = append(questions, question{"Which team owns the uses of these vendors?", func(answer string) string {
			if problem := notTeam(answer); problem != "" {
				return problem
			}
			out.owner = answer
			return ""
		}})
	}
	if slices.ContainsFunc(found.Vendors, func(v detect.Vendor) bool { return v.Confidence >= detect.Likely }) {
		questions = append(questions, question{"In which environments does the code call them: " + diag.OrList(vocab.Environments()) + "? Separate several with commas.", func(answer string) string {
			words := strings.FieldsFunc(answer, func(r rune) bool { return r == ',' || r == ' ' })
			for _, w := range words {
				if !slices.Contains(vocab.Environments(), w) {
					return fmt.Sprintf("%q is no environment", w)
				}
			}
			out.environments = slices.Compact(words)
			return ""
		}})
	}
	prompt := env.Prompt()
	for _, q := range questions {
		if err := q.ask(ctx, env, prompt); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return out, err
		}
	}
	return out, nil
}

// notTeam says what is wrong with a name of an owner; it is empty if it can be a team.
func notTeam(owner string) string {
	if attr.Check(attr.Word, owner) != nil || manifest.NoOwner(owner) {
		return fmt.Sprintf("%q is not the name of a team", owner)
	}
	return ""
}

// question is a question, and what takes the answer or says what is wrong with it.
type question struct {
	text   string
	accept func(answer string) (problem string)
}

// ask asks until there is an answer that is right, or an empty one.
func (q question) ask(ctx context.Context, env process.Env, prompt *process.Prompt) error {
	for {
		answer, err := prompt.Ask(ctx, q.text+" (Enter: answer in the file)")
		if answer = strings.TrimSpace(answer); err != nil || answer == "" {
			return err //nolint:wrapcheck // it is a whole sentence
		}
		problem := q.accept(answer)
		if problem == "" {
			return nil
		}
		env.Say(sink.Linef("vendorgate: %s", problem))
	}
}

// draft returns a manifest of the vendors that were found, the surest first. Where only its author knows the answer, it asks a question, and
// a check refuses the manifest until there is an answer. Text from the tree appears only in comments, on one line each.
func (t *scanTarget) draft(result *detect.Result, said answers) string {
	var out strings.Builder
	out.WriteString(manifest.Start(said.owner))
	var used, hints []detect.Vendor
	for _, v := range result.Vendors {
		if v.Confidence >= detect.Likely {
			used = append(used, v)
		} else {
			hints = append(hints, v)
		}
	}
	if len(used) == 0 {
		out.WriteString("vendors: []\n")
	} else {
		out.WriteString("vendors:\n")
	}
	slices.SortStableFunc(used, func(a, b detect.Vendor) int { return int(b.Confidence) - int(a.Confidence) })
	for i, v := range used {
		if i == 0 || v.Confidence != used[i-1].Confidence {
			out.WriteString("  # " + map[bool]string{true: "The code calls these:", false: "The code is likely to use these:"}[v.Confidence == detect.Confirmed] + "\n")
		}
		record, _ := t.known.Vendor(v.ID) // a record that cannot be read says nothing
		d := t.entry(record, v.ID, &v, result)
		d.Environments = said.environments
		out.Write(d.Bytes())
	}
	if len(hints) > 0 {
		out.WriteString("# Weak evidence only. Declare any that you use:\n")
		for _, v := range hints {
			e := v.Sightings[0]
			out.WriteString("#   " + v.ID + ": " + inComment(fmt.Sprintf("%s:%d: %s %s", e.File, e.Line, e.Kind, e.Text)) + "\n")
		}
	}
	head := "# Draft: the vendors that the code uses. Remove those that you do not use."
	if asks(out.String()) {
		head += " Replace each TODO."
	}
	return attr.EditorLine("manifest") + head + "\n" + out.String()
}

// asks reports whether a draft has a line for its author to answer.
func asks(draft string) bool {
	return strings.Contains(draft, ": "+attr.ToDo) || strings.Contains(draft, ": ["+attr.ToDo)
}

// entry returns a draft of an entry, with the data that it may have today.
func (t *scanTarget) entry(record *registry.Vendor, id string, seen *detect.Vendor, result *detect.Result) manifest.Draft {
	d := gate.DraftEntry(id, record, seen, result.UnknownHosts)
	if seen != nil {
		d.Seen = places(seen)
	}
	classes, usable := gate.UsableData(gate.Input{Policy: t.policy, Registry: t.known, AsOf: t.asOf}, id, true, d)
	if d.Choice.Data = classes; !usable {
		d.Seen = append(d.Seen, fmt.Sprintf("With data that the record allows, this entry fails the check until %s has completed the record.", inComment(t.policy.Owner())))
	}
	return d
}

// places returns the first places of a vendor, for comments.
func places(v *detect.Vendor) []string {
	var out []string
	for _, e := range v.Sightings[:min(len(v.Sightings), 3)] {
		out = append(out, inComment(fmt.Sprintf("%s:%d:%d: %s %s", e.File, e.Line, e.Col, e.Kind, e.Text)))
	}
	return out
}

// inComment makes untrusted text safe for a YAML comment.
func inComment(text string) string { return sink.Text(text).String() }

// checkOf returns the command that checks a directory against a registry, which may be empty.
func checkOf(dir, registry string) string {
	out := "vendorgate check"
	if dir != "." {
		out += " " + diag.ShellWord(dir)
	}
	if registry != "" {
		out += " --registry " + diag.ShellWord(registry)
	}
	return out
}
