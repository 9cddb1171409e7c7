package inputs

import "github.com/vendorgate/vendorgate/internal/source"

// Changed returns a function that reports whether the change modified a file of the head. The function is nil, which means
// that every file counts as changed, if there is nothing to compare with or files is empty. If the base cannot be read, Changed
// returns an error, and a notice for the report.
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
