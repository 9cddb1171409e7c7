// Package gitrepo reads the history of a checkout from git's own files: branches, commits and the files in them. It runs no command and
// follows nothing out of these files: no alternates, no includes, no replacements, no promises of a partial clone.
//
// # Why
//
// An untrusted .git can make the git command run code, through its configuration, hooks and filters. go-git reads more than is needed, from
// paths instead of an fs.FS, with no limit on what a pack makes it unpack, and it is four times as large as this package: with only its
// reader of packs, the image of the action would exceed its limit. The tests write repositories with go-git.
//
// The files may be hostile or damaged. All sizes are limited, every object is checked against its name, and what cannot be read is an
// error, never a shorter history.
package gitrepo

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/source"
)

// Limits on what is read.
const (
	maxText   = 64 << 20 // bytes of a file with refs: some 500,000 of them
	maxObject = 64 << 20 // bytes of an object, of all differences that it is stored as, and of what they are to
	maxDepth  = 4095     // differences in a row; git writes no more
	maxPacks  = 1000
	maxWalked = 200_000 // commits between a merge base and what it is of
	maxLinked = 5       // symbolic refs in a row, and tags of tags
)

// Repo is a repository on disk. It is safe for concurrent use.
type Repo struct {
	git, common fs.FS
	config      []setting

	mu     sync.Mutex
	packs  []*pack
	listed bool // packs were listed
	kept   map[place]object
	bytes  int // of kept
}

// Open opens a repository. git has the files of one checkout, such as HEAD, and common those that all checkouts of the repository share. They
// are the same unless the checkout is a linked worktree.
func Open(git, common fs.FS) (*Repo, error) {
	data, err := source.ReadFile(common, "config")
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("git's config cannot be read: %s", source.Reason(err))
	case len(data) > source.MaxFile:
		return nil, errors.New("git's config is larger than 1 MiB")
	}
	r := &Repo{git: git, common: common, config: parseConfig(string(data)), kept: map[place]object{}}
	if format := r.setting("extensions", "objectformat"); format != "" && format != "sha1" {
		return nil, fmt.Errorf("the repository names its objects with %s, which vendorgate does not read", oneWord(format))
	}
	if storage := r.setting("extensions", "refstorage"); storage != "" && storage != "files" {
		return nil, fmt.Errorf("the repository stores its branches as a %s, which vendorgate does not read", oneWord(storage))
	}
	return r, nil
}

// Head returns the commit that is checked out; empty if there is none yet.
func (r *Repo) Head() (commit string, err error) {
	switch commit, err = r.ref("HEAD"); {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", err
	}
	return r.peel(commit)
}

var (
	hexName  = regexp.MustCompile(`^[0-9a-f]{40}$`)
	hexShort = regexp.MustCompile(`^[0-9a-f]{7,39}$`)
)

// Commit returns the commit that a text names: a branch, a tag, or a commit's id, which may be abbreviated to 7 digits. The error is
// fs.ErrNotExist if there is none.
func (r *Repo) Commit(text string) (string, error) {
	for _, form := range []string{"%s", "refs/%s", "refs/tags/%s", "refs/heads/%s", "refs/remotes/%s", "refs/remotes/%s/HEAD"} {
		name := fmt.Sprintf(form, text)
		if name != "HEAD" && !strings.HasPrefix(name, "refs/") || !fs.ValidPath(name) {
			continue
		}
		commit, err := r.ref(name)
		switch {
		case err == nil:
			return r.peel(commit)
		case !errors.Is(err, fs.ErrNotExist):
			return "", err
		}
	}
	switch text = strings.ToLower(text); {
	case hexName.MatchString(text):
		if _, err := r.commit(text); errors.Is(err, errMissing) {
			return "", fs.ErrNotExist
		}
		return r.peel(text)
	case hexShort.MatchString(text):
		full, err := r.abbreviated(text)
		if err != nil {
			return "", err
		}
		return r.peel(full)
	}
	return "", fs.ErrNotExist
}

