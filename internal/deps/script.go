package deps

import (
	"regexp"
	"strings"
)

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
	module := regexp.MustCompile(`"([\w.\-]+)"\s*%{1,3}\s*"([\w.\-]+)"\s*\)?\s*%[^,;\n]*`)
	var out []Dependency
	for _, m := range module.FindAllSubmatchIndex(data, -1) {
		out = append(out, Dependency{Ecosystem: "maven", Name: string(data[m[2]:m[3]]) + "/" + string(data[m[4]:m[5]]), Offset: m[2], Dev: strings.Contains(string(data[m[0]:m[1]]), "Test")})
	}
	return out, nil
}

// clojure reads group/artifact {:mvn/version "1"} and [group/artifact "1"]. A name without a group is that of both.
func clojure(_ string, data []byte) ([]Dependency, error) {
	module := regexp.MustCompile(`([\w.\-]+)(?:/([\w.\-]+))?\s+(?:\{[^{}]*:mvn/version|"\d)`)
	var out []Dependency
	for _, m := range module.FindAllSubmatchIndex(data, -1) {
		name := string(data[m[2]:m[3]])
		switch bracketed := m[2] > 0 && data[m[2]-1] == '['; {
		case m[4] >= 0:
			name += "/" + string(data[m[4]:m[5]])
		case bracketed || data[m[1]-1] == 'n': // not (defproject name "1")
			name += "/" + name
		default:
			continue
		}
		out = append(out, Dependency{Ecosystem: "maven", Name: name, Offset: m[2]})
	}
	return out, nil
}

// setupConfig reads the lists install_requires and those of extras in setup.cfg.
func setupConfig(_ string, data []byte) ([]Dependency, error) {
	condition := regexp.MustCompile(`^\s*(?:python_|sys_|platform_|os_name|implementation_|extra\b)`)
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
			for spec := range strings.SplitSeq(text, ";") {
				if name := requirementName(spec); name != "" && !condition.MatchString(spec) {
					out = append(out, Dependency{Ecosystem: "pypi", Name: name, Offset: at + strings.Index(line, name), Dev: section != "options" && forDevelopment(list)})
				}
			}
		}
	})
	return out, nil
}
