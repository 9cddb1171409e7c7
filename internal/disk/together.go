package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/vendorgate/vendorgate/internal/source"
)

// staged is a file that is written beside its place.
type staged struct {
	source.File

	temporary string
	before    []byte // what it holds now
	created   bool   // it does not exist now
}

// WriteFiles replaces or creates several files, with the folders that they need: all of them or none. It writes them beside their places
// first, so that little can fail after the first one has changed. If something does, it puts back those that have changed.
func (d Disk) WriteFiles(files []source.File) (err error) {
	var all []staged
	defer func() {
		for _, s := range all {
			if removed := os.Remove(s.temporary); !errors.Is(removed, fs.ErrNotExist) {
				err = errors.Join(err, removed)
			}
		}
	}()
	for _, f := range files {
		s, err := d.stage(f)
		if s.temporary != "" {
			all = append(all, s)
		}
		if err != nil {
			return err
		}
	}
	for i, s := range all {
		if err := os.Rename(s.temporary, s.Name); err != nil {
			return errors.Join(err, d.restore(all[:i]))
		}
	}
	return nil
}

// stage writes a file beside its place. The name of what it returns has no links.
func (d Disk) stage(f source.File) (staged, error) {
	name := d.at(f.Name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil { //nolint:gosec // others may read a registry
		return staged{}, err
	}
	name, direct, err := target(name)
	if err != nil {
		return staged{}, err
	}
	if direct {
		return staged{}, &fs.PathError{Op: "open", Path: name, Err: source.ErrNotRegular}
	}
	s := staged{File: source.File{Name: name, Data: f.Data}}
	switch s.before, err = os.ReadFile(name); { //nolint:gosec // the user names the registry
	case errors.Is(err, fs.ErrNotExist):
		s.created = true
	case err != nil:
		return staged{}, err
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), ".vendorgate-*")
	if err != nil {
		return staged{}, err
	}
	s.temporary = temporary.Name()
	_, err = temporary.Write(f.Data)
	return s, errors.Join(err, temporary.Chmod(0o644), temporary.Close())
}

// restore puts back files that have been changed.
func (d Disk) restore(all []staged) error {
	var errs []error
	for _, s := range all {
		if s.created {
			errs = append(errs, os.Remove(s.Name))
		} else {
			errs = append(errs, d.WriteFile(s.Name, s.before))
		}
	}
	return errors.Join(errs...)
}