// Default returns the default branch, as far as the checkout knows it: that of the remote that the repository's name comes from, or a local
// branch with a usual name. The error is fs.ErrNotExist if there is none.
func (r *Repo) Default() (branch, commit string, err error) {
	var names []string
	for _, remote := range remotes() {
		names = append(names, "refs/remotes/"+remote+"/HEAD", "refs/remotes/"+remote+"/main", "refs/remotes/"+remote+"/master")
	}
	for _, name := range append(names, "refs/heads/main", "refs/heads/master") {
		commit, err := r.ref(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			commit, err = r.peel(commit)
		}
		return strings.TrimPrefix(strings.TrimPrefix(strings.TrimSuffix(name, "/HEAD"), "refs/remotes/"), "refs/heads/"), commit, err
	}
	return "", "", fs.ErrNotExist
}

// ref returns the name of the object that a ref stands for. The error is fs.ErrNotExist if there is no such ref.
func (r *Repo) ref(name string) (string, error) {
	for range maxLinked {
		value, err := r.refFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			return r.packedRef(name)
		}
		if err != nil {
			return "", fmt.Errorf("%q cannot be read: %s", name, source.Reason(err))
		}
		target, symbolic := strings.CutPrefix(value, "ref:")
		if target = strings.TrimSpace(target); !symbolic {
			if !hexName.MatchString(value) {
				return "", fmt.Errorf("%q is not the id of a commit", name)
			}
			return value, nil
		}
		if name = target; !fs.ValidPath(name) || !strings.HasPrefix(name, "refs/") {
			return "", fmt.Errorf("%q is not the name of a branch", name)
		}
	}
	return "", fmt.Errorf("%q stands for another ref too many times", name)
}

// refFile returns the content of a ref that has a file of its own. HEAD belongs to the checkout, all others to the repository.
func (r *Repo) refFile(name string) (string, error) {
	files := r.common
	if name == "HEAD" {
		files = r.git
	}
	if info, err := source.Lstat(files, name); err == nil && info.IsDir() { // the folder of refs/heads/a/b
		return "", fs.ErrNotExist
	}
	data, err := source.ReadFile(files, name)
	return strings.TrimSpace(string(data)), err
}

// packedRef looks a ref up in the file with refs that have none of their own.
func (r *Repo) packedRef(name string) (string, error) {
	f, err := open(r.common, "packed-refs")
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	lines := bufio.NewScanner(io.LimitReader(f, maxText))
	for lines.Scan() {
		commit, ref, ok := bytes.Cut(lines.Bytes(), []byte(" "))
		if ok && string(ref) == name && hexName.Match(commit) {
			return string(commit), nil
		}
	}
	if err := lines.Err(); err != nil {
		return "", fmt.Errorf("packed-refs cannot be read: %s", source.Reason(err))
	}
	return "", fs.ErrNotExist
}

// open opens a regular file. What is none is not even opened, because opening a pipe may block forever.
func open(files fs.FS, name string) (fs.File, error) {
	info, err := source.Lstat(files, name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: %w", name, source.ErrNotRegular)
	}
	return files.Open(name)
}

// oneWord returns a value of the config for a message.
func oneWord(text string) string {
	if len(text) > 20 || strings.ContainsFunc(text, func(c rune) bool { return c < '0' || c > 'z' }) {
		return "another format"
	}
	return text
}

// abbreviated returns the only object whose name starts with some digits. The error is fs.ErrNotExist if there is none.
func (r *Repo) abbreviated(short string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var found []string
	loose, err := fs.ReadDir(r.common, "objects/"+short[:2])
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("git's objects cannot be listed: %s", source.Reason(err))
	}
	for _, e := range loose {
		if name := short[:2] + e.Name(); hexName.MatchString(name) && strings.HasPrefix(name, short) {
			found = append(found, name)
		}
	}
	if err := r.listPacks(); err != nil {
		return "", err
	}
	var first id
	if _, err := hex.Decode(first[:], []byte(short+strings.Repeat("0", 40-len(short)))); err != nil {
		return "", fmt.Errorf("decode %s: %w", short, err)
	}
	for _, p := range r.packs {
		i, err := p.search(first)
		for ; err == nil && i < p.count; i++ {
			var name id
			if name, err = p.name(i); err != nil || !strings.HasPrefix(name.String(), short) {
				break
			}
			found = append(found, name.String())
		}
		if err != nil {
			return "", err
		}
	}
	slices.Sort(found)
	switch found = slices.Compact(found); len(found) {
	case 0:
		return "", fs.ErrNotExist
	case 1:
		return found[0], nil
	}
	return "", fmt.Errorf("%s is the beginning of %d ids; write more digits", short, len(found))
}
