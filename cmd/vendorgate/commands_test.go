package main

import (
	"bytes"
	"encoding/hex"
	"flag"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the golden parts of the scripts")

// commands are what the scripts have besides those of testscript.
func commands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"gate":  gate,
		"bytes": writeBytes,
		"lacks": lacks,
		"lines": lines,
	}
}

// gate CODE ARGS... runs vendorgate and wants that exit code.
func gate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: gate code args...")
	}
	err := ts.Exec("vendorgate", args[1:]...)
	code := 0
	if exit := (*exec.ExitError)(nil); asExit(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

func asExit(err error, target **exec.ExitError) bool {
	e, ok := err.(*exec.ExitError) //nolint:errorlint // Exec returns it bare
	*target = e
	return ok
}

// writeBytes writes hex to a file: bytes FILE 6869...
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	data, err := hex.DecodeString(strings.Join(args[1:], ""))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

// lines NAME VALUE... sets a variable of several lines.
func lines(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], strings.Join(args[1:], "\n"))
}

// lacks TEXT wants that the last command printed it nowhere.
func lacks(ts *testscript.TestScript, _ bool, args []string) {
	for _, stream := range []string{"stdout", "stderr"} {
		if bytes.Contains([]byte(ts.ReadFile(stream)), []byte(args[0])) {
			ts.Fatalf("%s holds %q", stream, args[0])
		}
	}
}
