package around

import (
	"bytes"
	"path"
	"regexp"
	"slices"

	"github.com/vendorgate/vendorgate/internal/search"
)

// Notebook reports whether a file holds cells of code, in JSON.
func Notebook(name string) bool { return path.Ext(name) == ".ipynb" }

// Parts are parts of a text, in order.
type Parts []part

type part struct{ from, end int }

// OutsideCode returns the parts of a file that are no code of the program: the texts of a notebook and what its code printed, and the modules
// of tests among the code of Rust.
func OutsideCode(name string, data []byte) Parts {
	switch {
	case Notebook(name):
		return betweenCells(data)
	case path.Ext(name) == ".rs":
		return testsOfRust(data)
	}
	return nil
}

var testModule = regexp.MustCompile(`(?m)^#\[cfg\((?:all\()?test\b[^\n]*\n(?:#\[[^\n]*\n)*(?:pub(?:\([a-z]+\))? )?mod \w+ *\{`)

// testsOfRust returns the modules of tests at the outermost level of a file of Rust.
func testsOfRust(data []byte) (out Parts) {
	if !bytes.Contains(data, []byte("#[cfg(")) {
		return nil // the usual case, quickly
	}
	for _, m := range testModule.FindAllIndex(data, -1) {
		end := len(data)
		if i := bytes.Index(data[m[1]:], []byte("\n}")); i >= 0 {
			end = m[1] + i
		}
		out = append(out, part{m[0], end})
	}
	return out
}

// betweenCells returns the parts of a notebook that are no code. They end where a cell or its source begins.
func betweenCells(data []byte) (out Parts) {
	key := regexp.MustCompile(`"(outputs|source|cell_type)"\s*:\s*("\w+")?`)
	text, from := false, -1
	for _, m := range key.FindAllSubmatchIndex(data, -1) {
		if from >= 0 {
			out, from = append(out, part{from, m[0]}), -1
		}
		if m[4] >= 0 && data[m[2]] == 'c' {
			text = string(data[m[4]:m[5]]) != `"code"`
		}
		if text || data[m[2]] == 'o' {
			from = m[0]
		}
	}
	if from >= 0 {
		out = append(out, part{from, len(data)})
	}
	return out
}

// Contain reports whether an offset is in one of the parts.
func (p Parts) Contain(at int) bool {
	i, found := slices.BinarySearchFunc(p, at, func(s part, at int) int { return s.from - at })
	return found || i > 0 && at < p[i-1].end
}

// CellComment reports whether an offset is in a comment in a line of code of a notebook: "# x\n".
func CellComment(data []byte, at int) bool {
	from, _ := search.Line(data, at)
	text := bytes.TrimLeft(data[from:at], " \t[")
	text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte(`"`)), " \t")
	return bytes.HasPrefix(text, []byte("#")) || bytes.Contains(text, []byte("  # "))
}
