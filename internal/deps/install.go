package deps

import (
	"regexp"
	"strings"
)

// installed reads pip install, npm install, yarn add, gem install and the like in a Dockerfile, in a shell's form or as a list of words.
func installed(_ string, data []byte) ([]Dependency, error) {
	const gap = `(?:\s+|["']\s*,\s*["'])`
	command := regexp.MustCompile(`\b(pip[\d.]*|pipx|uv pip|uv|poetry|pipenv|npm|pnpm|yarn global|yarn|bun|gem|composer)` + `(?:` + gap + `-[^\s"']+)*` + gap + `(?:global` + gap + `)?(?:install|add|i|require)` + gap + `((?:[^&;|\n\\]|\\\r?\n(?:[ \t]*#[^\n]*\n)*)+)`)
	word := regexp.MustCompile(`[^\s\\"']+`)
	ecosystems := map[string]string{
		"uv pip": "pypi", "uv": "pypi", "poetry": "pypi", "npm": "npm", "pnpm": "npm", "yarn global": "npm", "yarn": "npm", "bun": "npm", "gem": "gem", "composer": "composer",
	}
	var out []Dependency
	for _, m := range command.FindAllSubmatchIndex(data, -1) {
		tool := string(data[m[2]:m[3]])
		ecosystem, skip := ecosystems[tool], false
		if strings.HasPrefix(tool, "pip") {
			ecosystem = "pypi"
		}
		for _, w := range word.FindAllIndex(data[m[4]:m[5]], -1) {
			at := m[4] + w[0]
			text := string(data[at : m[4]+w[1]])
			switch {
			case skip:
				skip = false
			case strings.HasPrefix(text, "-"):
				skip = text == "-r" || text == "-c" || text == "-v" || text == "-t" || text == "--index-url" || text == "--extra-index-url"
			case strings.ContainsAny(text, "$/") && !strings.HasPrefix(text, "@") && ecosystem != "composer", strings.Trim(text, ",[]") == "":
			default:
				name := text
				if ecosystem == "pypi" {
					name = requirementName(text)
				} else if i := strings.LastIndexByte(name, '@'); i > 0 {
					name = name[:i]
				} else if i := strings.IndexByte(name, ':'); i > 0 {
					name = name[:i]
				}
				out = append(out, Dependency{Ecosystem: ecosystem, Name: name, Offset: at})
			}
		}
	}
	return out, nil
}
