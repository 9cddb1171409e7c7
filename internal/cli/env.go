package cli

import (
	"context"
	"io/fs"
	"net/http"
	"time"

	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Env is the process and the machine, as the commands see them.
type Env struct {
	Stdout, Stderr sink.Stream
	Getenv         func(string) string
	Environ        func() []string
	Open           func(dir string) (fs.FS, error)                     // opens a directory; links cannot lead out of it
	Abs            func(name string) string                            // makes a path absolute
	IsDir          func(name string) (bool, error)                     // reports whether a path is a directory
	ReadFile       func(name string, most int64) ([]byte, error)       // reads a regular file, up to one byte more than most
	WriteFile      func(name string, data []byte) error                // replaces a file in one step
	AppendFile     func(name string, data []byte) error                // appends to a file that the CI runner provides
	NewFile        func(dir, name string, data []byte) (string, error) // creates a file and returns its path
	Now            func() time.Time                                    // called once per command
	StdoutTerminal bool                                                // standard output is a terminal
	StderrTerminal bool                                                // standard error is a terminal
	Registry       fs.FS                                               // the embedded registry
	Build          Build                                               // version and commit of this program
	Transport      http.RoundTripper                                   // nil to connect directly
	Sleep          func(context.Context, time.Duration) error          // nil to sleep for real
}

// say prints a line to standard error. It ignores errors, because there is nowhere else to report them.
func (e Env) say(line sink.Line) { _ = e.Stderr.Print(line) }

// host returns the part of the environment that package inputs reads.
func (e Env) host() inputs.Host {
	return inputs.Host{Open: e.Open, Abs: e.Abs, IsDir: e.IsDir, ReadFile: e.ReadFile, Registry: e.Registry}
}

// hint prints the next step to standard error, if there is one.
func hint(env Env, text string) {
	if text != "" {
		env.say(sink.Linef("    hint: %s", text))
	}
}

// The exit codes. They are a public interface.
const (
	exitPass      = 0
	exitFindings  = 1
	exitUsage     = 2
	exitNothing   = 3
	exitNoVerdict = 4
)

// run carries the exit code out of a command, because cobra returns only errors.
type run struct {
	env  Env
	code int
}

// network says how to reach servers. It comes from the settings only, never from environment variables.
type network struct {
	transport http.RoundTripper // nil to connect directly
	now       func() time.Time
	sleep     func(context.Context, time.Duration) error // nil to sleep for real
	proxy     string
	ca        []byte
}

func (e Env) network() network {
	return network{transport: e.Transport, now: e.Now, sleep: e.Sleep}
}
