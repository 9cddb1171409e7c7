package inputs

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Host provides access to directories and files.
type Host struct {
	Open     func(dir string) (fs.FS, error)               // opens a directory; links cannot lead out of it
	Abs      func(name string) string                      // makes a path absolute
	IsDir    func(name string) (bool, error)               // reports whether a path is a directory
	ReadFile func(name string, most int64) ([]byte, error) // reads a regular file, up to one byte more than most
	Registry fs.FS                                         // the embedded registry
}

// Request says what to read, and from where. Its values must be valid.
type Request struct {
	Host           Host
	Version        string          // of vendorgate, for a policy's required_version
	Dir            string          // the directory to check
	Manifests      []string        // paths and globs of manifests; if empty, manifests are found by name
	MissingAllowed bool            // a directory without a manifest is allowed
	Base           string          // directory or single manifest before the change, or a branch, tag or commit of the checkout; may be empty
	Local          bool            // nothing but the checkout says what its repository and its default branch are, because no CI system does
	Registry       string          // directory of the registry; empty for the embedded one
	Remote         *RemoteRegistry // the registry, if it is in a repository; Registry is then empty
	AsOf           string          // in CI, --as-of, which the policy must allow; empty for now
	Presets        []string        // policy for a registry that has none: a preset and overlays; may be empty
	Job            *Job            // the CI job that the check runs in; nil outside CI
}

// UsageError is a wrong setting, with a hint on how to fix it.
type UsageError struct{ Message, Hint string }

func (e UsageError) Error() string { return e.Message }

// Usagef returns a UsageError.
func Usagef(hint, format string, args ...any) error {
	return UsageError{Message: fmt.Sprintf(format, args...), Hint: hint}
}

// Inside returns the path of a folder relative to a directory, with slashes, and whether it is inside it. The path of the
// directory itself is ".".
func (h Host) Inside(dir, folder string) (inside string, below bool) {
	inside, err := filepath.Rel(h.Abs(dir), h.Abs(folder))
	inside = filepath.ToSlash(inside)
	return inside, err == nil && inside != ".." && !strings.HasPrefix(inside, "../")
}

// within is Inside for a folder that a search skips. It is empty if the folder is not below the directory.
func (h Host) within(dir, folder string) string {
	if folder == "" {
		return ""
	}
	if inside, below := h.Inside(dir, folder); below && inside != "." {
		return inside
	}
	return ""
}

// RegistryFolder returns the path of the registry below the directory to check; empty if it is elsewhere.
func (r Request) RegistryFolder() string { return r.Host.within(r.Dir, r.Registry) }

// Embedded returns the embedded registry as a tree.
func (r Request) Embedded() *source.Tree { return source.New("embedded", "", r.Host.Registry) }

// registryInJob returns the path of the registry in the job's repository; false if it is elsewhere.
func (r Request) registryInJob() (string, bool) {
	switch {
	case r.Remote != nil:
		return path.Clean(r.Remote.Path), r.Job != nil && scalar.SameRepository(r.Remote.Repository, r.Job.Event.Repository)
	case r.Registry == "":
		return "", false
	}
	return r.Host.Inside(r.Dir, r.Registry)
}

// find finds the manifests of a tree: those that the settings name, or all of them.
func (r Request) find(files fs.FS, s manifest.Search) (manifest.Found, error) {
	if len(r.Manifests) == 0 {
		return s.Find(), nil
	}
	return s.Match(files, r.Manifests)
}
