// Package process is the process and the machine, as the commands see them: streams, files, environment, clock and network. It
// decides nothing.
package process

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"time"

	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Env is the process and the machine, as the commands see them.
type Env struct {
	Stdin          io.Reader // read only if it is a terminal; nil if there is none
	Stdout, Stderr sink.Stream
	Getenv         func(string) string
	Environ        func() []string
	Open           func(dir string) (fs.FS, error)                     // opens a directory; links cannot lead out of it
	Abs            func(name string) string                            // makes a path absolute
	IsDir          func(name string) (bool, error)                     // reports whether a path is a directory
	ReadFile       func(name string, most int64) ([]byte, error)       // reads a regular file, up to one byte more than most
	WriteFile      func(name string, data []byte) error                // replaces a file in one step; creates folders below the working directory
	WriteFiles     func(edits []source.Edit) error                     // replaces or creates files that still hold what was read: all or none
	AppendFile     func(name string, data []byte) error                // appends to a file that the CI runner provides
	NewFile        func(dir, name string, data []byte) (string, error) // creates a file and returns its path
	Now            func() time.Time                                    // called once per command
	StdinTerminal  bool                                                // standard input is a terminal
	StdoutTerminal bool                                                // standard output is a terminal
	StderrTerminal bool                                                // standard error is a terminal
	Registry       fs.FS                                               // the embedded registry
	Build          Build                                               // version and commit of this program
	Transport      http.RoundTripper                                   // nil to connect directly
	Sleep          func(context.Context, time.Duration) error          // nil to sleep for real
}

// Say prints a line to standard error. It ignores errors, because there is nowhere else to report them.
func (e Env) Say(line sink.Line) { _ = e.Stderr.Print(line) }

// Hint prints the next step to standard error, if there is one.
func (e Env) Hint(text string) {
	if text != "" {
		e.Say(sink.Linef("    hint: %s", text))
	}
}

// Host returns the part of the environment that package inputs reads.
func (e Env) Host() inputs.Host {
	return inputs.Host{Open: e.Open, Abs: e.Abs, IsDir: e.IsDir, ReadFile: e.ReadFile, Registry: e.Registry}
}
