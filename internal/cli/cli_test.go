package cli_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate"
	"github.com/vendorgate/vendorgate/internal/cli"
	"github.com/vendorgate/vendorgate/internal/disk"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// testRun is one run of the program inside the test process.
type testRun struct {
	stdout, stderr bytes.Buffer
	env            process.Env
	vars           map[string]string
}

func newRun() *testRun {
	r := &testRun{vars: map[string]string{}}
	r.env = process.Env{
		Stdout: sink.To(&r.stdout), Stderr: sink.To(&r.stderr),
		Getenv: func(name string) string { return r.vars[name] },
		Environ: func() []string {
			var out []string
			for k, v := range r.vars {
				out = append(out, k+"="+v)
			}
			return out
		},
		Open: func(dir string) (fs.FS, error) {
			root, err := os.OpenRoot(dir)
			if err != nil {
				return nil, err
			}
			return root.FS(), nil
		},
		Abs: func(name string) string {
			name, _ = filepath.Abs(name)
			return name
		},
		IsDir: func(name string) (bool, error) {
			info, err := os.Stat(name)
			return err == nil && info.IsDir(), err
		},
		ReadFile:   func(name string, _ int64) ([]byte, error) { return os.ReadFile(name) },
		WriteFile:  func(name string, data []byte) error { return os.WriteFile(name, data, 0o644) },
		WriteFiles: disk.Disk{}.WriteFiles,
		AppendFile: appendFile,
		Now:        func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) },
		Registry:   vendorgate.Registry,
		Build:      process.Build{Version: "0.1.0", Release: "0.1.0"},
	}
	return r
}

func appendFile(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // a test file
	_, err = f.Write(data)
	return err
}

func (r *testRun) main(t *testing.T, args ...string) int {
	t.Helper()
	return cli.Main(t.Context(), r.env, args)
}
