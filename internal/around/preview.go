package around

import (
	"bytes"
	"path"
)

// InPreview reports whether an offset is in a function that only draws a component in the editor, with sample data: one with the annotation
// @Preview or one like @ThemePreviews in Kotlin, or #Preview and a PreviewProvider in Swift. Its text starts at the last line without indentation.
func InPreview(name string, data []byte, at int) bool {
	const before = 300 // annotations
	var marks []string
	switch path.Ext(name) {
	case ".kt":
		marks = []string{"@Preview", "Previews\n"}
	case ".swift":
		marks = []string{"#Preview", "PreviewProvider"}
	default:
		return false
	}
	end := at
	for end > 0 {
		start := bytes.LastIndexByte(data[:end], '\n') + 1
		line := data[start:]
		if len(line) > 0 && (lower(line[0]) || line[0] == '#') { // fun, private fun, struct
			head := data[max(0, start-before):end]
			if i := bytes.LastIndex(data[max(0, start-before):start], []byte("\n}")); i >= 0 {
				head = head[i:]
			}
			for _, mark := range marks {
				if bytes.Contains(head, []byte(mark)) {
					return true
				}
			}
			return false
		}
		end = max(0, start-1)
	}
	return false
}
