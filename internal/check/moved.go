package check

import (
	"path"
	"slices"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/manifest"
)

// answers reports whether the base had a use: its files show it as they were, other code of the same folder showed it, which no manifest
// covered, or the code that showed it has moved.
func (c *codeBefore) answers(q gate.Question) bool {
	switch {
	case len(q.Files) == 0 || c.unchanged == nil:
		return false
	case !slices.ContainsFunc(q.Files, func(file string) bool { return !c.unchanged(file) }):
		return true
	case c.found == nil:
		return false
	}
	was := filesOf(c.found, q)
	for i := range was {
		was[i] = path.Join(c.folder, was[i])
	}
	undeclared := slices.DeleteFunc(slices.Clone(was), func(file string) bool {
		return q.Vendor != "" && c.declared != nil && c.declared(q.Vendor, file)
	})
	here := func(file string) bool {
		innermost := manifest.Innermost(c.manifests, file)
		ours := q.Declared || innermost == nil || innermost.Path == q.Manifest.Path
		return manifest.Below(manifest.Folder(q.Manifest.Path), file) && ours
	}
	if slices.ContainsFunc(undeclared, here) {
		return true
	}
	if !q.Declared {
		was = undeclared // code that an entry covered leaves its entry behind
	}
	return c.folderMoved(q, was) || c.filesMoved(q, was, undeclared)
}

// folderMoved reports whether a folder of the base that showed a use shows it no more, so that it goes on elsewhere.
func (c *codeBefore) folderMoved(q gate.Question, was []string) bool {
	now := filesOf(c.head.Result, q)
	for _, folder := range q.From {
		below := func(file string) bool { return manifest.Below(folder, file) }
		inside := slices.DeleteFunc(slices.Clone(was), func(file string) bool { return !below(file) })
		if len(inside) > 0 && !slices.ContainsFunc(now, below) && c.free(q, folder+"/") {
			c.take(q, append(inside, folder+"/"))
			return true
		}
	}
	return false
}

// filesMoved reports whether the files that show a use are those of the base under other names: all of them if an entry moved, as the
// others are new to it, and otherwise any. A file of the base that still shows the use has not moved.
func (c *codeBefore) filesMoved(q gate.Question, was, undeclared []string) bool {
	now := filesOf(c.head.Result, q)
	left := slices.DeleteFunc(slices.Clone(was), func(file string) bool {
		from := func(folder string) bool { return manifest.Below(folder, file) }
		return slices.Contains(now, file) || !c.free(q, file) || !slices.Contains(undeclared, file) && !slices.ContainsFunc(q.From, from)
	})
	var moved []string
	for _, file := range q.Files {
		if c.unchanged(file) {
			continue
		}
		i := slices.IndexFunc(left, func(old string) bool { return path.Base(old) == path.Base(file) })
		switch {
		case i >= 0:
			moved, left = append(moved, left[i]), slices.Delete(left, i, i+1)
		case q.Declared && len(q.From) > 0:
			return false
		}
	}
	c.take(q, moved)
	return len(moved) > 0
}

// take notes that files and folders of the base have moved to the folder of a question.
func (c *codeBefore) take(q gate.Question, moved []string) {
	for _, old := range moved {
		c.moved[key(q, old)] = q.Manifest.Path
	}
}

// free reports whether a file or folder of the base has moved to the folder of a question, if anywhere.
func (c *codeBefore) free(q gate.Question, what string) bool {
	to, taken := c.moved[key(q, what)]
	return !taken || to == q.Manifest.Path
}

// key names a file or folder that showed the vendor or host of a question.
func key(q gate.Question, what string) string {
	if q.Vendor != "" {
		return q.Vendor + "\x00" + what
	}
	return "\x00" + q.Domain + "\x00" + what
}

// filesOf returns the files of a scan that show the vendor or the host of a question.
func filesOf(scan *detect.Result, q gate.Question) []string {
	var out []string
	for _, v := range scan.Vendors {
		if v.ID == q.Vendor && v.Confidence >= detect.Likely {
			out = slices.Clone(v.Files)
		}
	}
	for _, h := range scan.UnknownHosts {
		if h.Domain == q.Domain {
			for _, place := range append([]detect.UnknownHost{h}, h.Others...) {
				out = append(out, place.File)
			}
		}
	}
	return out
}
