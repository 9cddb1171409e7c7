package deps

import (
	"regexp"
	"strings"
)

// podfile reads pod 'Name/Part'.
func podfile(_ string, data []byte) ([]Dependency, error) {
	pod := regexp.MustCompile(`^\s*pod\s*\(?\s*["']([\w.+\-]+)`)
	var out []Dependency
	eachLine(data, func(at int, line string) {
		if m := pod.FindStringSubmatchIndex(line); m != nil {
			out = append(out, Dependency{Ecosystem: "cocoapods", Name: line[m[2]:m[3]], Offset: at + m[2]})
		}
	})
	return out, nil
}

// cartfile reads github "owner/name" and git "https://…".
func cartfile(_ string, data []byte) ([]Dependency, error) {
	source := regexp.MustCompile(`^\s*(github|git)\s+"(?:https://)?([^"]+)"`)
	var out []Dependency
	eachLine(data, func(at int, line string) {
		m := source.FindStringSubmatchIndex(line)
		if m == nil {
			return
		}
		name := strings.TrimSuffix(line[m[4]:m[5]], ".git")
		if line[m[2]:m[3]] == "github" && !strings.HasPrefix(name, "github.com/") {
			name = "github.com/" + name
		}
		out = append(out, Dependency{Ecosystem: "swift", Name: name, Offset: at + m[4]})
	})
	return out, nil
}

// sbt reads "group" %% "artifact" % "1.0" % Test.
func sbt(_ string, data []byte) ([]Dependency, error) {
	module := regexp.MustCompile(`"([\w.\-]+)"\s*%{1,3}\s*"([\w.\-]+)"\s*%[^,\n]*`)
	var out []Dependency
	for _, m := range module.FindAllSubmatchIndex(data, -1) {
		out = append(out, Dependency{Ecosystem: "maven", Name: string(data[m[2]:m[3]]) + "/" + string(data[m[4]:m[5]]), Offset: m[2], Dev: strings.Contains(string(data[m[0]:m[1]]), "Test")})
	}
	return out, nil
}

// clojure reads group/artifact {:mvn/version "1"} and [group/artifact "1"].
func clojure(_ string, data []byte) ([]Dependency, error) {
	module := regexp.MustCompile(`([\w.\-]+/[\w.\-]+)\s+(?:\{\s*:mvn/version|"\d)`)
	var out []Dependency
	for _, m := range module.FindAllSubmatchIndex(data, -1) {
		out = append(out, Dependency{Ecosystem: "maven", Name: string(data[m[2]:m[3]]), Offset: m[2]})
	}
	return out, nil
}

// setupConfig reads the lists install_requires and those of extras in setup.cfg.
func setupConfig(_ string, data []byte) ([]Dependency, error) {
	var out []Dependency
	section, list := "", ""
	eachLine(data, func(at int, line string) {
		text := strings.TrimSpace(line)
		key, value, assigned := strings.Cut(text, "=")
		switch indented := strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t"); {
		case strings.HasPrefix(text, "["):
			section, list = strings.Trim(text, "[]"), ""
			return
		case text == "" || strings.HasPrefix(text, "#"):
			return
		case !indented && assigned && strings.Trim(key, " _abcdefghijklmnopqrstuvwxyz") == "":
			list, text = strings.TrimSpace(key), strings.TrimSpace(value)
		}
		if section == "options" && list == "install_requires" || section == "options.extras_require" {
			if name := requirementName(text); name != "" && text != "" {
				out = append(out, Dependency{Ecosystem: "pypi", Name: name, Offset: at + strings.Index(line, name), Dev: section != "options" && forDevelopment(list)})
			}
		}
	})
	return out, nil
}

// conda reads the items of the list dependencies in environment.yml, and of the list pip in it.
func conda(_ string, data []byte) ([]Dependency, error) {
	var out []Dependency
	inside := false
	eachLine(data, func(at int, line string) {
		text := strings.TrimLeft(line, " \t")
		item, ok := strings.CutPrefix(text, "- ")
		switch {
		case strings.HasPrefix(line, "dependencies:"):
			inside = true
		case text == line && !ok && text != "":
			inside = false
		case inside && ok:
			item = strings.Trim(item, "\"' ")
			if i := strings.LastIndex(item, "::"); i >= 0 {
				item = item[i+2:]
			}
			if name := requirementName(item); name != "" {
				out = append(out, Dependency{Ecosystem: "pypi", Name: name, Offset: at + strings.Index(line, name)})
			}
		}
	})
	return out, nil
}

// installed reads pip install, npm install, yarn global add and gem install in a Dockerfile.
func installed(_ string, data []byte) ([]Dependency, error) {
	command := regexp.MustCompile(`\b(pip3?|uv pip|npm|pnpm|yarn global|gem)\s+(?:install|add|i)\s+((?:[^&;|\n\\]|\\\r?\n)+)`)
	word := regexp.MustCompile(`[^\s\\"']+`)
	ecosystems := map[string]string{"pip": "pypi", "pip3": "pypi", "uv pip": "pypi", "npm": "npm", "pnpm": "npm", "yarn global": "npm", "gem": "gem"}
	var out []Dependency
	for _, m := range command.FindAllSubmatchIndex(data, -1) {
		ecosystem, skip := ecosystems[string(data[m[2]:m[3]])], false
		for _, w := range word.FindAllIndex(data[m[4]:m[5]], -1) {
			at := m[4] + w[0]
			text := string(data[at : m[4]+w[1]])
			switch {
			case skip:
				skip = false
			case strings.HasPrefix(text, "-"):
				skip = text == "-r" || text == "-c" || text == "-v" || text == "-t" || text == "--index-url" || text == "--extra-index-url"
			case strings.ContainsAny(text, "$/") && !strings.HasPrefix(text, "@"):
			default:
				name := text
				if ecosystem == "pypi" {
					name = requirementName(text)
				} else if i := strings.LastIndexByte(name, '@'); i > 0 {
					name = name[:i]
				}
				out = append(out, Dependency{Ecosystem: ecosystem, Name: name, Offset: at})
			}
		}
	}
	return out, nil
}
