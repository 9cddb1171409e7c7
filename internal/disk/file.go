// Package disk accesses the files of the machine. It opens directories that links cannot escape from, and replaces files
// atomically. It does not interpret what it reads.
package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/vendorgate/vendorgate/internal/source"
)

// Disk accesses files, with relative names based on a directory.
type Disk struct {
	Dir string // base of relative names; empty for the working directory of the process
}

// at returns the name for the process.
func (d Disk) at(name string) string {
	if d.Dir == "" || name == "" || filepath.IsAbs(name) {
		return name
	}
	return d.Dir + string(filepath.Separator) + name // not cleaned, because the element before .. may be a link
}

// IsDir reports whether a name is a directory.
func (d Disk) IsDir(name string) (bool, error) {
	info, err := os.Stat(d.at(name))
	return err == nil && info.IsDir(), err
}

// ReadFile reads a regular file, up to one byte more than most. It refuses pipes, because opening one may block forever.
func (d Disk) ReadFile(name string, most int64) ([]byte, error) {
	name = d.at(name)
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: source.ErrNotRegular}
	}
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0) //nolint:gosec // the user names the file
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	return io.ReadAll(io.LimitReader(f, most+1))
}

// WriteFile replaces a file completely, or leaves it unchanged. It writes directly to anything that is not a regular file and
// to everything in /dev and /proc, because /dev/stdout may be a link to the log file. Below the base of relative names, it creates missing
// folders.
func (d Disk) WriteFile(name string, data []byte) error {
	if err := d.makeFolder(name); err != nil {
		return err
	}
	name, direct, err := target(d.at(name))
	if err != nil {
		return err
	}
	if info, err := os.Lstat(name); direct && err == nil && info.Mode().IsRegular() {
		return os.WriteFile(name, data, 0o644) //nolint:gosec // others may read reports
	}
	if direct {
		return d.AppendFile(name, data)
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

// target follows the links of a name one by one: filepath.EvalSymlinks would pass through /proc/self/fd/1 to the file
// behind it. direct means that the file must be written to and not replaced.
func target(name string) (resolved string, direct bool, err error) {
	for range 40 {
		folder, base := filepath.Split(name)
		if folder == "" {
			folder = "."
		}
		if folder, err = filepath.EvalSymlinks(folder); err != nil {
			return "", false, err
		}
		if folder, err = filepath.Abs(folder); err != nil {
			return "", false, err
		}
		resolved = filepath.Join(folder, base)
		inKernel := slices.ContainsFunc([]string{"/dev/", "/proc/"}, func(p string) bool { return strings.HasPrefix(resolved, p) })
		info, err := os.Lstat(resolved)
		switch {
		case inKernel, err == nil && !info.Mode().IsRegular() && info.Mode()&fs.ModeSymlink == 0:
			return resolved, true, nil
		case errors.Is(err, fs.ErrNotExist), err == nil && info.Mode().IsRegular():
			return resolved, false, nil
		case err != nil:
			return "", false, err
		}
		link, err := os.Readlink(resolved)
		if err != nil {
			return "", false, err
		}
		if name = link; !filepath.IsAbs(link) {
			name = folder + string(filepath.Separator) + link
		}
	}
	return "", false, &fs.PathError{Op: "open", Path: name, Err: errors.New("too many links")}
}

// Abs returns the absolute name of a file with links resolved. The file need not exist.
func (d Disk) Abs(name string) string {
	name = d.at(name)
	if resolved, _, err := target(name); err == nil {
		return resolved
	}
	if resolved, err := filepath.Abs(name); err == nil {
		return resolved
	}
	return filepath.Clean(name)
}

// NewFile creates a file in one of the runner's directories, under the name or, if that is taken, under name-2 and so on. It does
// not follow links. Later steps, which may not run as root, can read the file.
func (d Disk) NewFile(dir, name string, data []byte) (string, error) {
	root, err := os.OpenRoot(d.at(dir))
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
	return "", fmt.Errorf("%s exists already, and so do 98 numbered variants of it", name)
}

// AppendFile appends to a file and creates it if necessary.
func (d Disk) AppendFile(name string, data []byte) error {
	f, err := os.OpenFile(d.at(name), os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644) //nolint:gosec // others may read reports and outputs
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
