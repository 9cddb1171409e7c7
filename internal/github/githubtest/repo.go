package githubtest

import (
	"crypto/sha1" //nolint:gosec // git's own hash
	"encoding/hex"
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
	Heads       map[int]Head      // what the open ones of them ask to merge
}

// Head is what an open pull request asks to merge.
type Head struct {
	Repo, Branch, Commit string // Repo as owner/name; empty if it was deleted
	Base, BaseCommit     string // the branch that it goes into
	Author               string // empty if the account is gone
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

// Entry is a file, link, submodule or folder as git stores it.
type Entry struct{ Mode, Name, SHA string }

// Folder returns what a commit has in a folder, in git's order. The root is "".
func (c Commit) Folder(dir string) []Entry {
	prefix, entries := "", map[string]Entry{} // by what git sorts them by
	if dir != "" {
		prefix = dir + "/"
	}
	add := func(name, mode, sha string) {
		below, ok := strings.CutPrefix(name, prefix)
		if sub, _, nested := strings.Cut(below, "/"); ok && nested {
			entries[sub+"/"] = Entry{Mode: "40000", Name: sub}
		} else if ok {
			entries[below] = Entry{mode, below, sha}
		}
	}
	for name, data := range c.Files {
		add(name, "100644", blobSHA(data))
	}
	for name, target := range c.Links {
		add(name, "120000", blobSHA(target))
	}
	for _, name := range c.Modules {
		add(name, "160000", strings.Repeat("9", 40))
	}
	var out []Entry
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		e := entries[key]
		if e.Mode == "40000" {
			e.SHA = c.tree(prefix + e.Name)
		}
		out = append(out, e)
	}
	return out
}

// Tree is git's name of all files of a commit.
func (c Commit) Tree() string { return c.tree("") }

// tree is git's name of a folder of a commit.
func (c Commit) tree(dir string) string {
	var text strings.Builder
	for _, e := range c.Folder(dir) {
		raw, err := hex.DecodeString(e.SHA)
		if err != nil {
			panic(err) // it was made here
		}
		text.WriteString(e.Mode + " " + e.Name + "\x00" + string(raw))
	}
	return fmt.Sprintf("%x", sha1.Sum([]byte(fmt.Sprintf("tree %d\x00%s", text.Len(), text.String())))) //nolint:gosec // git's own hash
}

// blobSHA is git's name of a file's content.
func blobSHA(data string) string {
	return fmt.Sprintf("%x", sha1.Sum([]byte(fmt.Sprintf("blob %d\x00%s", len(data), data)))) //nolint:gosec // git's own hash
}
