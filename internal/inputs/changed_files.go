package inputs

import "github.com/vendorgate/vendorgate/internal/source"

// Changed reports whether files of the head are other than they were before the change. It is nil, so that every file counts
// as changed, if there is nothing to compare with or no file is asked about. The error is that the base cannot be read; the
// notice then tells the reader.
func (c Collected) Changed(files []string) (changed func(string) bool, notice string, err error) {
	if c.Base == nil || c.Base.tree == nil || len(files) == 0 {
		return nil, "", nil
	}
	before, err := c.Base.tree()
	if err != nil {
		return nil, unreadBase(c.Base.Name, Because(err)), err
	}
	same := map[string]bool{}
	for _, file := range files {
		if same[file], err = source.Unchanged(c.Head.Files, file, before, c.Head.InRepository(file)); err != nil {
			return nil, unreadBase(c.Base.Name, Because(err)), err
		}
	}
	return func(file string) bool { return !same[file] }, "", nil
}
