package deps

import (
	"regexp"
	"strings"
)

func gemfile(_ string, data []byte) ([]Dependency, error) {
	gem := regexp.MustCompile(`^\s*gem[\s(]+["']([^"']+)["'](.*)`)
	opens := regexp.MustCompile(`(?:^\s*(?:if|unless|case|begin|def|while)\b)|\bdo\s*(?:\|[^|]*\|)?\s*$`)
	var out []Dependency
	var blocks []bool // of each open block, whether it is for development
	eachLine(data, func(at int, line string) {
		code, _, _ := strings.Cut(line, " #")
		trimmed := strings.TrimSpace(code)
		if m := gem.FindStringSubmatchIndex(line); m != nil {
			dev := len(blocks) > 0 && blocks[len(blocks)-1] || devGroup(line[m[4]:m[5]])
			out = append(out, Dependency{Ecosystem: "gem", Name: line[m[2]:m[3]], Offset: at + m[2], Dev: dev})
		}
		switch {
		case opens.MatchString(code):
			outer := len(blocks) > 0 && blocks[len(blocks)-1]
			blocks = append(blocks, outer || strings.HasPrefix(trimmed, "group") && devGroup(trimmed))
		case trimmed == "end" && len(blocks) > 0:
			blocks = blocks[:len(blocks)-1]
		}
	})
	return out, nil
}

// devGroup reports whether a text names groups, and only development groups.
func devGroup(text string) bool {
	if !strings.Contains(text, "group") {
		return false
	}
	return (strings.Contains(text, "development") || strings.Contains(text, "test")) && !strings.Contains(text, "production") && !strings.Contains(text, "default")
}

func gemspec(_ string, data []byte) ([]Dependency, error) {
	add := regexp.MustCompile(`\.add_(runtime_|development_)?dependency[\s(]+["']([^"']+)["']`)
	var out []Dependency
	for _, m := range add.FindAllSubmatchIndex(data, -1) {
		dev := m[2] >= 0 && string(data[m[2]:m[3]]) == "development_"
		out = append(out, Dependency{Ecosystem: "gem", Name: string(data[m[4]:m[5]]), Offset: m[4], Dev: dev})
	}
	return out, nil
}
