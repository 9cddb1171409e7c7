package keeper

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/decision"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// approvalFlags defines the flags that say who approves, and until when.
func approvalFlags(f *pflag.FlagSet, a *settings.Approval) {
	f.StringArrayVar(&a.By, "by", nil, "User who approves; repeatable.")
	f.StringArrayVar(&a.Roles, "role", nil, "Role in which the user of the same place approves, or the role of all of them; repeatable.")
	f.StringArrayVar(&a.Teams, "team", nil, "Team for which the user of the same place approves, such as @acme/security; repeatable. By default, the only team that may approve in the role.")
	f.StringVar(&a.Until, "until", "", "Last day of the approval. By default, the day on which its first review is due, or an earlier one if the policy wants that.")
	f.StringVar(&a.Link, "decision-ref", "", "Address of the decision, such as a ticket.")
}

// approveOptions are the flags of registry approve.
type approveOptions struct {
	writeOptions
	settings.Approval

	id string
}

func newRegistryApprove(r *command.Run) *cobra.Command {
	o := &approveOptions{}
	cmd := &cobra.Command{
		Use:   "approve id",
		Short: "Approve a vendor, if nothing is missing in its record",
		Example: "  vendorgate registry approve larkspur-mail --by a.ferreira --role security-architect --until 2027-08-31 --registry ../vendor-registry\n" +
			"  vendorgate registry approve stripe --by a.ferreira --role security-architect --by m.oduya --role privacy-officer",
		Long: "approve judges a record as a check would judge a use of everything that its scope permits, and as registry lint would judge\n" +
			"the change. If both would pass with the approval, approve writes the status, the approval and today's dates, and says who may open the pull request. Otherwise it\n" +
			"lists what is missing (exit code 1) and changes nothing.",
		Args: command.OneID("registry approve", "stripe"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.id = args[0]
			return approve(cmd.Context(), r, o)
		},
	}
	o.flags(cmd.Flags())
	approvalFlags(cmd.Flags(), &o.Approval)
	cmd.Flags().StringVar(&o.RequestedBy, "requested-by", "", "User who asked for the vendor, and who therefore cannot approve it.")
	return cmd
}

// approve approves one vendor.
func approve(ctx context.Context, r *command.Run, o *approveOptions) error {
	if len(o.By) == 0 {
		return inputs.Usagef("for example, `--by a.ferreira --role security-architect`", "registry approve needs to know who approves")
	}
	office, err := o.office(ctx, r.Env, "registry approve")
	if err != nil {
		return err
	}
	approval, err := o.Read(office.Policy, office.Today.Day)
	if err != nil {
		return err
	}
	out, err := office.Approve(o.id, approval)
	if err != nil {
		return o.decisionError(office, o.id, err)
	}
	judged := []decision.Outcome{out}
	office.Lint(judged)
	if out = judged[0]; out.Blocked() {
		r.Code = command.ExitFindings
		return refuse(r, "approved", o.id, out)
	}
	if err := o.write(r.Env, editsOf(office, out)); err != nil {
		return err
	}
	sayRest(r, out)
	r.Env.Say(sink.Linef("vendorgate: %s", o.granted("approved", o.id, out)))
	r.Env.Say(sink.Linef("vendorgate: %s", whoOpens(out.Approvers())))
	return nil
}

// refuse prints what a check would find.
func refuse(r *command.Run, verb, id string, out decision.Outcome) error {
	var page sink.Page
	failing := 0
	for _, f := range out.Findings {
		if out.Fails(f) {
			failing++
		}
		if f.Rule == rules.ApprovalInvalid { // the approval is that of the command line, not of the file
			page.Linef("%s: %s [%s]", f.Severity, f.Message, f.Rule)
			page.Linef("    hint: Pass other people with --by and --role, or another day with --until. %s", approvalTerms(out.Use.Policy, out.Use.Tier))
			continue
		}
		page.Linef("%s: %s: %s [%s]", out.Vendor.File, f.Severity, f.Message, f.Rule)
		if f.Hint != "" {
			page.Linef("    hint: %s", f.Hint)
		}
	}
	r.Env.Say(sink.Linef("vendorgate: not %s: with this approval, the check of a tier-%d use of %s, or of its record, would fail: %s", verb, out.Use.Tier, id, diag.Count(failing, "finding")))
	return r.Env.Stdout.Put(page.Document())
}

// sayRest prints what a check would find although it passes.
func sayRest(r *command.Run, out decision.Outcome) {
	for _, f := range out.Findings {
		r.Env.Say(sink.Linef("vendorgate: %s: %s [%s]", f.Severity, f.Message, f.Rule))
		r.Env.Hint(f.Hint)
	}
}

// granted says what is approved, and until when.
func (o *writeOptions) granted(verb, id string, out decision.Outcome) string {
	r := out.Vendor.Record
	text := fmt.Sprintf("%s %s through %s, at tier %d", o.done(verb), id, r.Get("approval.expires").Text, out.Use.Tier)
	if environments := r.Get("scope.environments").Texts(); len(environments) > 0 {
		text += ", in " + subject.List(environments)
	}
	if classes := r.Get("scope.data_classes").Texts(); len(classes) > 0 {
		text += ", with " + subject.List(classes) + " data"
	}
	return text
}

// whoOpens says who may open the pull request: nobody approves their own change.
func whoOpens(people []string) string {
	if len(people) == 1 {
		return fmt.Sprintf("someone other than %s must open the pull request, which %s then approves", people[0], people[0])
	}
	return fmt.Sprintf("someone other than %s must open the pull request, which they then approve", subject.List(people))
}
