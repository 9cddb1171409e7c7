package search

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

// MaxFile is the size in bytes above which a file is not searched.
const MaxFile = 5 << 20

// Skipped is a path that was not searched, or not completely.
type Skipped struct{ Path, Reason string }

// Unread starts the reason of a path that should be searched but could not be read.
const Unread = "cannot be read: "

// maxIndex is the size in bytes of the largest git index that is read, which has about 500,000 files.
const maxIndex = 64 << 20

// List returns the files of a tree: those that git tracks, or all files if there is no readable index. It returns an error if the
// tree cannot be listed.
func List(files fs.FS) (names []string, skipped []Skipped, err error) {
	const index = ".git/index"
	if info, err := source.Lstat(files, index); err == nil && info.Mode().IsRegular() {
		data, reason := readUpTo(files, index, maxIndex, nil)
		if reason == "" {
			entries, err := gitindex.Parse(data)
			if err == nil {
				names, skipped = tracked(files, entries)
				return names, skipped, nil
			}
			reason = err.Error()
		}
		skipped = append(skipped, Skipped{index, "searched all files instead: " + reason})
	}
	walked, more, err := walk(files)
	return walked, append(skipped, more...), err
}

// tracked splits the entries of an index into files to read and files to skip. To find out which are regular files, it lists
// folders, which is faster than looking at each file.
func tracked(files fs.FS, entries []gitindex.Entry) (names []string, skipped []Skipped) {
	dir, types, reason := "", map[string]fs.FileMode(nil), ""
	for _, e := range entries {
		if d := path.Dir(e.Path); d != dir {
			dir = d
			types, reason = typesIn(files, d)
		}
		found, present := types[path.Base(e.Path)]
		var why string
		switch {
		case e.Kind == gitindex.Symlink:
			why = "symbolic link"
		case e.Kind == gitindex.Submodule:
			why = "submodule: another repository"
		case e.Absent:
			why = "sparse checkout: not in the working tree"
		case reason != "":
			why = reason
		case !present:
			why = notThere
		default:
			why = unfit(found)
		}
		if why != "" {
			skipped = append(skipped, Skipped{e.Path, why})
			continue
		}
		names = append(names, e.Path)
	}
	return names, skipped
}

const notThere = "not in the working tree"

// typesIn returns the types of the files in a folder, or the reason why it cannot.
func typesIn(files fs.FS, dir string) (types map[string]fs.FileMode, reason string) {
	entries, err := fs.ReadDir(files, dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, notThere
	case err != nil:
		return nil, Unread + source.Reason(err)
	}
	types = make(map[string]fs.FileMode, len(entries))
	for _, e := range entries {
		types[e.Name()] = e.Type()
	}
	return types, ""
}

// unfit returns the reason to skip a file of a type; empty for a regular file.
func unfit(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeSymlink != 0:
		return "symbolic link"
	case !mode.IsRegular():
		return source.ErrNotRegular.Error()
	}
	return ""
}

// walk lists all files of a tree. It skips folders of installed packages, because without git's index they look like the
// repository's own files.
func walk(files fs.FS) (names []string, skipped []Skipped, err error) {
	err = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch base := path.Base(name); {
		case err != nil && name == ".":
			return err
		case err != nil:
			skipped = append(skipped, Skipped{name, Unread + source.Reason(err)})
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir() && (base == ".git" || base == ".hg" || base == ".svn"):
			return fs.SkipDir
		case entry.IsDir() && (base == "node_modules" || base == ".venv" || base == ".tox" || base == "bower_components"):
			skipped = append(skipped, Skipped{name, "installed packages"})
			return fs.SkipDir
		case entry.IsDir() || base == ".git":
		case unfit(entry.Type()) != "":
			skipped = append(skipped, Skipped{name, unfit(entry.Type())})
		default:
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

// readUpTo reads a regular file into buffer, or returns the reason why it cannot.
func readUpTo(files fs.FS, name string, limit int64, buffer []byte) (data []byte, reason string) {
	f, err := files.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, notThere
	case err != nil:
		return nil, Unread + source.Reason(err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, Unread + source.Reason(err)
	case !info.Mode().IsRegular():
		return nil, source.ErrNotRegular.Error()
	case info.Size() > limit:
		return nil, fmt.Sprintf("larger than %d MiB", limit>>20)
	}
	buffer = slices.Grow(buffer[:0], int(info.Size())+1)
	for {
		if len(buffer) == cap(buffer) {
			buffer = slices.Grow(buffer, 1<<16)
		}
		n, err := f.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		switch {
		case int64(len(buffer)) == info.Size() && n > 0: // the usual case; reading until EOF would cost a second call
			return buffer, ""
		case int64(len(buffer)) > limit:
			return nil, fmt.Sprintf("larger than %d MiB", limit>>20)
		case errors.Is(err, io.EOF):
			return buffer, ""
		case err != nil:
			return nil, Unread + source.Reason(err)
		}
	}
}

// Read reads a listed file into buffer, whose array raw may share, and returns its text for a search, or the reason why it cannot.
func Read(files fs.FS, name string, buffer []byte) (text, raw []byte, reason string) {
	raw, reason = readUpTo(files, name, MaxFile, buffer)
	if reason != "" {
		return nil, buffer, reason
	}
	text, reason = textOf(raw)
	return text, raw, reason
}

// textOf returns the text of a file for a search, or the reason why it is not text.
func textOf(data []byte) (_ []byte, reason string) {
	switch {
	case bytes.HasPrefix(data, []byte("version https://git-lfs.github.com/spec/")) && len(data) < 1024:
		return nil, "Git LFS pointer: the content is elsewhere"
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return fromUTF16(data[2:], data[0] == 0xFE), ""
	case bytes.IndexByte(data[:min(len(data), binaryWithin)], 0) >= 0:
		return nil, "binary"
	}
	return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), ""
}

// binaryWithin is the number of bytes that are searched for a NUL to recognise binary files, as in git.
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
