package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/command"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/policytest"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/render"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
)

func schemaNames() []string {
	return []string{"manifest", "vendor", "policy", "waiver", "policy-test", "policy-show", "report", "inventory", "forecast", "evidence"}
}

// Schema returns the JSON Schema 2020-12 of a file format; nil if the format is unknown.
func Schema(name string) []byte {
	id := "urn:vendorgate:schema:" + name + ":1"
	switch name {
	case "manifest":
		return manifest.Table().JSONSchema(id)
	case "vendor":
		return record.Table().JSONSchema(id)
	case "policy":
		return policy.Table().JSONSchema(id)
	case "waiver":
		return registry.WaiverTable().JSONSchema(id)
	case "policy-test":
		return policytest.TestTable().JSONSchema(id)
	case "policy-show":
		return render.PolicySchema
	case "report":
		return report.Schema
	case "inventory":
		return inventory.Schema
	case "forecast":
		return inventory.ForecastSchema
	case "evidence":
		return inventory.EvidenceSchema
	default:
		return nil
	}
}

func newSchema(r *command.Run) *cobra.Command {
	return &cobra.Command{
		Use:       "schema " + strings.Join(schemaNames(), "|"),
		Short:     "Print the JSON Schema of a file format",
		Example:   "  vendorgate schema manifest > vendors.schema.json",
		ValidArgs: schemaNames(),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return inputs.Usagef("use one of "+strings.Join(schemaNames(), ", "), "schema takes the name of one file format")
			}
			if Schema(args[0]) == nil {
				return command.Unknown("schema", args[0], schemaNames())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return r.Env.Stdout.Put(sink.Lines(string(Schema(args[0]))))
		},
	}
}
