package cli

import (
	"cmp"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/sink"
)

func newVersion(r *command.Run) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version and the commit that it was built from", Args: command.NoArgs,
		RunE: func(*cobra.Command, []string) error { return printVersion(r.Env) },
	}
}

func printVersion(env process.Env) error {
	b := env.Build
	lines := []sink.Line{sink.Linef("vendorgate %s", b.ShownVersion())}
	if b.Revision != "" {
		state := ""
		if b.Modified {
			state = ", with local changes"
		}
		lines = append(lines, sink.Linef("commit: %s (%s%s)", b.Revision, cmp.Or(b.Time, "time unknown"), state))
	}
	if b.Go != "" {
		lines = append(lines, sink.Linef("built with: %s", b.Go))
	}
	for _, line := range lines {
		if err := env.Stdout.Print(line); err != nil {
			return err
		}
	}
	return nil
}
