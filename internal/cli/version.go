package cli

import (
	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/sink"
)

func newVersion(r *run) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			return r.env.Stdout.Print(sink.Linef("vendorgate %s", Version))
		},
	}
}
