package keeper

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/decision"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// suspendOptions are the flags of registry suspend.
type suspendOptions struct {
	writeOptions

	id, reason string
}

func newRegistrySuspend(r *command.Run) *cobra.Command {
	o := &suspendOptions{}
	cmd := &cobra.Command{
		Use:   "suspend id",
		Short: "Suspend a vendor in every repository",
		Example: "  vendorgate registry suspend larkspur-mail --reason \"Keys of customers were published\" --registry ../vendor-registry\n" +
			"  vendorgate registry suspend stripe --reason \"Unresolved breach, SEC-981\" --dry-run",
		Long: "suspend sets the status of a record to suspended, with the reason and the date, and says who has to act. Once the change is\n" +
			"merged, the check of every repository that uses the vendor fails, and no waiver covers it. A vendor of vendorgate's\n" +
			"catalogue that has no record gets one.",
		Args: command.OneID("registry suspend", "stripe"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.id = args[0]
			return suspend(cmd.Context(), r.Env, o)
		},
	}
	o.flags(cmd.Flags())
	cmd.Flags().StringVar(&o.reason, "reason", "", "Why, in a sentence that developers will read.")
	return cmd
}

// suspend suspends one vendor.
func suspend(ctx context.Context, env process.Env, o *suspendOptions) error {
	if strings.TrimSpace(o.reason) == "" {
		return inputs.Usagef("say why with --reason; developers will read it", "registry suspend needs a reason")
	}
	if err := settings.Answered("--reason", o.reason, "say why in a sentence; developers will read it"); err != nil {
		return err
	}
	office, err := o.office(ctx, env, "registry suspend")
	if err != nil {
		return err
	}
	out, err := office.Suspend(o.id, strings.Join(strings.Fields(o.reason), " "))
	if err != nil {
		return o.decisionError(office, o.id, err)
	}
	if err := o.write(env, editsOf(office, out)); err != nil {
		return err
	}
	env.Say(sink.Linef("vendorgate: %s %s; once this is merged, the check of %s that uses it fails, and no waiver or ignore entry covers it", o.done("suspended"), o.id, whichRepositories(out)))
	env.Say(sink.Linef("vendorgate: %s must stop all calls to it and rotate their credentials; each check names those that it finds", whichTeams(out)))
	return nil
}

// whichRepositories names the repositories that may use a vendor. Others may use it, too, without being allowed to.
func whichRepositories(out decision.Outcome) string {
	if repos := out.Vendor.Record.Get("scope.repos").Texts(); len(repos) > 0 {
		return "every repository (its scope names " + subject.List(repos) + ")"
	}
	return "every repository"
}

// whichTeams names the teams that have to act.
func whichTeams(out decision.Outcome) string {
	if teams := out.Vendor.Record.Get("scope.teams").Texts(); len(teams) > 0 {
		return "the teams of these repositories, such as " + subject.List(teams) + ","
	}
	return "the teams of these repositories"
}
