package cli

import (
	"context"
	"io/fs"
	"net/http"
	"time"

	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Env is everything outside memory.
type Env struct {
	Stdout, Stderr sink.Stream
	Getenv         func(string) string
	Environ        func() []string
	Open           func(dir string) (fs.FS, error)                     // a directory that no link leads out of
	Abs            func(name string) string                            // one name for all spellings of it
	IsDir          func(name string) (bool, error)                     // of --base, which may be either
	ReadFile       func(name string, most int64) ([]byte, error)       // a plain file, at most one byte more than most
	WriteFile      func(name string, data []byte) error                // all of it or nothing
	AppendFile     func(name string, data []byte) error                // to a file of the runner
	NewFile        func(dir, name string, data []byte) (string, error) // the name under which it was made
	Now            func() time.Time                                    // read once
	Terminal       bool                                                // standard output is one
	Watched        bool                                                // standard error is one
	Registry       fs.FS                                               // the embedded registry
	Build          Build                                               // what the build recorded
	Transport      http.RoundTripper                                   // nil for a direct one
	Sleep          func(context.Context, time.Duration) error          // nil for a real one
}

// say prints a line to standard error. If nobody can read it there, nobody can be told.
func (e Env) say(line sink.Line) { _ = e.Stderr.Print(line) }

// host is the machine, as package inputs reads it.
func (e Env) host() inputs.Host {
	return inputs.Host{Open: e.Open, Abs: e.Abs, IsDir: e.IsDir, ReadFile: e.ReadFile, Registry: e.Registry}
}

// hint says the next step after what was said, where there is one.
func hint(env Env, text string) {
	if text != "" {
		env.say(sink.Linef("    hint: %s", text))
	}
}

// The exit codes. They are an interface.
const (
	exitPass      = 0
	exitFindings  = 1
	exitUsage     = 2
	exitNothing   = 3
	exitNoVerdict = 4
)

// run carries the exit code out of a command, past cobra, which knows errors only.
type run struct {
	env  Env
	code int
}

// network is how servers are reached: by what the settings declare and nothing that the environment says.
type network struct {
	transport http.RoundTripper // nil for a direct one
	now       func() time.Time
	sleep     func(context.Context, time.Duration) error // nil for a real one
	proxy     string
	ca        []byte
}

func (e Env) network() network {
	return network{transport: e.Transport, now: e.Now, sleep: e.Sleep}
}
