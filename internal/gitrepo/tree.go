package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/vendorgate/vendorgate/internal/source"
)

// Limits on the files of a commit. A tree may name another one many times, so that a small repository has any number of files.
const (
	maxFiles = 500_000 // and folders
	maxPath  = 4096    // bytes of a path
)

// Files are the files of a commit. Regular files have a source.Blob. A link is not followed. It is safe for concurrent use.
type Files struct {
	repo *Repo
	root id

	mu    sync.Mutex
	known map[string]listing // of folders that were read, by path
	count int
}

// listing is what is in a folder.
type listing struct {
	names   []string // sorted
	entries map[string]entry
}

// entry is a file or folder.
type entry struct {
	mode fs.FileMode
	id   id
}

// Tree returns the files of a folder at a commit; "." is all of them. A folder that does not exist is empty.
func (r *Repo) Tree(commit, folder string) (*Files, error) {
	c, err := r.commit(commit)
	if err != nil {
		return nil, err
	}
	f := &Files{repo: r, root: c.tree, known: map[string]listing{}}
	if folder == "." {
		_, err := f.folder(".")
		return f, err
	}
	switch e, err := f.entry("open", folder); {
	case errors.Is(err, fs.ErrNotExist), err == nil && !e.mode.IsDir():
		return &Files{repo: r, known: map[string]listing{".": {}}}, nil
	case err != nil:
		return nil, err
	default:
		f = &Files{repo: r, root: e.id, known: map[string]listing{}}
	}
	_, err = f.folder(".")
	return f, err
}

