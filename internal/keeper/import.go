package keeper

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/decision"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/intake"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
)

// importOptions are the flags of registry import.
type importOptions struct {
	writeOptions

	from, mapping, saveMap string
	merge                  bool
	id, edition, issued    string
}

func newRegistryImport(r *command.Run) *cobra.Command {
	o := &importOptions{}
	cmd := &cobra.Command{
		Use:   "import file",
		Short: "Draft records from lists, questionnaires and bills of materials",
		Example: "  vendorgate registry import --from csv vendors.csv --registry ../vendor-registry --dry-run\n" +
			"  vendorgate registry import --from brief answers.yaml --id stripe\n" +
			"  vendorgate registry import --from caiq caiq.csv --id stripe --issued 2026-02-20\n" +
			"  vendorgate registry import --from cyclonedx bom.json",
		Long: "import reads a list of vendors (csv), a vendor's answers to registry brief --format yaml (brief), its answers to a CAIQ 4.0.3\n" +
			"or 4.1 that was saved as CSV (caiq), or the services of a CycloneDX 1.5 to 1.7 bill of materials in JSON (cyclonedx).\n" +
			"Vendors in lists are recognised by id, domain, name or alias. Each gets a draft of a record. import approves nothing, and\n" +
			"never replaces a value of a record. Answers of a vendor complete its record; lists do so with --merge. Whatever has no\n" +
			"place in a record is listed, and then the exit code is 1.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return inputs.Usagef("for example, `vendorgate registry import --from csv vendors.csv`", "registry import takes one file")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			code, err := importFile(cmd.Context(), r.Env, o, args[0])
			r.Code = code
			return err
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.from, "from", "", "Kind of file: "+diag.OrList(importKinds())+".")
	command.CompleteFlag(cmd, "from", importKinds())
	f.StringVar(&o.mapping, "map", "", "Mapping of columns to attributes, saved with --save-map. By default, headings are recognised.")
	f.StringVar(&o.saveMap, "save-map", "", "New file for the mapping that was used, also with --dry-run.")
	f.BoolVar(&o.merge, "merge", false, "Add to existing records what they lack. By default, lists do not change them.")
	f.StringVar(&o.id, "id", "", "Id of the vendor that gave the answers. A brief names it itself.")
	f.StringVar(&o.edition, "edition", "", "Edition of the CAIQ: "+diag.OrList(intake.Editions())+". By default, it is found in the file.")
	f.StringVar(&o.issued, "issued", "", "Date of the CAIQ (2026-02-20).")
	o.flags(f)
	return cmd
}

func importKinds() []string { return []string{"csv", "brief", "caiq", "cyclonedx"} }

// importFile drafts records from one file. The exit code is 1 if something was not placed.
func importFile(ctx context.Context, env process.Env, o *importOptions, name string) (int, error) {
	if err := o.valid(); err != nil {
		return 0, err
	}
	office, err := o.office(ctx, env, "registry import")
	if err != nil {
		return 0, err
	}
	desk, err := deskOf(env, office)
	if err != nil {
		return 0, err
	}
	data, err := env.ReadFile(name, intake.MaxFile)
	if err != nil {
		return 0, fmt.Errorf("read %s: %s", name, source.Reason(err))
	}
	found, err := o.read(env, desk, name, data)
	if err != nil {
		return 0, err
	}
	return o.draft(env, office, desk, found)
}

// valid checks the flags.
func (o *importOptions) valid() error {
	switch {
	case !slices.Contains(importKinds(), o.from):
		return settings.Invalid("--from", o.from, importKinds())
	case o.from != "csv" && (o.mapping != "" || o.saveMap != ""):
		return inputs.Usagef("leave out --map and --save-map", "only lists have a mapping, not --from %s", o.from)
	case o.from != "caiq" && (o.edition != "" || o.issued != ""):
		return inputs.Usagef("leave out --edition and --issued", "only a CAIQ has an edition and a date, not --from %s", o.from)
	case o.from == "caiq" && o.id == "":
		return inputs.Usagef("name the vendor with --id", "a CAIQ does not name the vendor")
	case o.id != "" && o.from != "caiq" && o.from != "brief":
		return inputs.Usagef("leave out --id", "the file names the vendors of --from %s", o.from)
	case o.edition != "" && !slices.Contains(intake.Editions(), o.edition):
		return settings.Invalid("--edition", o.edition, intake.Editions())
	}
	if problem := registry.CheckID(o.id); o.id != "" && problem != "" {
		return inputs.Usagef(problem, "%q is not a valid vendor id", o.id)
	}
	return nil
}

// deskOf prepares an intake.
func deskOf(env process.Env, office decision.Office) (*intake.Desk, error) {
	var known []registry.Identity
	for _, tree := range []*source.Tree{office.Known.Tree, source.New("embedded", "", env.Registry)} {
		all, err := registry.Identities(tree)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", tree.Name("vendors"), err)
		}
		known = append(known, all...)
	}
	return &intake.Desk{Files: office.Files, Known: known, Classes: office.Policy.Classes(), Today: office.Today.Day, Flags: office.Flags}, nil
}

