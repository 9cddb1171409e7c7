package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/brief"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// briefOptions is the command line of registry brief.
type briefOptions struct {
	newOptions
	environments []string
	formats      []string
}

func newRegistryBrief(r *run) *cobra.Command {
	o := &briefOptions{}
	cmd := &cobra.Command{
		Use:   "brief id",
		Short: "Print the policy as the questions that a vendor must answer",
		Example: "  vendorgate registry brief stripe --tier 2 --data personal --registry ../vendor-registry\n" +
			"  vendorgate registry brief stripe --tier 2 --format markdown=brief.md --format yaml=answers.yaml",
		Long: "brief asks what the policy wants to know of a vendor at its tier and with its data: the answers that it takes,\n" +
			"and the evidence that counts. What no flag says is taken from the record. As yaml it is a draft of the record.",
		Args: oneID("registry brief", "stripe"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.id = args[0]
			return writeBrief(cmd.Context(), r.env, o)
		},
	}
	registryFlag(cmd.Flags(), &o.registry, "Registry of the organisation, as check takes it.")
	cmd.Flags().IntVar(&o.tier, "tier", 0, "Tier of the vendor, 1 to 4. Without one it is the record's; a vendor that has none counts as 1.")
	cmd.Flags().StringSliceVar(&o.classes, "data", nil, "Classes of data that it will see, separated by commas. Without any they are those of the record's scope.")
	cmd.Flags().StringSliceVar(&o.environments, "environment", nil, "Environments that will call it, separated by commas. Without any they are those of the record's scope, or all.")
	cmd.Flags().StringVar(&o.category, "category", "", "What the service is for, where neither the record nor vendorgate knows it.")
	cmd.Flags().StringArrayVar(&o.formats, "format", nil, "Format of the brief: markdown or yaml, each with =FILE to write it there; repeatable. Without one Markdown is printed.")
	return cmd
}

// writeBrief prints the questions for one vendor.
func writeBrief(ctx context.Context, env Env, o *briefOptions) error {
	outputs, err := readOutputs(env, o.formats, []string{"markdown", "yaml"})
	if err != nil {
		return err
	}
	for _, e := range o.environments {
		if !slices.Contains(vocab.Environments(), e) {
			return usagef(nearest(e, vocab.Environments()), "--environment %q is not a choice", e)
		}
	}
	known, rules, err := explainers(ctx, env, o.registry)
	if err != nil {
		return err
	}
	if err := o.valid(rules); err != nil {
		return err
	}
	v, err := vendor(known, o.id)
	if err != nil {
		return err
	}
	b := o.about(v, rules)
	return writeOutputs(env, outputs, func(format string, _ bool) (sink.Document, error) {
		if format == "yaml" {
			return b.yaml(), nil
		}
		return b.markdown(), nil
	})
}

// briefing is a brief that is ready to be printed.
type briefing struct {
	id        string
	identity  *registry.Vendor // nil if nobody knows the vendor
	category  string
	stated    int // tier of the vendor; 0 if nobody has said it
	rules     *policy.Policy
	profile   brief.Profile
	questions []brief.Question
	papers    []brief.Document
}

// about completes the flags by what the record says.
func (o *briefOptions) about(v *registry.Vendor, rules *policy.Policy) briefing {
	b := briefing{id: o.id, identity: v, category: o.category, stated: o.tier, rules: rules}
	b.profile = brief.Profile{Category: o.category, Classes: o.classes, Environments: o.environments}
	if v != nil {
		if tier := v.Record.Get("risk.tier"); tier.Known() && b.stated == 0 {
			b.stated = tier.Int + 1
		}
		if b.profile.Category == "" {
			b.profile.Category = v.Record.Get("category").Text
		}
		if b.profile.Classes == nil {
			b.profile.Classes = v.Record.Get("scope.data_classes").Texts()
		}
		if b.profile.Environments == nil {
			b.profile.Environments = v.Record.Get("scope.environments").Texts()
		}
	}
	b.profile.Tier = rules.Tier([]int{max(b.stated, 1)}, b.profile.Classes, b.profile.Environments)
	b.questions, b.papers = brief.Questions(rules, b.profile), brief.Documents(rules, b.profile)
	return b
}

// yaml is the brief as a draft of the record.
func (b briefing) yaml() sink.Document {
	d := registry.Draft{ID: b.id, Identity: b.identity, Category: b.category, Tier: b.stated, Classes: b.profile.Classes}
	for _, q := range b.questions {
		says := []string{registry.Question(q.Path)}
		if q.Given != "" {
			says[0] += " Only " + q.Given + "."
		}
		says = append(says, "Answer: "+registry.AnswerOf(q.Path)+".", "Accepted: "+accepted(q)+".", "Evidence: "+evidence(q)+".", "Asked by "+askers(q.By)+".")
		d.Wanted = append(d.Wanted, registry.Wanted{Path: q.Path, Says: says})
	}
	return sink.Lines(string(d.Bytes()))
}

// accepted is what an answer must be.
func accepted(q brief.Question) string {
	out := "any answer but unknown"
	for i, want := range q.Accepted {
		if i == 0 {
			out = want
		} else {
			out += "; and " + want
		}
	}
	if len(q.Or) > 0 {
		out += fmt.Sprintf(" (an answer about %s will do as well)", joined(q.Or))
	}
	return out
}

// evidence is how well an answer must be proven, and what proves it so.
func evidence(q brief.Question) string {
	shown := registry.ProofOf(q.Path).Evidence
	return map[string]string{
		"asserted":   "asserted: the answer alone will do; what shows it is " + shown,
		"documented": "documented: a page or a document of the vendor (type documentation); what shows it is " + shown,
		"attested":   "attested: an answer signed for the vendor, such as a CAIQ or SIG (type attestation)",
		"audited":    "audited: the report of an independent auditor that covers it (type attestation, certification-report or pentest-report)",
		"tested":     "tested: a test of our own, run with the vendor's consent (type dynamic-analysis-report)",
	}[q.Proof]
}

// askers are the rules and requirements that ask, with what an answer that is not accepted weighs.
func askers(all []brief.AskedBy) string {
	words := make([]string, len(all))
	for i, by := range all {
		words[i] = fmt.Sprintf("%s (%s)", by.ID, by.Severity)
	}
	return joined(words)
}
