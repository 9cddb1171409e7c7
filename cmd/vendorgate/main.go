// Command vendorgate checks the API vendors that a repository uses against its organisation's registry of approved
// vendors.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // a scratch container has no time zones

	"github.com/vendorgate/vendorgate"
	"github.com/vendorgate/vendorgate/internal/cli"
	"github.com/vendorgate/vendorgate/internal/disk"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/sink"
)

func main() {
	// An earlier step of the job could shift the end of a day by providing its own time zones.
	os.Unsetenv("ZONEINFO") //nolint:errcheck // cannot fail for a valid name
	debug.SetGCPercent(40)  // keeps memory low while a tree is searched
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, func() {
		stop() // a second signal ends the process
		time.AfterFunc(time.Second, func() {
			sink.To(os.Stderr).Print(sink.Text("vendorgate: stopped, no verdict")) //nolint:errcheck,gosec // there is nowhere else to report it
			os.Exit(noVerdict)
		})
	})
	os.Exit(cli.Main(ctx, environment(), os.Args[1:]))
}

// noVerdict is the exit code of an interrupted run.
const noVerdict = 4

func environment() process.Env {
	var files disk.Disk
	return process.Env{
		Stdout: sink.To(os.Stdout), Stderr: sink.To(os.Stderr), Getenv: os.Getenv, Environ: os.Environ, Now: time.Now,
		Stdin: os.Stdin, StdinTerminal: disk.IsTerminal(os.Stdin),
		StdoutTerminal: disk.IsTerminal(os.Stdout), StderrTerminal: disk.IsTerminal(os.Stderr),
		Registry: vendorgate.Registry,
		Build:    thisBuild(),
		Open:     files.Open, Abs: files.Abs, IsDir: files.IsDir,
		ReadFile: files.ReadFile, WriteFile: files.WriteFile, WriteFiles: files.WriteFiles, AppendFile: files.AppendFile, NewFile: files.NewFile,
	}
}
