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

// Host is the machine whose directories and files are read.
type Host struct {
	Open     func(dir string) (fs.FS, error)               // a directory that no link leads out of
	Abs      func(name string) string                      // one name for all spellings of it
	IsDir    func(name string) (bool, error)               // of a name that may be either
	ReadFile func(name string, most int64) ([]byte, error) // a plain file, at most one byte more than most
	Registry fs.FS                                         // the registry inside vendorgate
}

// Request says what to read and where it lies. Whoever makes one has checked the settings that it comes from.
type Request struct {
	Host           Host
	Version        string          // of vendorgate, which a policy may constrain
	Dir            string          // the directory that is judged
	Manifests      []string        // paths and globs of manifests; with none they are found by name
	MissingAllowed bool            // a directory without a manifest is allowed
	Base           string          // directory, or single manifest, as it was before the change; empty if none is given
	Registry       string          // directory of the registry; empty for the one inside vendorgate
	Remote         *RemoteRegistry // the registry, where it is in a repository; Registry is then empty
	AsOf           string          // in CI, the time that the settings choose, which the policy must allow; empty for now
	Job            *Job            // the CI job that the check runs in; nil outside of one
}

// UsageError is a setting that is wrong, and how to mend it.
type UsageError struct{ Message, Hint string }

func (e UsageError) Error() string { return e.Message }

func usagef(hint, format string, args ...any) error {
	return UsageError{Message: fmt.Sprintf(format, args...), Hint: hint}
}

// Inside is the path of a folder below a directory, with slashes; "." is the directory itself.
func (h Host) Inside(dir, folder string) (inside string, below bool) {
	inside, err := filepath.Rel(h.Abs(dir), h.Abs(folder))
	inside = filepath.ToSlash(inside)
	return inside, err == nil && inside != ".." && !strings.HasPrefix(inside, "../")
}

// within is Inside for a folder that a search leaves out; empty if it does not lie below the directory, or is the directory.
func (h Host) within(dir, folder string) string {
	if folder == "" {
		return ""
	}
	if inside, below := h.Inside(dir, folder); below && inside != "." {
		return inside
	}
	return ""
}

// RegistryFolder is the path of the registry below the directory that is judged; empty if it lies elsewhere.
func (r Request) RegistryFolder() string { return r.Host.within(r.Dir, r.Registry) }

// Embedded is the registry inside vendorgate, as a tree.
func (r Request) Embedded() *source.Tree { return source.New("embedded", "", r.Host.Registry) }

// registryInJob is the path of the registry in the repository of the job; false if it lies elsewhere.
func (r Request) registryInJob() (string, bool) {
	switch {
	case r.Remote != nil:
		return path.Clean(r.Remote.Path), r.Job != nil && scalar.SameRepository(r.Remote.Repository, r.Job.Event.Repository)
	case r.Registry == "":
		return "", false
	}
	return r.Host.Inside(r.Dir, r.Registry)
}

// find finds the manifests of a tree: those that the settings name, or those that there are.
func (r Request) find(files fs.FS, display func(string) string, without ...string) (manifest.Found, error) {
	if len(r.Manifests) == 0 {
		return manifest.Find(files, display, without...), nil
	}
	return manifest.Match(files, r.Manifests, display, without...)
}
