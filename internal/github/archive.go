package github

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// Limits on the contents of an archive.
type limits struct {
	entries  int   // files and folders, including those that are only implied by a name
	unpacked int64 // bytes of the whole
	kept     int64 // bytes of all files that are kept
	file     int64 // bytes of one of them
}

func registryLimits() limits {
	return limits{entries: 20_000, unpacked: 512 << 20, kept: 64 << 20, file: 1 << 20}
}

// maxName is the maximum length of a name in bytes. No system that git runs on allows longer names.
const maxName = 4096

const block = 512 // bytes; a tar is made of them

// archive is the state of reading a tarball of a repository.
type archive struct {
	max   limits
	root  string // of the registry within the repository; "" for all of it
	sha   string
	top   string           // the one folder that GitHub puts all into
	seen  map[string]entry // by name below top
	count int
	size  int64 // bytes that the entries claim
	held  int64
	files map[string][]byte // by name below root
}

type entry int

const (
	implied entry = iota + 1 // a folder that only a longer name speaks of
	folder
	other
)

// readArchive reads the registry from the gzipped tarball of a commit: policy.yaml and everything below vendors,
// waivers and probes. If anything about the archive is suspicious, it refuses the whole archive. It may hold no file.
func readArchive(data []byte, root, sha string, most limits) (*archive, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, &ArchiveError{Reason: "it is not gzip: " + oneLine(err.Error())}
	}
	stream := &meter{r: unzipped, limit: most.unpacked}
	a := &archive{max: most, root: root, sha: sha, seen: map[string]entry{}, files: map[string][]byte{}}
	if err := a.read(stream); err != nil {
		var known *ArchiveError
		if !errors.As(err, &known) {
			known = &ArchiveError{Reason: "it is cut off or damaged: " + oneLine(err.Error())}
		}
		return nil, known
	}
	return a, nil
}

// registry returns the files of the registry.
func (a *archive) registry() (*memory, error) {
	if len(a.files) == 0 {
		return nil, &ArchiveError{Reason: fmt.Sprintf("there is no vendors folder and no policy.yaml at %q; is the path right?", "/"+a.root), cause: ErrNoRegistry}
	}
	return newMemory(a.files), nil
}

func (a *archive) read(stream *meter) error {
	entries := tar.NewReader(stream)
	end := int64(0) // of the last entry
	for {
		header, err := entries.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := a.add(header, entries); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, entries); err != nil { //nolint:gosec // meter limits what comes out of gzip
			return err
		}
		end = (stream.n + block - 1) / block * block
	}
	// tar.Reader does not notice if a stream ends between two entries.
	if stream.n < end+2*block {
		return &ArchiveError{Reason: "it is cut off: it has no end marker"}
	}
	_, err := io.Copy(zeros{}, stream) // to the end, where gzip keeps its checksum
	return err
}

// add checks an entry, and keeps it if it is a file of the registry.
func (a *archive) add(h *tar.Header, content io.Reader) error {
	a.count++
	a.size += max(0, h.Size)
	switch {
	case a.count > a.max.entries:
		return &ArchiveError{Reason: fmt.Sprintf("it has more than %d entries; keep the registry in a repository of its own", a.max.entries)}
	case h.Size < 0 || a.size < 0 || a.size > a.max.unpacked:
		return tooLong(a.max.unpacked)
	case h.Typeflag == tar.TypeXGlobalHeader:
		if at, ok := h.PAXRecords["comment"]; ok && at != a.sha {
			return &ArchiveError{Reason: fmt.Sprintf("it is for the commit %q", oneLine(at))}
		}
		return nil
	case h.Typeflag != tar.TypeReg && h.Typeflag != tar.TypeDir && h.Typeflag != tar.TypeSymlink:
		return refuse(h, "is not a file, folder or link as git stores them")
	case sparse(h):
		return refuse(h, "is a sparse file")
	}
	name, err := a.place(h)
	if err != nil || name == "" {
		return err
	}
	file, ours := a.ours(name)
	switch {
	case ours && h.Typeflag == tar.TypeSymlink:
		return refuse(h, "is a link; commit the file itself")
	case !ours || h.Typeflag != tar.TypeReg || file == "":
		return nil
	}
	return a.keep(h, file, content)
}

