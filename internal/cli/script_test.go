package cli_test

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts run every command on real files. Each begins in an empty directory with the files that stand at its end. They run
// inside this process, so that coverage counts them; cmd/vendorgate has one for the process itself.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Cmds:                commands(),
		Setup: func(env *testscript.Env) error {
			env.Values[serverKey{}] = &server{}
			return nil
		},
	})
}
