package snapshot

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/source"
)

// Limits on the files of a registry that are kept.
const (
	maxKept = 256 << 20 // bytes of all; they are held compressed
	maxFile = source.MaxFile

	maxBeside = 4 << 20 // bytes of the files beside a registry's folders
)

// RegistryLimits returns the limits on the archive of a registry.
func RegistryLimits() Limits { return Limits{Entries: 20_000, Unpacked: 512 << 20} }

// Registry is what the archive of a repository has of a registry.
type Registry struct {
	root  string // of the registry within the repository; "" for all of it
	sha   string
	held  int64
	files map[string]source.Packed // by name below root
	all   directory                // everything in the archive

	beside    map[string]source.Packed // files that may be records in a wrong place; nothing depends on them being there
	besideLen int
}

// ReadRegistry reads the registry from the gzipped tarball of a commit: policy.yaml everything below vendors,
// waivers and probes, and what may be records beside them. If anything about the archive is suspicious, it refuses the whole archive. It may hold no file.
func ReadRegistry(r io.Reader, root, sha string, most Limits) (*Registry, error) {
	a := &Registry{root: root, sha: sha, files: map[string]source.Packed{}, beside: map[string]source.Packed{}}
	err := walk(r, sha, most, a.add)
	var limit *source.TooMuch
	if errors.As(err, &limit) {
		err = &ArchiveError{Reason: limit.Error() + "; keep the registry in a repository of its own"}
	}
	if err != nil {
		return nil, err
	}
	return a, nil
}

// Files returns the files of the registry.
func (a *Registry) Files() (*Files, error) {
	if len(a.files) == 0 {
		return nil, &ArchiveError{Reason: fmt.Sprintf("there is no vendors folder and no policy.yaml at %q; is the path right?", "/"+a.root), cause: ErrNoRegistry}
	}
	all := maps.Clone(a.beside)
	maps.Copy(all, a.files)
	return packedFiles(all), nil
}

// add keeps an entry of the archive if it is a file of the registry, and what git calls it in any case.
func (a *Registry) add(name string, h *tar.Header, content io.Reader) error {
	content, done := a.all.note(name, h, content)
	if err := a.pick(name, h, content); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, content); err != nil {
		return damaged("it is cut off or damaged: ", err)
	}
	done()
	return nil
}

// pick keeps an entry of the archive if it is a file of the registry.
func (a *Registry) pick(name string, h *tar.Header, content io.Reader) error {
	file, ours := a.ours(name)
	switch {
	case ours && h.Typeflag == tar.TypeSymlink:
		return refuse(h, "is a link; commit the file itself")
	case !ours && h.Typeflag == tar.TypeReg:
		return a.keepBeside(name, h.Size, content)
	case !ours || h.Typeflag != tar.TypeReg || file == "":
		return nil
	}
	return a.keep(h, file, content)
}

// ours reports whether an entry belongs to the registry, and its name there. Folders above the registry belong to it, but
// have no name.
func (a *Registry) ours(name string) (file string, ours bool) {
	file = name
	if a.root != "" {
		if a.root == name || strings.HasPrefix(a.root, name+"/") {
			return "", true
		}
		below, ok := strings.CutPrefix(name, a.root+"/")
		if !ok {
			return "", false
		}
		file = below
	}
	first, _, nested := strings.Cut(file, "/")
	if !slices.Contains(registryNames(), first) || nested && strings.HasPrefix(first, "policy") {
		return "", false
	}
	return file, true
}

// registryNames are the folders and files of a registry. The last one is kept, so that it can be reported as a wrong name.
func registryNames() []string {
	return []string{"vendors", "waivers", "probes", "policy.yaml", "policy.yml"}
}

// keepBeside keeps a file that may be a record or a waiver in a wrong place, in the root of the registry or at most two folders deep. It
// keeps policies, too, because they say that a folder is a registry of its own, or have a wrong name. What is large, odd or too much is left out.
func (a *Registry) keepBeside(name string, size int64, content io.Reader) error {
	file, below := name, true
	if a.root != "" {
		file, below = strings.CutPrefix(name, a.root+"/")
	}
	ending := strings.ToLower(path.Ext(file))
	policy := !strings.Contains(file, "/") && strings.HasPrefix(strings.TrimPrefix(strings.ToLower(file), "."), "polic") // policy.json, .policy.yaml
	if !below || !policy && ending != ".yaml" && ending != ".yml" || strings.Count(file, "/") > 2 || !fs.ValidPath(file) || size > maxFile || a.besideLen+int(size) > maxBeside {
		return nil
	}
	data, err := io.ReadAll(content)
	if err != nil {
		return damaged("it is cut off or damaged: ", err)
	}
	if policy || bytes.Contains(data, []byte("vendorgate/v1")) {
		a.beside[file] = source.Pack(data)
		a.besideLen += len(data)
	}
	return nil
}

func (a *Registry) keep(h *tar.Header, file string, content io.Reader) error {
	if !fs.ValidPath(file) {
		return refuse(h, "is not a valid file name in a registry")
	}
	if h.Size > maxFile {
		return refuse(h, fmt.Sprintf("is longer than %d bytes", maxFile))
	}
	if a.held += h.Size; a.held > maxKept {
		return &ArchiveError{Reason: fmt.Sprintf("the registry's files exceed %d bytes in total", maxKept)}
	}
	data, err := io.ReadAll(content)
	if err != nil {
		return damaged("it is cut off or damaged: ", err)
	}
	a.files[file] = source.Pack(data)
	return nil
}
