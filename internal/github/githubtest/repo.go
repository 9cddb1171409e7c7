package githubtest

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"
)

// Repo is a repository.
type Repo struct {
	Owner, Name string
	Default     string            // the default branch
	Branches    map[string]string // name to commit
	Tags        map[string]string // name to commit
	Commits     map[string]Commit // by 40 digits; also those that no branch holds, as GitHub serves a fork's
	Pulls       map[int][]Comment // the pull requests there are, with their first comments
	Merges      map[int]string    // the commits of refs/pull/NUMBER/merge
}

// Comment is one on a pull request.
type Comment struct {
	ID        int64  // zero for the next free one
	Login     string // as REST names the author, "github-actions[bot]"; empty if the account is gone
	Type      string // "User", "Bot", …
	Body      string
	Minimized bool // hidden by somebody
}

// Commit is a state of a repository.
type Commit struct {
	Parent  string
	Merged  string // the second parent of a merge
	Date    time.Time
	Files   map[string]string
	Links   map[string]string // path to target
	Modules []string          // paths of submodules
	Archive []byte            // instead of the tarball of the above

	ExportIgnore []string          // files and folders that its attributes keep out of the tarball, besides those of its .gitattributes
	Exported     map[string]string // files that its attributes change in the tarball, by path

	Truncated bool // its tree is too big to be listed whole
}

// FilesIn are the files of a file system, as a Commit has them. Whatever else it holds is an error.
func FilesIn(fsys fs.FS) (map[string]string, error) {
	out := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || entry.IsDir():
			return err
		case !entry.Type().IsRegular():
			return fmt.Errorf("%s is no file", name)
		}
		data, err := fs.ReadFile(fsys, name)
		out[name] = string(data)
		return err
	})
	return out, err
}

// holds reports whether a commit is base or one of its ancestors.
func (r *Repo) holds(base, sha string) bool {
	return slices.Contains(r.ancestors(base), sha)
}

// ancestors are a commit and all before it, the nearest first.
func (r *Repo) ancestors(sha string) []string {
	var out []string
	for next := []string{sha}; len(next) > 0; next = next[1:] {
		if at := next[0]; at != "" && !slices.Contains(out, at) {
			out = append(out, at)
			next = append(next, r.Commits[at].Parent, r.Commits[at].Merged)
		}
	}
	return out
}

// Tarball is the archive of a commit, as git makes it.
func (r *Repo) Tarball(sha string) ([]byte, error) {
	commit, ok := r.Commits[sha]
	if !ok {
		return nil, fmt.Errorf("no commit %s", sha)
	}
	if commit.Archive != nil {
		return commit.Archive, nil
	}
	top := r.Owner + "-" + r.Name + "-" + sha[:7]
	headers := []tar.Header{
		{Typeflag: tar.TypeXGlobalHeader, Name: "pax_global_header", PAXRecords: map[string]string{"comment": sha}},
		{Typeflag: tar.TypeDir, Name: top + "/", Mode: 0o775, ModTime: commit.Date},
	}
	files := map[string]string{}
	for name, data := range commit.Files {
		if data, ok := commit.exported(name, data, sha); ok {
			files[name] = data
		}
	}
	maps.Copy(files, commit.Exported)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if commit.ignored(name) {
			continue
		}
		headers = append(headers, tar.Header{Typeflag: tar.TypeReg, Name: top + "/" + name, Mode: 0o664, ModTime: commit.Date, Size: int64(len(files[name]))})
	}
	for _, name := range slices.Sorted(maps.Keys(commit.Links)) {
		if _, ok := commit.exported(name, "", sha); !ok || commit.ignored(name) {
			continue
		}
		headers = append(headers, tar.Header{Typeflag: tar.TypeSymlink, Name: top + "/" + name, Linkname: commit.Links[name], Mode: 0o777, ModTime: commit.Date})
	}
	return Pack(headers, func(h tar.Header) []byte { return []byte(files[h.Name[min(len(h.Name), len(top)+1):]]) })
}

// ignored reports whether attributes keep a file out of archives.
func (c Commit) ignored(name string) bool {
	return slices.ContainsFunc(c.ExportIgnore, func(path string) bool { return name == path || strings.HasPrefix(name, path+"/") })
}

// Pack writes a gzipped tar of the headers as they are, each with its content.
func Pack(headers []tar.Header, content func(tar.Header) []byte) ([]byte, error) {
	var out bytes.Buffer
	zipped, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	w := tar.NewWriter(zipped)
	for _, h := range headers {
		if err := w.WriteHeader(&h); err != nil {
			return nil, err
		}
		if h.Typeflag == tar.TypeReg {
			if _, err := w.Write(content(h)); err != nil {
				return nil, err
			}
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if err := zipped.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
