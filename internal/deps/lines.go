package deps

import (
	"bytes"
	"regexp"
	"strings"
)

// eachLine visits the lines of a file without their ends, and where they begin.
func eachLine(data []byte, visit func(at int, line string)) {
	for at := 0; at < len(data); {
		end := len(data)
		if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
			end = at + i
		}
		visit(at, strings.TrimSuffix(string(data[at:end]), "\r"))
		at = end + 1
	}
}

func requirements(name string, data []byte) ([]Dependency, error) {
	var out []Dependency
	dev := forDevelopment(name)
	eachLine(data, func(at int, line string) {
		text := strings.TrimLeft(line, " \t\ufeff")
		if i := strings.Index(text, "#egg="); i >= 0 { // a repository or an archive
			if found := requirementName(strings.ReplaceAll(text[i+len("#egg="):], "&", ";")); found != "" {
				out = append(out, Dependency{Ecosystem: "pypi", Name: found, Offset: at + len(line) - len(text) + i + len("#egg="), Dev: dev})
			}
			return
		}
		if found := requirementName(text); found != "" {
			out = append(out, Dependency{Ecosystem: "pypi", Name: found, Offset: at + len(line) - len(text), Dev: dev})
		}
	})
	return out, nil
}

// requirementName returns the name at the start of a requirement (PEP 508), or an empty string if there is none.
func requirementName(spec string) string {
	spec = strings.TrimLeft(spec, " \t\r\n")
	end := strings.IndexFunc(spec, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '.' && r != '_' && r != '-'
	})
	if end < 0 {
		end = len(spec)
	}
	name, rest := spec[:end], strings.TrimLeft(spec[end:], " \t")
	if name == "" || strings.ContainsRune("-._", rune(name[0])) || rest != "" && !strings.ContainsRune("=<>!~;[@(#,\r", rune(rest[0])) {
		return ""
	}
	return name
}

func setup(_ string, data []byte) ([]Dependency, error) {
	var out []Dependency
	for _, list := range setupList().FindAllSubmatchIndex(data, -1) {
		for _, s := range quoted().FindAllSubmatchIndex(data[list[2]:list[3]], -1) {
			at := list[2] + s[2]
			if name := requirementName(string(data[at : list[2]+s[3]])); name != "" {
				out = append(out, Dependency{Ecosystem: "pypi", Name: name, Offset: at})
			}
		}
	}
	return out, nil
}

func setupList() *regexp.Regexp {
	return regexp.MustCompile(`(?s)install_requires\s*=\s*\[(.*?)\]\s*[,)\n]`)
}

func quoted() *regexp.Regexp { return regexp.MustCompile(`["']([^"'\n]*)["']`) }

func gradle(_ string, data []byte) ([]Dependency, error) {
	call := regexp.MustCompile(`^\s*"?([A-Za-z]*(?i:implementation|api|compile|runtime|compileOnly|runtimeOnly|kapt|ksp|annotationProcessor))"?[\s(].*?["']([\w.\-]+):([\w.\-]+)(?::[^"']*)?["']`)
	named := regexp.MustCompile(`^\s*([A-Za-z]*(?i:implementation|api|compile|runtime|compileOnly|runtimeOnly))[\s(]+group\s*[:=]\s*["']([\w.\-]+)["']\s*,\s*name\s*[:=]\s*["']([\w.\-]+)["']`)
	var out []Dependency
	eachLine(data, func(at int, line string) {
		if !strings.ContainsAny(line, "'\"") {
			return
		}
		m := call.FindStringSubmatchIndex(line)
		if m == nil {
			m = named.FindStringSubmatchIndex(line)
		}
		if m == nil {
			return
		}
		configuration := strings.ToLower(line[m[2]:m[3]])
		dev := strings.Contains(configuration, "test") || strings.HasPrefix(configuration, "debug")
		out = append(out, Dependency{Ecosystem: "maven", Name: line[m[4]:m[5]] + "/" + line[m[6]:m[7]], Offset: at + m[4], Dev: dev})
	})
	return out, nil
}

func mix(_ string, data []byte) ([]Dependency, error) {
	tuple := regexp.MustCompile(`\{\s*:(\w+)\s*,\s*(?:"|\w+:)[^}]*\}`)
	only := regexp.MustCompile(`only:\s*(\[[^\]]*\]|:\w+|@\w+)`)
	var out []Dependency
	for _, m := range tuple.FindAllSubmatchIndex(data, -1) {
		limit := only.FindSubmatch(data[m[0]:m[1]])
		dev := limit != nil && !bytes.Contains(stagesOf(limit[1], data), []byte(":prod"))
		out = append(out, Dependency{Ecosystem: "hex", Name: string(data[m[2]:m[3]]), Offset: m[2], Dev: dev})
	}
	return out, nil
}

// stagesOf returns the stages that a dependency of mix.exs is limited to. An attribute of the module stands for its value, and one
// without a value for all stages.
func stagesOf(limit, data []byte) []byte {
	if !bytes.HasPrefix(limit, []byte("@")) {
		return limit
	}
	for line := range bytes.Lines(data) {
		if value, ok := bytes.CutPrefix(bytes.TrimSpace(line), append(limit[:len(limit):len(limit)], ' ')); ok {
			return value
		}
	}
	return []byte(":prod")
}

func swift(_ string, data []byte) ([]Dependency, error) {
	url := regexp.MustCompile(`\.package\s*\([^)]*?url:\s*"(?:https://|git@|ssh://git@)([^"]+)"`)
	var out []Dependency
	for _, m := range url.FindAllSubmatchIndex(data, -1) {
		name := strings.TrimSuffix(strings.Replace(string(data[m[2]:m[3]]), ":", "/", 1), ".git")
		out = append(out, Dependency{Ecosystem: "swift", Name: name, Offset: m[2]})
	}
	return out, nil
}

func pubspec(_ string, data []byte) ([]Dependency, error) {
	key := regexp.MustCompile(`^( *)([A-Za-z_]\w*)\s*:`)
	var out []Dependency
	section, indent := "", 0
	eachLine(data, func(at int, line string) {
		m := key.FindStringSubmatchIndex(line)
		if m == nil {
			return
		}
		name := line[m[4]:m[5]]
		switch depth := m[3]; {
		case depth == 0:
			section, indent = name, 0
		case section != "dependencies" && section != "dev_dependencies":
		case indent == 0 || depth == indent:
			indent = depth
			out = append(out, Dependency{Ecosystem: "pub", Name: name, Offset: at + depth, Dev: section == "dev_dependencies"})
		}
	})
	return out, nil
}