// folder lists a folder.
func (f *Files) folder(name string) (listing, error) {
	f.mu.Lock()
	known, ok := f.known[name]
	f.mu.Unlock()
	if ok {
		return known, nil
	}
	tree := f.root
	if name != "." {
		e, err := f.entry("open", name)
		if err != nil {
			return listing{}, err
		}
		if !e.mode.IsDir() {
			return listing{}, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
		tree = e.id
	}
	data, err := f.repo.read(tree, treeKind)
	if err != nil {
		return listing{}, err
	}
	out, err := parseTree(tree, data)
	if err != nil {
		return listing{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.known[name]; !ok {
		f.known[name], f.count = out, f.count+len(out.names)
	}
	if f.count > maxFiles {
		return listing{}, fmt.Errorf("the commit has more than %d files and folders", maxFiles)
	}
	return out, nil
}

// parseTree reads what is in a folder.
func parseTree(name id, data []byte) (listing, error) {
	invalid := fmt.Errorf("git's object %s is not a valid list of files", name)
	out := listing{entries: map[string]entry{}}
	for len(data) > 0 {
		head, rest, ok := bytes.Cut(data, []byte{0})
		mode, file, _ := strings.Cut(string(head), " ")
		var e entry
		if _, twice := out.entries[file]; twice || !ok || len(rest) < len(e.id) || file == "" || file == "." || file == ".." || strings.Contains(file, "/") || strings.EqualFold(file, ".git") {
			return listing{}, invalid
		}
		data = rest[copy(e.id[:], rest):]
		switch mode {
		case "40000", "040000":
			e.mode = fs.ModeDir | 0o755
		case "100644", "100755", "100664":
			e.mode = 0o644
		case "120000":
			e.mode = fs.ModeSymlink | 0o777
		case "160000":
			e.mode = fs.ModeIrregular // a submodule
		default:
			return listing{}, invalid
		}
		out.names, out.entries[file] = append(out.names, file), e
	}
	slices.Sort(out.names) // git sorts the folder a after a.b
	return out, nil
}

// entry returns what a path names.
func (f *Files) entry(op, name string) (entry, error) {
	if name == "." {
		return entry{mode: fs.ModeDir | 0o755, id: f.root}, nil
	}
	failed := func(err error) error { return &fs.PathError{Op: op, Path: name, Err: err} }
	if path.Clean(name) != name || strings.HasPrefix(name, "/") || strings.HasPrefix(name, "../") || name == ".." || len(name) > maxPath {
		return entry{}, failed(fs.ErrInvalid)
	}
	all, err := f.folder(path.Dir(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return entry{}, failed(fs.ErrNotExist)
	case err != nil:
		return entry{}, err
	}
	e, ok := all.entries[path.Base(name)]
	if !ok {
		return entry{}, failed(fs.ErrNotExist)
	}
	return e, nil
}

// Open opens a file or a folder.
func (f *Files) Open(name string) (fs.File, error) {
	e, err := f.entry("open", name)
	if err != nil {
		return nil, err
	}
	about := &info{e, path.Base(name), -1, f.repo}
	switch {
	case e.mode.IsDir():
		entries, err := f.ReadDir(name)
		return &folder{info: about, left: entries}, err
	case !e.mode.IsRegular():
		return nil, &fs.PathError{Op: "open", Path: name, Err: source.ErrNotRegular}
	}
	data, err := f.repo.read(e.id, blobKind)
	if err != nil {
		return nil, err
	}
	about.size = int64(len(data))
	return &file{Reader: bytes.NewReader(data), info: about}, nil
}

// ReadDir lists a folder, sorted by name.
func (f *Files) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := f.folder(name)
	out := make([]fs.DirEntry, len(all.names))
	for i, name := range all.names {
		out[i] = fs.FileInfoToDirEntry(&info{all.entries[name], name, -1, f.repo})
	}
	return out, err
}

// Stat describes a file. It is Lstat, because a link is not followed.
func (f *Files) Stat(name string) (fs.FileInfo, error) { return f.Lstat(name) }

// Lstat describes a file, or the link itself.
func (f *Files) Lstat(name string) (fs.FileInfo, error) {
	e, err := f.entry("stat", name)
	if err != nil {
		return nil, err
	}
	return &info{e, path.Base(name), -1, f.repo}, nil
}

// ReadLink returns the target of a link.
func (f *Files) ReadLink(name string) (string, error) {
	e, err := f.entry("readlink", name)
	if err == nil && e.mode&fs.ModeSymlink == 0 {
		err = &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	if err != nil {
		return "", err
	}
	data, err := f.repo.read(e.id, blobKind)
	return string(data), err
}

// info describes a file.
type info struct {
	entry
	name string
	size int64 // below 0 if it is not known yet
	repo *Repo
}

func (i *info) Name() string       { return i.name }
func (i *info) Mode() fs.FileMode  { return i.mode }
func (i *info) IsDir() bool        { return i.mode.IsDir() }
func (i *info) ModTime() time.Time { return time.Time{} }

// Size reads the file if its size is not known yet.
func (i *info) Size() int64 {
	switch {
	case i.size >= 0:
		return i.size
	case !i.mode.IsRegular():
		return 0
	}
	data, err := i.repo.read(i.id, blobKind)
	if err != nil {
		return 0
	}
	return int64(len(data))
}

// Sys returns the source.Blob of a regular file.
func (i *info) Sys() any {
	if !i.mode.IsRegular() {
		return nil
	}
	return source.Blob(i.id.String())
}

// file is an open file.
type file struct {
	*bytes.Reader
	info *info
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Close() error               { return nil }

// folder is an open folder.
type folder struct {
	info *info
	left []fs.DirEntry
}

func (f *folder) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *folder) Close() error               { return nil }

// Read fails, because a folder has no content.
func (f *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.info.name, Err: errors.New("is a directory")}
}

// ReadDir lists the next entries.
func (f *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(f.left) {
		if n > 0 && len(f.left) == 0 {
			return nil, io.EOF
		}
		n = len(f.left)
	}
	out := f.left[:n]
	f.left = f.left[n:]
	return out, nil
}

// Archive hands all regular files to visit, as a source.ReadArchive does.
func (f *Files) Archive(ctx context.Context, most source.ArchiveLimits, visit func(file string, data []byte)) (source.Shortfall, error) {
	short := source.Shortfall{LeftOut: map[string]string{}}
	entries, unpacked := 0, int64(0)
	var walk func(dir string) error
	walk = func(dir string) error {
		all, err := f.folder(dir)
		if err != nil {
			return err
		}
		for _, base := range all.names {
			if err := ctx.Err(); err != nil {
				return err //nolint:wrapcheck // the caller asked for it
			}
			e, name := all.entries[base], path.Join(dir, base)
			switch entries++; {
			case short.Limit != "":
				return nil
			case entries > most.Entries:
				short.Limit = fmt.Sprintf("has more than %d entries", most.Entries)
			case e.mode.IsDir():
				if err := walk(name); err != nil {
					return err
				}
			case e.mode.IsRegular():
				data, err := f.repo.read(e.id, blobKind)
				switch unpacked += int64(len(data)); {
				case err != nil:
					short.LeftOut[name] = source.Reason(err)
				case unpacked > most.Unpacked:
					short.Limit = fmt.Sprintf("has more than %d bytes", most.Unpacked)
				case int64(len(data)) > most.File:
					short.Large = append(short.Large, name)
				default:
					visit(name, data)
				}
			}
		}
		return nil
	}
	return short, walk(".")
}
