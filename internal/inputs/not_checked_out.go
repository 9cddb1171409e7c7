package inputs

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gitindex"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// notCheckedOut is what git tracks of a registry on disk, and the checkout does not have.
type notCheckedOut struct {
	files  []string        // records, probe results and the policy
	sparse map[string]bool // those that a sparse checkout leaves out; the others were deleted
	err    error           // why that is unknown
}

// notCheckedOut compares a registry on disk with the index of the checkout that it belongs to.
func (r Request) notCheckedOut(t Trusted) notCheckedOut {
	tree := t.Rules.Tree()
	if t.disk == "" || tree == nil {
		return notCheckedOut{}
	}
	out := notCheckedOut{sparse: map[string]bool{}}
	switch absent, err := lacksSubmodule(tree.Files, "vendors"); {
	case err != nil:
		return notCheckedOut{err: err}
	case absent:
		out.files, out.sparse["vendors"] = append(out.files, "vendors"), true
		return out
	}
	checkout, err := r.Host.checkoutOf(t.disk)
	if checkout.Git == nil {
		return notCheckedOut{err: err}
	}
	entries, err := worktree.Index(checkout.Git)
	out.err = err
	prefix := ""
	if checkout.Folder != "." {
		prefix = checkout.Folder + "/"
	}
	there := filesIn(tree.Files)
	for _, e := range entries {
		switch name, below := strings.CutPrefix(e.Path, prefix); {
		case e.Kind == gitindex.Dir && strings.HasPrefix(prefix+"vendors/", e.Path):
			out.files, out.sparse["vendors"] = append(out.files, "vendors"), true
		case below && e.Kind == gitindex.Dir && name == "probes/":
			out.files, out.sparse["probes"] = append(out.files, "probes"), true
		case below && e.Kind == gitindex.Submodule && isDecisive(name+"/"):
			switch empty, err := isEmpty(tree.Files, name); {
			case err != nil:
				return notCheckedOut{err: err}
			case empty:
				out.files, out.sparse[name] = append(out.files, name), true
			}
		case below && e.Kind == gitindex.File && isDecisive(name) && !there(name):
			out.files, out.sparse[name] = append(out.files, name), e.Absent
		}
	}
	return out
}

// isEmpty reports whether a folder is empty or absent, as that of a submodule is before it is initialised.
func isEmpty(files fs.FS, folder string) (bool, error) {
	entries, err := fs.ReadDir(files, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	return err == nil && len(entries) == 0, err
}

// lacksSubmodule reports whether a folder is empty and the .gitmodules file in the root of the tree names it. A copy without an index has
// nothing else to say so.
func lacksSubmodule(files fs.FS, folder string) (bool, error) {
	if empty, err := isEmpty(files, folder); !empty || err != nil {
		return false, err
	}
	data, err := source.ReadFile(files, ".gitmodules")
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, source.ErrNotRegular):
		return false, nil
	case err != nil:
		return false, err
	}
	for line := range strings.Lines(string(data)) {
		key, value, ok := strings.Cut(line, "=")
		if ok && strings.EqualFold(strings.TrimSpace(key), "path") && path.Clean(strings.Trim(strings.TrimSpace(value), `"`)) == folder {
			return true, nil
		}
	}
	return false, nil
}

// isDecisive reports whether a verdict can be better without a file of a registry. Without a waiver, it is worse.
func isDecisive(name string) bool {
	return name == policyFile || strings.HasPrefix(name, "vendors/") || strings.HasPrefix(name, "probes/")
}

// filesIn returns a function that reports whether there is a regular file. It lists each folder once.
func filesIn(files fs.FS) func(name string) bool {
	folders := map[string]map[string]bool{}
	return func(name string) bool {
		folder := path.Dir(name)
		if folders[folder] == nil {
			folders[folder] = map[string]bool{}
			entries, _ := fs.ReadDir(files, folder) // what cannot be listed is not there
			for _, e := range entries {
				folders[folder][e.Name()] = e.Type().IsRegular()
			}
		}
		return folders[folder][path.Base(name)]
	}
}

// account says that there is no verdict. If deleting is true, a file that was merely deleted is one that does not exist: its author
// checks the registry without it. The policy has an account of its own.
func (n notCheckedOut) account(tree *source.Tree, deleting bool) Account {
	if errors.Is(n.err, errElsewhere) {
		return notice(fmt.Sprintf("%s: %s, where vendorgate cannot read it, so it is unknown whether the checkout has all files of the registry", tree.Origin, n.err))
	}
	if errors.Is(n.err, gitindex.ErrSplit) { // its reason has the name of the other file
		return gap(tree.Origin, "the list of files that git tracks cannot be read: "+n.err.Error())
	}
	if n.err != nil {
		return gap(tree.Origin, "the list of files that git tracks cannot be read: "+source.Reason(n.err))
	}
	var absent []string
	for _, name := range n.files {
		if name != policyFile && (n.sparse[name] || !deleting) {
			absent = append(absent, name)
		}
	}
	if len(absent) == 0 {
		return Account{}
	}
	out := lost(tree.Name(absent[0]), "it is tracked by git but missing from the checkout")
	out.Unread[0].Message = fmt.Sprintf("the checkout does not have %s of the registry that git tracks, such as %s, so there is no verdict", diag.Count(len(absent), "path"), tree.Name(absent[0]))
	out.Unread[0].Hint = "Check out the whole registry, with its submodules and without sparse-checkout. To remove a file, use `git rm`."
	return out
}
