package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// errLink says why a folder is not created: somebody else may have put the link there, such as the author of a pull request.
var errLink = errors.New("a link leads there, and no folder is created behind one")

// makeFolder creates the folder of a file if it belongs below the base of relative names. It creates nothing behind a link, and nothing
// elsewhere.
func (d Disk) makeFolder(name string) error {
	folder := filepath.Dir(d.at(name))
	if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	base, err := filepath.Abs(d.Dir)
	if err != nil {
		return err
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return err
	}
	below, err := filepath.Rel(base, folder)
	if err != nil || !filepath.IsLocal(below) {
		return nil // whoever writes the file says that there is no such folder
	}
	root, err := os.OpenRoot(base)
	if err != nil {
		return err
	}
	defer root.Close() //nolint:errcheck // nothing was written through it
	for _, part := range parents(below) {
		if info, err := root.Lstat(part); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return &fs.PathError{Op: "mkdir", Path: name, Err: errLink}
		}
	}
	return root.MkdirAll(below, 0o755)
}

// parents returns a local path and all that it lies in.
func parents(name string) []string {
	var out []string
	for ; name != "."; name = filepath.Dir(name) {
		out = append(out, name)
	}
	return out
}
