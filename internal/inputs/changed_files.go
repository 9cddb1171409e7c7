package inputs

import (
	"io/fs"
	"sync"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Earlier returns a function that returns a file of the head as it was in the base; nil if there is nothing to compare with. The base is
// read when the function is called for the first time, and only some files of it. A file that cannot be read was not there.
func (c Collected) Earlier() func(file string) detect.Earlier {
	if c.Base == nil || c.Base.tree == nil {
		return nil
	}
	const most = 20 // files to read
	read, tree := 0, sync.OnceValues(c.Base.tree)
	return func(file string) detect.Earlier {
		before, err := tree()
		if err != nil {
			return detect.Earlier{Changed: true}
		}
		was := c.Head.InRepository(file)
		if _, err := fs.Stat(before, was); err != nil {
			return detect.Earlier{Changed: true}
		}
		if same, err := source.Unchanged(c.Head.Files, file, before, was); err == nil && same {
			return detect.Earlier{There: true}
		}
		if read++; read > most {
			return detect.Earlier{Changed: true, There: true}
		}
		data, err := source.ReadFile(before, was)
		return detect.Earlier{Changed: true, There: err == nil, Data: data}
	}
}

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
