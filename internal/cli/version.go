package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newVersion(r *run) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(r.env.Stdout, "vendorgate %s\n", Version)
			return err
		},
	}
}
