package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"vendorgate": main})
}

// The script runs the real program in a process of its own: its exit codes, streams, variables and files. What the commands do is
// told by the scripts of internal/cli.
func TestProcess(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("GORACE", "atexit_sleep_ms=0") // the race detector would sleep for a second at every exit
			return nil
		},
	})
}
