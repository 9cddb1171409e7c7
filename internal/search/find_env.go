package search

import (
	"bytes"
)

// findEnv visits the upper-case names, with at least two words, that match a vendor. It searches from underscore to underscore.
func (c *Catalogue) findEnv(data []byte, visit func(at, end, vendor int) bool) {
	for pos := 0; ; {
		i := bytes.IndexByte(data[pos:], '_')
		if i < 0 {
			return
		}
		mark := pos + i
		start, end := mark, mark+1
		for end < len(data) && (byteClass[data[end]]&(upper|digit) != 0 || data[end] == '_') {
			end++
		}
		if mark == 0 || byteClass[data[mark-1]]&(upper|digit) == 0 {
			pos = end
			continue
		}
		for start > pos && (byteClass[data[start-1]]&(upper|digit) != 0) {
			start--
		}
		pos = end
		if start > 0 && WordByte(data[start-1]) || end < len(data) && WordByte(data[end]) || end-start > 100 {
			continue
		}
		name := data[start:end]
		for len(name) > 0 && name[len(name)-1] == '_' {
			name = name[:len(name)-1]
		}
		if vendor, ok := c.env.vendor(string(name)); ok && !visit(start, start+len(name), vendor) {
			return
		}
	}
}
