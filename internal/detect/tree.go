package detect

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/gitindex"
	"github.com/vendorgate/vendorgate/internal/source"
)

// MaxFile is the size in bytes above which a file is not scanned.
const MaxFile = 5 << 20

// maxIndex is the size of the largest git index that is read: some 500,000 files.
const maxIndex = 64 << 20

// list names the files of a tree: those that git tracks, which are those that merge, or, where there is no index that
// can be read, all.
func list(files fs.FS) (names []string, skipped []Skipped, err error) {
	data, reason := readUpTo(files, ".git/index", maxIndex, nil)
	if reason == "" {
		entries, err := gitindex.Parse(data)
		if err == nil {
			names, skipped = tracked(entries)
			return names, skipped, nil
		}
		skipped = append(skipped, Skipped{".git/index", "all files are searched instead: " + err.Error()})
	}
	walked, more, err := walk(files)
	return walked, append(skipped, more...), err
}

func tracked(entries []gitindex.Entry) (names []string, skipped []Skipped) {
	for _, e := range entries {
		switch {
		case e.Kind == gitindex.Symlink:
			skipped = append(skipped, Skipped{e.Path, "symbolic link"})
		case e.Kind == gitindex.Submodule:
			skipped = append(skipped, Skipped{e.Path, "submodule: another repository"})
		case e.Absent:
			skipped = append(skipped, Skipped{e.Path, "sparse checkout: not in the working tree"})
		default:
			names = append(names, e.Path)
		}
	}
	return names, skipped
}

// walk lists what lies in a tree. Folders of installed packages are left out, and said to be: without git's list they
// cannot be told from the repository's own.
func walk(files fs.FS) (names []string, skipped []Skipped, err error) {
	err = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch base := path.Base(name); {
		case err != nil && name == ".":
			return err
		case err != nil:
			skipped = append(skipped, Skipped{name, source.Reason(err)})
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir() && (base == ".git" || base == ".hg" || base == ".svn"):
			return fs.SkipDir
		case entry.IsDir() && (base == "node_modules" || base == ".venv" || base == ".tox" || base == "bower_components"):
			skipped = append(skipped, Skipped{name, "installed packages"})
			return fs.SkipDir
		case entry.Type()&fs.ModeSymlink != 0:
			skipped = append(skipped, Skipped{name, "symbolic link"})
		case !entry.IsDir() && base != ".git":
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("list the files: %w", err)
	}
	slices.Sort(names)
	return names, skipped, nil
}

// readUpTo reads a regular file into buffer, or says why not.
func readUpTo(files fs.FS, name string, limit int64, buffer []byte) (data []byte, reason string) {
	info, err := source.Lstat(files, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, "not in the working tree"
	case err != nil:
		return nil, source.Reason(err)
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, "symbolic link"
	case !info.Mode().IsRegular():
		return nil, source.ErrNotRegular.Error()
	case info.Size() > limit:
		return nil, fmt.Sprintf("larger than %d MiB", limit>>20)
	}
	f, err := files.Open(name)
	if err != nil {
		return nil, source.Reason(err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	buffer = slices.Grow(buffer[:0], int(info.Size())+1)
	for n := 0; ; {
		if len(buffer) == cap(buffer) {
			buffer = slices.Grow(buffer, 1<<16)
		}
		n, err = f.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		switch {
		case int64(len(buffer)) == info.Size() && n > 0: // the usual case; asking for the end costs as much as reading
			return buffer, ""
		case int64(len(buffer)) > limit:
			return nil, fmt.Sprintf("larger than %d MiB", limit>>20)
		case errors.Is(err, io.EOF):
			return buffer, ""
		case err != nil:
			return nil, source.Reason(err)
		}
	}
}

// text makes the bytes of a file ready to be searched, or says why they cannot be.
func text(data []byte) (_ []byte, reason string) {
	switch {
	case bytes.HasPrefix(data, []byte("version https://git-lfs.github.com/spec/")) && len(data) < 1024:
		return nil, "Git LFS pointer: the content lies elsewhere"
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return fromUTF16(data[2:], data[0] == 0xFE), ""
	case bytes.IndexByte(data[:min(len(data), binaryWithin)], 0) >= 0:
		return nil, "binary"
	}
	return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), ""
}

// binaryWithin is how far a file is searched for a NUL, as git does it.
const binaryWithin = 8000

func fromUTF16(data []byte, bigEndian bool) []byte {
	out := make([]byte, 0, len(data))
	unit := func(i int) rune {
		if bigEndian {
			return rune(data[i])<<8 | rune(data[i+1])
		}
		return rune(data[i+1])<<8 | rune(data[i])
	}
	for i := 0; i+1 < len(data); i += 2 {
		r := unit(i)
		if utf16.IsSurrogate(r) && i+3 < len(data) {
			if pair := utf16.DecodeRune(r, unit(i+2)); pair != utf8.RuneError {
				r = pair
				i += 2
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}
