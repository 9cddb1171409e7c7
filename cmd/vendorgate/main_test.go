package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"vendorgate": main})
}

// The scripts run the real program in a process of its own. Each begins in an empty directory with the files that
// stand at its end.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "../../internal/cli/testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Cmds:                commands(),
		Setup: func(env *testscript.Env) error {
			env.Values[serverKey{}] = &server{}
			env.Setenv("GORACE", "atexit_sleep_ms=0") // the race detector would sleep for a second at every exit
			return nil
		},
	})
}