// read reads the file.
func (o *importOptions) read(env process.Env, desk *intake.Desk, name string, data []byte) (intake.Intake, error) {
	switch o.from {
	case "brief":
		return desk.Brief(name, data, o.id) //nolint:wrapcheck // it names the place
	case "cyclonedx":
		return desk.CycloneDX(name, data) //nolint:wrapcheck // it names the place
	case "caiq":
		return o.readCAIQ(env, desk, name, data)
	}
	return o.readTable(env, desk, name, data)
}

// readCAIQ reads the answers to a CAIQ.
func (o *importOptions) readCAIQ(env process.Env, desk *intake.Desk, name string, data []byte) (intake.Intake, error) {
	q := intake.Questionnaire{ID: o.id, Edition: o.edition}
	if o.issued != "" {
		day, err := scalar.ParseDate(o.issued)
		if err != nil || day.After(desk.Today) {
			return intake.Intake{}, inputs.Usagef("write the date of the CAIQ as YYYY-MM-DD; it cannot be in the future", "invalid value %q for --issued", o.issued)
		}
		q.Issued = day
	}
	found, silent, err := desk.CAIQ(name, data, q)
	if err == nil && len(silent) > 0 {
		env.Say(sink.Linef("vendorgate: no attribute of a record depends on the answers to: %s", strings.Join(silent, ", ")))
	}
	return found, err //nolint:wrapcheck // it names the place
}

// readTable reads a list of vendors, with the mapping of its columns.
func (o *importOptions) readTable(env process.Env, desk *intake.Desk, name string, data []byte) (intake.Intake, error) {
	saved, err := o.savedMapping(env)
	if err != nil {
		return intake.Intake{}, err
	}
	found, used, err := desk.CSV(name, data, saved)
	if err != nil {
		return intake.Intake{}, err //nolint:wrapcheck // it names the place
	}
	for _, c := range used {
		line := fmt.Sprintf("vendorgate: column %q: %s", c.Heading, c.Target)
		if c.Target == "" {
			line += "not imported"
		}
		if c.Note != "" {
			line += " (" + c.Note + ")"
		}
		env.Say(sink.Text(line))
	}
	if o.saveMap == "" {
		return found, nil
	}
	err = env.WriteFiles([]source.Edit{{Name: o.saveMap, After: used.Bytes()}})
	switch {
	case errors.Is(err, source.ErrChanged):
		return found, inputs.Usagef("name a new file", "%s already exists", o.saveMap)
	case err != nil:
		return found, fmt.Errorf("write %s: %s", o.saveMap, source.Reason(err))
	}
	return found, nil
}

// savedMapping reads the mapping of --map; nil without one.
func (o *importOptions) savedMapping(env process.Env) (intake.Mapping, error) {
	if o.mapping == "" {
		return nil, nil
	}
	data, err := env.ReadFile(o.mapping, intake.MaxFile)
	if err != nil {
		return nil, fmt.Errorf("read %s: %s", o.mapping, source.Reason(err))
	}
	saved, problems := intake.ParseMapping(o.mapping, data)
	if len(problems) > 0 {
		p := problems[0]
		return nil, inputs.Usagef(p.Hint, "%s: %s", p.Pos, p.Message)
	}
	return saved, nil
}

// draft writes the records and lists what was not placed.
func (o *importOptions) draft(env process.Env, office decision.Office, desk *intake.Desk, found intake.Intake) (int, error) {
	var edits []source.Edit
	left := found.Left
	added, changed := 0, 0
	for _, d := range found.Drafts {
		change, more, err := desk.Apply(d, o.merge || o.from == "brief" || o.from == "caiq")
		if err != nil {
			return 0, err //nolint:wrapcheck // it says what was attempted
		}
		left = append(left, more...)
		switch {
		case change.After == nil || string(change.Before) == string(change.After):
			continue
		case change.Before != nil:
			changed++
		default:
			if err := ensureNew(office.Known.Tree, d.ID); err != nil {
				left = append(left, intake.Left{Origin: d.Origin, Why: err.Error(), Hint: "rename the file, or give the vendor another id"})
				continue
			}
			added++
		}
		edits = append(edits, source.Edit{Name: office.Known.Tree.Name(change.Path), Before: change.Before, After: change.After})
		env.Say(sink.Linef("vendorgate: %s: %s", d.ID, d.By))
	}
	if err := o.write(env, edits); err != nil {
		return 0, err
	}
	slices.SortStableFunc(left, func(a, b intake.Left) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col))
	})
	for _, l := range left {
		env.Say(sink.Linef("%s: %s %q is not imported: %s", l.Pos, l.Field, l.Text, l.Why))
		env.Hint(l.Hint)
	}
	env.Say(sink.Linef("vendorgate: %s %s and completed %d; %s not imported", o.done("drafted"), diag.Count(added, "record"), changed, diag.Count(len(left), "value")))
	if len(left) > 0 {
		return command.ExitFindings, nil
	}
	return command.ExitPass, nil
}
