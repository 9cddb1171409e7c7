package snapshot

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Limits are the limits on a tarball.
type Limits struct {
	Entries  int   // files and folders, including those that are only implied by a name
	Unpacked int64 // bytes of the whole
}

// MaxName is the maximum length of a name in bytes. No system that git runs on allows longer names.
const MaxName = 4096

const block = 512 // bytes; a tar is made of them

// tarball is the state of reading the gzipped tarball of a commit, as git archive makes it.
type tarball struct {
	most  Limits
	sha   string
	visit func(name string, h *tar.Header, content io.Reader) error
	top   string           // the one folder that GitHub puts all into
	seen  map[string]entry // by name below top
	count int
	size  int64 // bytes that the entries claim
}

type entry int

const (
	implied entry = iota + 1 // a folder that only a longer name speaks of
	folder
	other
)

// walk reads a gzipped tarball of a commit as it comes, and calls visit for each file, link and folder, with its name below the top
// folder. visit need not read the content. A tarball that git archive cannot have made is refused with an *ArchiveError, and one above
// a limit is a *source.TooMuch; visit may have been called before either. Errors of visit are returned as they are.
func walk(r io.Reader, sha string, most Limits, visit func(name string, h *tar.Header, content io.Reader) error) error {
	unzipped, err := gzip.NewReader(bufio.NewReaderSize(r, 64<<10))
	if err != nil {
		return damaged("it is not gzip: ", err)
	}
	t := &tarball{most: most, sha: sha, visit: visit, seen: map[string]entry{}}
	stream := &meter{r: unzipped, limit: most.Unpacked}
	err = t.read(stream)
	if stream.err != nil {
		return damaged("it is cut off or damaged: ", stream.err)
	}
	return err
}

// damaged returns the error for a tarball whose bytes cannot be read. A cut one stays io.ErrUnexpectedEOF, and one above a limit stays
// a *source.TooMuch.
func damaged(what string, err error) error {
	var limit *source.TooMuch
	if errors.As(err, &limit) {
		return limit
	}
	refused := &ArchiveError{Reason: what + diag.OneLine(err.Error())}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		refused.cause = io.ErrUnexpectedEOF
	}
	return refused
}

func (t *tarball) read(stream *meter) error {
	entries := tar.NewReader(stream)
	end := int64(0) // of the last entry
	for {
		header, err := entries.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return damaged("it is cut off or damaged: ", err)
		}
		if err := t.add(header, entries); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, entries); err != nil { //nolint:gosec // meter limits what comes out of gzip
			return damaged("it is cut off or damaged: ", err)
		}
		end = (stream.n + block - 1) / block * block
	}
	// tar.Reader does not notice if a stream ends between two entries.
	if stream.n < end+2*block {
		return &ArchiveError{Reason: "it is cut off: it has no end marker", cause: io.ErrUnexpectedEOF}
	}
	_, err := io.Copy(zeros{}, stream) // to the end, where gzip keeps its checksum
	return err
}

// add checks an entry, and passes it on.
func (t *tarball) add(h *tar.Header, content io.Reader) error {
	t.count++
	t.size += max(0, h.Size)
	switch {
	case t.count > t.most.Entries:
		return &source.TooMuch{Limit: fmt.Sprintf("has more than %d entries", t.most.Entries)}
	case h.Size < 0 || t.size < 0 || t.size > t.most.Unpacked:
		return tooLong(t.most.Unpacked)
	case h.Typeflag == tar.TypeXGlobalHeader:
		if at, ok := h.PAXRecords["comment"]; ok && at != t.sha {
			return &ArchiveError{Reason: fmt.Sprintf("it is for the commit %q", diag.OneLine(at))}
		}
		return nil
	case h.Typeflag != tar.TypeReg && h.Typeflag != tar.TypeDir && h.Typeflag != tar.TypeSymlink:
		return refuse(h, "is not a file, folder or link as git stores them")
	case sparse(h):
		return refuse(h, "is a sparse file")
	}
	name, err := t.place(h)
	if err != nil || name == "" {
		return err
	}
	return t.visit(name, h, content)
}

// place returns the name of an entry below the top folder, after checking that it does not conflict with another entry.
func (t *tarball) place(h *tar.Header) (string, error) {
	isDir := h.Typeflag == tar.TypeDir
	parts := strings.Split(strings.TrimSuffix(h.Name, "/"), "/")
	for _, part := range parts {
		if part == "" || part == "." || part == ".." || len(h.Name) > MaxName {
			return "", refuse(h, "is not a valid file name in a repository")
		}
	}
	if !isDir && strings.HasSuffix(h.Name, "/") {
		return "", refuse(h, "is named like a folder but is not one")
	}
	if t.top == "" {
		t.top = parts[0]
	}
	if parts[0] != t.top || len(parts) == 1 && !isDir {
		return "", refuse(h, fmt.Sprintf("lies outside %q", diag.OneLine(t.top)))
	}
	name := strings.Join(parts[1:], "/")
	for i := range name {
		if name[i] != '/' {
			continue
		}
		above := t.seen[name[:i]]
		if above == other {
			return "", refuse(h, "is below something that is not a folder")
		}
		t.seen[name[:i]] = max(above, implied)
	}
	was := t.seen[name]
	if was == folder || was == other || was == implied && !isDir {
		return "", refuse(h, "occurs twice")
	}
	t.seen[name] = other
	if isDir {
		t.seen[name] = folder
	}
	if len(t.seen) > t.most.Entries {
		return "", &source.TooMuch{Limit: fmt.Sprintf("has more than %d files and folders", t.most.Entries)}
	}
	return name, nil
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
	return &ArchiveError{Entry: diag.OneLine(h.Name), Reason: reason}
}

func tooLong(limit int64) error {
	return &source.TooMuch{Limit: fmt.Sprintf("unpacks to more than %s", source.Bytes(limit))}
}

// meter counts the bytes that are read, and fails above its limit. It keeps an error other than the end.
type meter struct {
	r        io.Reader
	n, limit int64
	err      error
}

func (m *meter) Read(p []byte) (int, error) {
	if m.n > m.limit {
		m.err = tooLong(m.limit)
		return 0, m.err
	}
	n, err := m.r.Read(p)
	m.n += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		m.err = err
	}
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