// place returns the name of an entry below the top folder, after checking that it does not conflict with another entry.
func (a *archive) place(h *tar.Header) (string, error) {
	isDir := h.Typeflag == tar.TypeDir
	parts := strings.Split(strings.TrimSuffix(h.Name, "/"), "/")
	for _, part := range parts {
		if part == "" || part == "." || part == ".." || len(h.Name) > maxName {
			return "", refuse(h, "is not a valid file name in a repository")
		}
	}
	if !isDir && strings.HasSuffix(h.Name, "/") {
		return "", refuse(h, "is named like a folder but is not one")
	}
	if a.top == "" {
		a.top = parts[0]
	}
	if parts[0] != a.top || len(parts) == 1 && !isDir {
		return "", refuse(h, fmt.Sprintf("lies outside %q", oneLine(a.top)))
	}
	name := strings.Join(parts[1:], "/")
	for i := range name {
		if name[i] != '/' {
			continue
		}
		above := a.seen[name[:i]]
		if above == other {
			return "", refuse(h, "is below something that is not a folder")
		}
		a.seen[name[:i]] = max(above, implied)
	}
	was := a.seen[name]
	if was == folder || was == other || was == implied && !isDir {
		return "", refuse(h, "occurs twice")
	}
	a.seen[name] = other
	if isDir {
		a.seen[name] = folder
	}
	if len(a.seen) > a.max.entries {
		return "", &ArchiveError{Reason: fmt.Sprintf("it has more than %d files and folders; keep the registry in a repository of its own", a.max.entries)}
	}
	return name, nil
}

// ours reports whether an entry belongs to the registry, and its name there. Folders above the registry belong to it, but
// have no name.
func (a *archive) ours(name string) (file string, ours bool) {
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
	switch first {
	case "vendors", "waivers", "probes":
		return file, true
	case "policy.yaml", "policy.yml": // keep the second, so that it can be reported as a wrong name
		return file, !nested
	}
	return "", false
}

func (a *archive) keep(h *tar.Header, file string, content io.Reader) error {
	if !fs.ValidPath(file) {
		return refuse(h, "is not a valid file name in a registry")
	}
	if h.Size > a.max.file {
		return refuse(h, fmt.Sprintf("is longer than %d bytes", a.max.file))
	}
	if a.held += h.Size; a.held > a.max.kept {
		return &ArchiveError{Reason: fmt.Sprintf("the registry's files exceed %d bytes in total", a.max.kept)}
	}
	data, err := io.ReadAll(content)
	if err != nil {
		return err
	}
	a.files[file] = data
	return nil
}

func sparse(h *tar.Header) bool {
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			return true
		}
	}
	return false
}

func refuse(h *tar.Header, reason string) error {
	return &ArchiveError{Entry: oneLine(h.Name), Reason: reason}
}

func tooLong(limit int64) error {
	return &ArchiveError{Reason: fmt.Sprintf("it unpacks to more than %d bytes", limit)}
}

// meter counts the bytes that are read, and fails above its limit.
type meter struct {
	r        io.Reader
	n, limit int64
}

func (m *meter) Read(p []byte) (int, error) {
	if m.n > m.limit {
		return 0, tooLong(m.limit)
	}
	n, err := m.r.Read(p)
	m.n += int64(n)
	return n, err
}

// zeros is a writer that accepts only zeros, which follow the end of an archive.
type zeros struct{}

func (zeros) Write(p []byte) (int, error) {
	if len(bytes.Trim(p, "\x00")) > 0 {
		return 0, &ArchiveError{Reason: "there is data after its end"}
	}
	return len(p), nil
}
