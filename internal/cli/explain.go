package cli

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

func newExplain(r *run) *cobra.Command {
	var directory string
	cmd := &cobra.Command{
		Use:   "explain [rule|vendor|attribute]",
		Short: "Explain a rule, what the registry knows of a vendor, or an attribute",
		Example: "  vendorgate explain VG-APR-002\n  vendorgate explain calderwick-payments --registry ../vendor-registry\n" +
			"  vendorgate explain encryption.in_transit.min_tls",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("", "explain takes one name, and %q is a second", args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			known, p, err := explainers(cmd.Context(), r.env, directory)
			if err != nil {
				return err
			}
			page := overview(p)
			if len(args) == 1 {
				if page, err = pageOf(args[0], known, p); err != nil {
					return err
				}
			}
			return r.env.Stdout.Put(page)
		},
	}
	cmd.Flags().StringVar(&directory, "registry", "", "Registry of the organisation, as check takes it.")
	return cmd
}

// explainers opens the registry and the policy that explanations draw on.
func explainers(ctx context.Context, env Env, directory string) (*registry.Registry, *policy.Policy, error) {
	var rep diag.Report
	from, err := readRemote(env, &checkOptions{registry: directory})
	if err != nil {
		return nil, nil, err
	}
	s := settings{dir: ".", registry: directory, remote: from, network: network{transport: env.Transport, now: env.Now, sleep: env.Sleep}}
	known, p := readRegistry(env, openRules(ctx, env, s, nil, &rep), &rep)
	wrong := slices.DeleteFunc(rep.Findings, func(f diag.Finding) bool { return f.Rule == "" })
	for i, f := range wrong {
		if i == len(wrong)-1 {
			return nil, nil, fmt.Errorf("%s: %s", f.Pos, f.Message)
		}
		env.say(sink.Linef("vendorgate: %s: %s", f.Pos, f.Message))
	}
	return known, p, nil
}

// overview lists what can be explained.
func overview(p *policy.Policy) sink.Document {
	var out sink.Page
	out.Linef("Rules:")
	for _, r := range rules.All() {
		out.Linef("  %-12s %s", r.ID, r.Title)
	}
	out.Line()
	out.Linef("Requirements of policy %s:", p.ID)
	for i := range p.Requirements {
		q := &p.Requirements[i]
		out.Linef("  %-20s %s", q.ID, q.Asks())
	}
	return out.Document()
}

// pageOf finds the page of a name: of a rule, a requirement, an attribute or a vendor, in this order.
func pageOf(name string, known *registry.Registry, p *policy.Policy) (sink.Document, error) {
	if page, ok := explain.Page(strings.ToUpper(name)); ok {
		return sink.Lines(explain.Text(page)), nil
	}
	if i := slices.IndexFunc(p.Requirements, func(q policy.Requirement) bool { return q.ID == name }); i >= 0 {
		return requirementPage(&p.Requirements[i], p), nil
	}
	if _, row, ok := registry.Table().Lookup(name); ok && row != nil && strings.Contains(name, ".") {
		return attributePage(name, row), nil
	}
	if v, err := vendor(known, name); err != nil || v != nil {
		if err != nil {
			return sink.Document{}, err
		}
		return vendorPage(v), nil
	}
	choices := append(explain.IDs(), known.IDs()...)
	for _, q := range p.Requirements {
		choices = append(choices, q.ID)
	}
	choices = append(choices, registry.Table().Paths()...)
	hint := "`vendorgate explain` lists the rules"
	if near := diag.Nearest(name, choices); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return sink.Document{}, usagef(hint, "there is no rule, vendor or attribute %q", name)
}

// vendor reads a record; nil if there is none of that name.
func vendor(known *registry.Registry, id string) (*registry.Vendor, error) {
	if !slices.Contains(known.IDs(), id) {
		return nil, nil //nolint:nilnil // absence is an answer
	}
	v, err := known.Vendor(id)
	if err == nil && v != nil && len(v.Problems) > 0 {
		p := v.Problems[0]
		err = fmt.Errorf("%s: %s", p.Pos, p.Message)
	}
	return v, err
}

func vendorPage(v *registry.Vendor) sink.Document {
	var out sink.Page
	out.Linef("%s: %s", v.ID, v.Name())
	if !v.Reviewed() {
		out.Linef("Not reviewed: no decision of your organisation is on record.")
	}
	out.Linef("Record: %s", v.File)
	out.Line()
	for _, path := range registry.Table().Paths() {
		value := v.Record.Get(path)
		if value.State == attr.Absent || path == "apiVersion" || path == "kind" || path == "id" || path == "name" {
			continue
		}
		text := value.Text
		if value.Items != nil {
			text = strings.Join(value.Texts(), ", ")
		}
		if value.State == attr.NotApplicable {
			text = "not applicable"
		}
		out.Linef("  %-42s %s", path, text)
	}
	for _, a := range v.Record.Get("approval.approved_by").Records {
		out.Linef("  %-42s %s", "approval.approved_by", a.Get("user").Text+" as "+a.Get("role").Text)
	}
	return out.Document()
}

func requirementPage(q *policy.Requirement, p *policy.Policy) sink.Document {
	var out sink.Page
	out.Linef("%s, a requirement of policy %s (%s)", q.ID, p.ID, q.Pos.String())
	out.Line()
	out.Linef("Asks:     %s", q.Asks())
	var levels []string
	for tier := 1; tier <= 4; tier++ {
		levels = append(levels, fmt.Sprintf("tier %d %s", tier, q.Levels[tier]))
	}
	out.Linef("Severity: %s", strings.Join(levels, ", "))
	if text := q.Message(); text != "" {
		out.Linef("Message:  %s", text)
	}
	if text := q.Fix(); text != "" {
		out.Linef("Fix:      %s", text)
	}
	if len(q.Controls) > 0 {
		out.Linef("Controls: %s", strings.Join(q.Controls, ", "))
	}
	if q.Docs != "" {
		out.Linef("See:      %s", q.Docs)
	}
	out.Line()
	out.Linef("An attribute that nobody has established is reported by VG-REG-005.")
	return out.Document()
}

func attributePage(name string, row *attr.Row) sink.Document {
	var out sink.Page
	out.Linef("%s, an attribute of records", name)
	out.Line()
	out.Linef("%s", row.Doc)
	out.Line()
	out.Linef("Value:     %s", row.Describe())
	if row.Example != "" {
		out.Linef("Example:   %s: %s", path.Base(strings.ReplaceAll(name, ".", "/")), row.Example)
	}
	if question := registry.Question(name); registry.HasQuestion(name) {
		out.Linef("Question:  %s", question)
	}
	proof := registry.ProofOf(name)
	if proof.Ours {
		proof.Holder = "your organisation"
	}
	out.Linef("Proof:     %s (from %s)", proof.Evidence, proof.Holder)
	out.Linef("Kind:      %s", row.Kind)
	out.Linef("Judged by: %s", strings.Join(row.JudgedBy, ", "))
	if row.Seed != "" {
		out.Linef("Asked by:  %s, %s", row.Seed, vocab.SeedText(row.Seed))
	}
	if len(row.Controls) > 0 {
		out.Linef("Controls:  %s", strings.Join(row.Controls, ", "))
	}
	return out.Document()
}
