package yamltree

import (
	"bytes"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// refuseForeign reports what git puts into files in place of their text: the pointer of a file in Git LFS, and the markers of a merge
// conflict. The rest of such a file says nothing.
func refuseForeign(file string, data []byte, found *collector) bool {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if bytes.HasPrefix(data, []byte("version https://git-lfs.github.com/spec/")) {
		found.add(diag.Pos{File: file, Line: 1, Col: 1}, "fetch it with `git lfs pull` (in CI, check out with `lfs: true`), or keep this file out of Git LFS",
			"a Git LFS pointer: the content of the file is elsewhere")
		return true
	}
	return refuseConflicts(file, data, found)
}

// refuseConflicts reports each merge conflict where it begins, and markers that were left alone.
func refuseConflicts(file string, data []byte, found *collector) bool {
	const hint = "keep what is right of both sides, and delete the lines with <<<<<<<, ======= and >>>>>>>"
	start, conflict := 0, false
	report := func(line int, format string, args ...any) {
		conflict = true
		found.add(diag.Pos{File: file, Line: line, Col: 1}, hint, format, args...)
	}
	for line, rest := 1, data; len(rest) > 0; line++ {
		text, after, _ := bytes.Cut(rest, []byte{'\n'})
		rest = after
		switch marker := conflictMarker(text); {
		case marker == 0:
		case marker == '<':
			if start > 0 {
				report(start, "the beginning of a merge conflict")
			}
			start = line
		case marker == '>' && start > 0:
			report(start, "a merge conflict that is not resolved; it ends on line %d", line)
			start = 0
		case start == 0:
			report(line, "a line that is left of a merge conflict")
		}
	}
	if start > 0 {
		report(start, "the beginning of a merge conflict")
	}
	return conflict
}

// conflictMarker returns the character of the marker that a line is, or 0. No value of a mapping can begin a line like this.
func conflictMarker(line []byte) byte {
	const width = 7 // of a marker, unless an attribute of git says otherwise
	if len(line) < width || !bytes.ContainsRune([]byte("<|=>"), rune(line[0])) || bytes.Count(line[:width], line[:1]) != width {
		return 0
	}
	line = bytes.TrimSuffix(line, []byte{'\r'})
	if len(line) == width || line[width] == ' ' && line[0] != '=' {
		return line[0]
	}
	return 0
}
