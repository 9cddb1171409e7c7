package inputs

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gitindex"
	"github.com/vendorgate/vendorgate/internal/source"
)

// maxIndex is the size in bytes of the largest git index that is read.
const maxIndex = 64 << 20

// sparse is the account of records that git leaves out of the checkout that the registry lies in. Nobody can say who their vendors
// are, so there is no verdict. A record that was merely deleted is one that does not exist.
func (r Request) sparse(t Trusted) Account {
	if why := t.Rules.Why(); r.Registry == "" || why != source.Apart && why != source.Agreed {
		return Account{}
	}
	tree := t.Rules.Tree()
	entries, err := indexOf(tree.Files)
	prefix := ""
	if inside, below := r.Host.Inside(r.Dir, r.Registry); err == nil && entries == nil && below && inside != "." {
		if files, failed := r.Host.Open(r.Dir); failed == nil {
			entries, err = indexOf(files)
			prefix = inside + "/"
		}
	}
	if err != nil {
		return gap(tree.Origin, "the list of files that git tracks cannot be read: "+source.Reason(err))
	}
	var absent []string
	for _, e := range entries {
		below, ok := strings.CutPrefix(e.Path, prefix)
		if inFolder := strings.HasPrefix(below, "vendors/") || e.Kind == gitindex.Dir && below == "vendors"; e.Absent && ok && inFolder {
			absent = append(absent, strings.TrimSuffix(below, "/"))
		}
	}
	if len(absent) == 0 {
		return Account{}
	}
	out := lost(tree.Name(absent[0]), "it is tracked by git but missing from the checkout")
	out.Unread[0].Message = fmt.Sprintf("a sparse checkout leaves out %s of the registry, such as %s, so there is no verdict", diag.Count(len(absent), "path"), tree.Name(absent[0]))
	out.Unread[0].Hint = "Check out the whole registry, without sparse-checkout."
	return out
}

// indexOf returns the entries of the git index of a checkout; nil if there is none, or it has another form.
func indexOf(files fs.FS) ([]gitindex.Entry, error) {
	for _, name := range []string{".git", ".git/index"} {
		info, err := source.Lstat(files, name)
		if errors.Is(err, fs.ErrNotExist) || err == nil && info.IsDir() != (name == ".git") {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
	}
	f, err := files.Open(".git/index")
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	data, err := io.ReadAll(io.LimitReader(f, maxIndex))
	if err != nil {
		return nil, err
	}
	entries, err := gitindex.Parse(data)
	if err != nil {
		return nil, nil // such as a split one, which does not say what is absent
	}
	return entries, nil
}
