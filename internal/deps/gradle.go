package deps

import (
	"regexp"
	"strings"
)

// gradle reads the arguments of configurations: 'group:name:1', and group: 'group', name: 'name'. They may stand anywhere in a line, and
// span lines.
func gradle(name string, data []byte) ([]Dependency, error) {
	const configuration = `([A-Za-z]*(?i:implementation|api|compile|runtime|compileOnly|runtimeOnly|kapt|ksp|annotationProcessor))`
	call := regexp.MustCompile(`(?:^|[^\w$:/"'\-])(?:` + configuration + `|["']` + configuration + `["']|add\s*\(\s*["']` + configuration + `["']\s*,)(?:[ \t]*\(|[ \t]+["'\[A-Za-z]|\s*["'])`)
	module := regexp.MustCompile(`["']([\w.\-]+):([\w.\-]+)(?:[:@][^"'\n]*)?["']`)
	group := regexp.MustCompile(`\bgroup\s*[:=]\s*["']([\w.\-]+)["']`)
	artifact := regexp.MustCompile(`\bname\s*[:=]\s*["']([\w.\-]+)["']`)
	var out []Dependency
	calls := call.FindAllSubmatchIndex(data, -1)
	budget := 2 * len(data) // arguments overlap where a statement does not end
	for i, m := range calls {
		start, end := m[1]-1, len(data)
		if budget < 0 && i+1 < len(calls) {
			end = max(start, calls[i+1][0])
		}
		if data[start] == '[' { // more may follow the first
			start--
		}
		n, _ := endOfArguments(data[start:end], "//")
		budget -= n
		text, in := data[start:start+n], ""
		for k := 2; k < 8; k += 2 {
			if m[k] >= 0 {
				in = strings.ToLower(string(data[m[k]:m[k+1]]))
			}
		}
		dev := strings.Contains(in, "test") || strings.HasPrefix(in, "debug")
		for _, s := range module.FindAllSubmatchIndex(text, -1) {
			out = append(out, Dependency{Ecosystem: "maven", Name: string(text[s[2]:s[3]]) + "/" + string(text[s[4]:s[5]]), Offset: start + s[2], Dev: dev})
		}
		names := artifact.FindAllSubmatch(text, -1)
		for k, s := range group.FindAllSubmatchIndex(text, -1) {
			if k < len(names) {
				out = append(out, Dependency{Ecosystem: "maven", Name: string(text[s[2]:s[3]]) + "/" + string(names[k][1]), Offset: start + s[2], Dev: dev})
			}
		}
	}
	return byPlace(out), closed(name, data)
}
