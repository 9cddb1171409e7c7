package disk

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/vendorgate/vendorgate/internal/source"
)

// staged is a file that is written beside its place.
type staged struct {
	source.Edit

	temporary string
	created   bool // it does not exist now
}

// WriteFiles edits several files, and creates the folders that they need: all of them or none. It writes them beside their places
// first, so that little can fail after the first one has changed. If something does, it puts back those that have changed. A file that does
// not hold what was read before the edit is such a failure.
func (d Disk) WriteFiles(edits []source.Edit) (err error) {
	var all []staged
	defer func() {
		for _, s := range all {
			if removed := os.Remove(s.temporary); !errors.Is(removed, fs.ErrNotExist) {
				err = errors.Join(err, removed)
			}
		}
	}()
	for _, e := range edits {
		s, err := d.stage(e)
		if s.temporary != "" {
			all = append(all, s)
		}
		if err != nil {
			return err
		}
	}
	for i := range all {
		if err := all[i].replace(); err != nil {
			return errors.Join(err, d.restore(all[:i]))
		}
	}
	return nil
}

// stage writes a file beside its place. The name of what it returns has no links.
func (d Disk) stage(e source.Edit) (staged, error) {
	name := d.at(e.Name)
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
	s := staged{Edit: source.Edit{Name: name, Before: e.Before, After: e.After}}
	if err := s.unchanged(); err != nil {
		return staged{}, err
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), ".vendorgate-*")
	if err != nil {
		return staged{}, err
	}
	s.temporary = temporary.Name()
	_, err = temporary.Write(e.After)
	return s, errors.Join(err, temporary.Chmod(0o644), temporary.Close())
}

// unchanged returns an error if the file does not hold what it held before the edit.
func (s *staged) unchanged() error {
	now, err := os.ReadFile(s.Name)
	s.created = errors.Is(err, fs.ErrNotExist)
	switch {
	case err != nil && !s.created:
		return err
	case s.created != (s.Before == nil), !bytes.Equal(now, s.Before):
		return &fs.PathError{Op: "write", Path: s.Name, Err: source.ErrChanged}
	}
	return nil
}

// replace puts the file in its place. It looks once more whether somebody has changed it, because the other files took time.
func (s *staged) replace() error {
	if err := s.unchanged(); err != nil {
		return err
	}
	return os.Rename(s.temporary, s.Name)
}

// restore puts back files that have been changed.
func (d Disk) restore(all []staged) error {
	var errs []error
	for _, s := range all {
		if s.created {
			errs = append(errs, os.Remove(s.Name))
		} else {
			errs = append(errs, d.WriteFile(s.Name, s.Before))
		}
	}
	return errors.Join(errs...)
}
