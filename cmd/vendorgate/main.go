// Command vendorgate is the gate for API vendor integrations: it checks the vendors that a repository declares against
// the registry of its organisation.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // a container from scratch has no zones

	"github.com/vendorgate/vendorgate"
	"github.com/vendorgate/vendorgate/internal/cli"
)

func main() {
	// An earlier step of the job could move the end of a day by naming zones of its own.
	os.Unsetenv("ZONEINFO") //nolint:errcheck // cannot fail for a valid name
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Main(ctx, environment(), os.Args[1:])
	stop()
	os.Exit(code)
}

func environment() cli.Env {
	info, err := os.Stdout.Stat()
	return cli.Env{
		Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Environ: os.Environ, Now: time.Now,
		Terminal: err == nil && info.Mode()&os.ModeCharDevice != 0,
		Registry: vendorgate.Registry,
		Open: func(dir string) (fs.FS, error) {
			root, err := os.OpenRoot(dir)
			if err != nil {
				return nil, err
			}
			return root.FS(), nil
		},
		IsDir: func(name string) (bool, error) {
			info, err := os.Stat(name)
			return err == nil && info.IsDir(), err
		},
		ReadFile:   readFile,
		WriteFile:  writeFile,
		AppendFile: appendFile,
		NewFile:    newFile,
	}
}

func readFile(name string) ([]byte, error) {
	f, err := os.Open(name) //nolint:gosec // the user names the file
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	return io.ReadAll(io.LimitReader(f, 1<<20+1))
}

// writeFile replaces a file by a whole new one or leaves it as it was. What is not a plain file, such as /dev/stdout, is
// written to.
func writeFile(name string, data []byte) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return appendFile(name, data)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".vendorgate-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// newFile makes a file in a directory of the runner, under the name or, where that is taken, under name-2 and so on. Links
// that someone laid there are not followed, and the later steps, which are not root, can read it.
func newFile(dir, name string, data []byte) (string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", err
	}
	defer root.Close() //nolint:errcheck // the file is closed below
	extension := filepath.Ext(name)
	for n := 1; n < 100; n++ {
		candidate := name
		if n > 1 {
			candidate = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, extension), n, extension)
		}
		f, err := root.OpenFile(candidate, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		switch {
		case errors.Is(err, fs.ErrExist):
			continue
		case err != nil:
			return "", err
		}
		_, err = f.Write(data)
		return candidate, errors.Join(err, f.Close())
	}
	return "", fmt.Errorf("%s is taken, as are all its successors", name)
}

func appendFile(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644) //nolint:gosec // reports and outputs are for others to read
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
