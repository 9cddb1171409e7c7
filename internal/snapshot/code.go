package snapshot

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/vendorgate/vendorgate/internal/source"
)

// Code is the state of reading the archive of a commit.
type Code struct {
	tree  *Files // the commit
	sha   string
	most  source.ArchiveLimits
	visit func(file string, data []byte)
	Short source.Shortfall

	mu    sync.Mutex
	known map[string]bool // files that were handed on, in any try

	oversized map[string]bool // of the files that came and are too large: whether they are certainly not text
}

// NewCode returns a Code for a commit.
func NewCode(tree *Files, sha string, most source.ArchiveLimits, visit func(file string, data []byte)) *Code {
	return &Code{tree: tree, sha: sha, most: most, visit: visit, known: map[string]bool{}, oversized: map[string]bool{}}
}

// codeWorkers compare and search files while others come. More would wait for the download, and each keeps a file in memory.
const codeWorkers = 2

// unpacked is a file of the archive.
type unpacked struct {
	name string
	data []byte
}

// Read reads the archive once.
func (a *Code) Read(body io.Reader) error {
	a.Short = source.Shortfall{LeftOut: map[string]string{}}
	files, buffers := make(chan unpacked), make(chan []byte, codeWorkers+1)
	for range codeWorkers + 1 {
		buffers <- nil
	}
	var wait sync.WaitGroup
	for range codeWorkers {
		wait.Go(func() {
			for file := range files {
				a.take(file)
				buffers <- file.data
			}
		})
	}
	err := walk(body, a.sha, Limits{Entries: a.most.Entries, Unpacked: a.most.Unpacked}, func(name string, h *tar.Header, content io.Reader) error {
		return a.entry(name, h, content, func(size int64) error {
			data := slices.Grow((<-buffers)[:0], int(size))[:size]
			if _, err := io.ReadFull(content, data); err != nil {
				buffers <- data
				return damaged("it is cut off or damaged: ", err)
			}
			files <- unpacked{name, data}
			return nil
		})
	})
	close(files)
	wait.Wait()
	var limit *source.TooMuch
	if errors.As(err, &limit) {
		a.Short.Limit = limit.Limit
		return nil
	}
	return err
}

// entry looks at an entry of the archive, and loads its content if it has to be compared.
func (a *Code) entry(name string, h *tar.Header, content io.Reader, load func(size int64) error) error {
	if h.Typeflag == tar.TypeDir {
		return nil
	}
	want, there := a.tree.Items[name]
	switch odd := a.tree.odd[alike(name)]; {
	case len(odd) > 0:
		if h.Typeflag == tar.TypeReg && h.Size <= a.most.File {
			return load(h.Size)
		}
		return nil // it is fetched, or too large
	case !there:
		return refuse(h, "is not in the commit")
	case (want.Kind == 0) != (h.Typeflag == tar.TypeReg):
		return refuse(h, "is of another kind in the commit")
	case want.Kind != 0:
		return nil
	case want.Size > a.most.File, want.Size == Unknown && h.Size > a.most.File:
		return a.tooLarge(name, content, h.Size)
	case h.Size <= a.most.File:
		return load(h.Size)
	case want.Size <= longestPointer:
		return a.large(name, content, h.Size)
	}
	return nil // it is fetched
}

// tooLarge looks whether a file that is too large to be searched is text.
func (a *Code) tooLarge(name string, content io.Reader, size int64) error {
	sum := source.NewBlob(size)
	head, err := io.ReadAll(io.TeeReader(io.LimitReader(content, source.BinaryWithin), sum))
	if err == nil {
		_, err = io.Copy(sum, content)
	}
	if err != nil {
		return damaged("it is cut off or damaged: ", err)
	}
	a.oversized[name] = source.IsBinary(head) && string(sum.Blob()) == a.tree.Items[name].Blob
	return nil
}

// take compares a file with the commit, and hands it on if it is the same. A file with an odd name is the first of those with such a
// name that has the same content.
func (a *Code) take(file unpacked) {
	names := a.tree.odd[alike(file.name)]
	if len(names) == 0 {
		names = []string{file.name}
	}
	for _, name := range names {
		if data, ok := asCommitted(file.data, a.tree.Items[name]); ok && a.hand(name, data) {
			return
		}
	}
}

// asCommitted returns a file of the archive as the commit has it, except for line ends; false if it is another one.
func asCommitted(data []byte, want Item) ([]byte, bool) {
	switch {
	case want.Kind != 0:
		return nil, false
	case string(source.BlobOf(data)) == want.Blob, string(source.BlobOf(withLF(data))) == want.Blob:
		return data, true
	case want.Size > longestPointer:
		return nil, false
	}
	data = pointer(sha256.Sum256(data), int64(len(data)))
	return data, string(source.BlobOf(data)) == want.Blob
}

// large compares a file that is too large to be searched. It can stand for the pointer that the commit has.
func (a *Code) large(name string, content io.Reader, size int64) error {
	sum := sha256.New()
	if _, err := io.Copy(sum, content); err != nil {
		return damaged("it is cut off or damaged: ", err)
	}
	if data := pointer([sha256.Size]byte(sum.Sum(nil)), size); string(source.BlobOf(data)) == a.tree.Items[name].Blob {
		a.hand(name, data)
	}
	return nil
}

// hand hands a file on. It is false if that was done before, such as in an earlier try.
func (a *Code) hand(name string, data []byte) bool {
	a.mu.Lock()
	before := a.known[name]
	a.known[name] = true
	a.mu.Unlock()
	if !before {
		a.visit(name, data)
	}
	return !before
}

// withLF undoes the line ends that an attribute (eol=crlf) gives to the files of archives and checkouts.
func withLF(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }

// longestPointer is the size in bytes of the longest pointer of Git LFS.
const longestPointer = 1024

// pointer returns what Git LFS commits instead of a content. The archives of a repository can have the content itself.
func pointer(sum [sha256.Size]byte, size int64) []byte {
	return fmt.Appendf(nil, "version https://git-lfs.github.com/spec/v1\noid sha256:%x\nsize %d\n", sum, size)
}
