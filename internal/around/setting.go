package around

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// Argument reports whether a name in quotes is what a call, an index or a struct tag asks for: get("X"), config["X"], field(name="X"),
// `envconfig:"X"`. Functions that show or raise a text do not count, nor do those that only compare one.
func Argument(data []byte, at, end int) bool {
	if at == 0 || end >= len(data) || strings.IndexByte("\"'`", data[at-1]) < 0 || strings.IndexByte("\"'`,", data[end]) < 0 {
		return false
	}
	from, _ := search.Line(data, at)
	before := strings.TrimRight(string(data[from:at-1]), " \t")
	if before == "" { // on a line of its own
		before = strings.TrimRight(string(data[max(0, from-200):from]), " \t\r\n")
	}
	if tag, ok := strings.CutSuffix(before, ":"); ok {
		name, _, _ := lastName(tag)
		return slices.Contains([]string{"env", "envconfig", "mapstructure", "koanf", "envvar", "conf"}, strings.ToLower(name))
	}
	if named, ok := strings.CutSuffix(before, "="); ok { // a named argument
		name, _, rest := lastName(named)
		switch strings.ToLower(name) {
		case "name", "key", "env", "envvar", "env_var", "var", "variable", "alias", "validation_alias", "setting", "secret", "secret_id":
			return strings.ContainsAny(rest, "([")
		}
		return false
	}
	if strings.HasSuffix(before, ",") && (strings.Contains(before, "buildConfigField") || strings.Contains(before, "resValue")) {
		return true // of Android: the first argument is a type
	}
	name, joint, _ := lastName(before)
	if name == "" || !strings.HasSuffix(joint, "(") && !strings.HasSuffix(joint, "[") || strings.Count(joint, "(")+strings.Count(joint, "[") > 1 {
		return false
	}
	words := Words(name)
	if strings.HasSuffix(joint, "[") {
		return !slices.Contains([]string{"headers", "labels", "args"}, words[len(words)-1])
	}
	for i, word := range words {
		switch word {
		case "fail", "panic", "raise", "throw": // but not getOrThrow
			if i == 0 || words[i-1] != "or" {
				return false
			}
		case "set", "setenv", "unset", "del", "delete", "includes", "contains", "assert", "equal", "expect", "new", "warning", "stub", "mock", "t":
			return false
		default:
			if renders(word) {
				return false
			}
		}
	}
	return true
}

// Member reports whether a name is a member of the program's settings: settings.X, Config.X, Rails.application.credentials.X.
func Member(data []byte, at int) bool {
	if at < 2 || data[at-1] != '.' && data[at-1] != ':' {
		return false
	}
	from := at - 1
	for from > 0 && (data[from-1] == '.' || data[from-1] == ':' || data[from-1] == '?') {
		from--
	}
	start := from
	for start > 0 && search.NameByte(data[start-1]) {
		start--
	}
	words := Words(string(data[start:from]))
	switch words[len(words)-1] {
	case "settings", "setting", "config", "conf", "cfg", "configuration", "secrets", "credentials", "env", "environment", "vars", "keys", "constants", "options", "parameters":
		return true
	}
	return false
}

// SettingsFile reports whether a file of code holds settings, by its name.
func SettingsFile(name string) bool {
	base := strings.ToLower(path.Base(name))
	base = strings.TrimSuffix(base, path.Ext(base))
	for _, word := range []string{"config", "setting", "secret", "credential", "constant", "environment", "properties"} {
		if strings.Contains(base, word) {
			return true
		}
	}
	return base == "env" || strings.HasPrefix(base, "env.") || strings.HasSuffix(base, ".env") || strings.HasSuffix(base, "_env") || strings.HasPrefix(base, "env_") || strings.HasPrefix(base, "env-")
}

// Defines reports whether a name begins its line and is given a meaning there: X = …, X: …, X(…).
func Defines(data []byte, at, end int) bool {
	from, to := search.Line(data, at)
	before := bytes.TrimLeft(data[from:at], " \t")
	for _, word := range []string{"", "const ", "export const ", "static ", "val ", "var ", "let ", "public static final String ", "public const string ", "static let "} {
		if string(before) != word {
			continue
		}
		after := bytes.TrimLeft(data[end:to], " \t")
		return len(after) > 0 && strings.IndexByte("=:(", after[0]) >= 0 && !bytes.HasPrefix(after, []byte("=="))
	}
	return false
}

// ComputedKey reports whether a name in quotes is the key of a value that code computes, such as a call that reads the environment, and not of
// a text: "X": env("Y").
func ComputedKey(data []byte, at, end int) bool {
	_, to := search.Line(data, at)
	if at == 0 || end >= to || data[at-1] != '"' && data[at-1] != '\'' || data[end] != data[at-1] {
		return false
	}
	after := bytes.TrimLeft(data[end+1:to], " \t")
	value, ok := bytes.CutPrefix(after, []byte(":"))
	if !ok {
		value, ok = bytes.CutPrefix(after, []byte("=>"))
	}
	value = bytes.TrimLeft(value, " \t")
	return ok && len(value) > 0 && search.WordByte(value[0]) && bytes.ContainsAny(value, "([.")
}

// Alone reports whether a name in a file of settings is a whole key or value, and not a part of a text.
func Alone(data []byte, at, end int) bool {
	from, to := search.Line(data, at)
	before := strings.TrimRight(string(data[from:at]), "\"'`{$ \t")
	after := strings.TrimLeft(string(data[end:to]), "\"'`} \t\r")
	opens := before == "" || strings.IndexByte(":=-[,({", before[len(before)-1]) >= 0 || strings.HasSuffix(before, "variable") || strings.HasSuffix(before, "ENV") || strings.HasSuffix(before, "ARG")
	closes := after == "" || strings.IndexByte(":=,])}#:", after[0]) >= 0 || strings.HasPrefix(after, "{")
	return opens && closes
}

// HasValue reports whether a value follows a name on its line.
func HasValue(data []byte, end int) bool {
	_, to := search.Line(data, end)
	return strings.Trim(string(data[end:to]), "\"'`=: \t\r") != ""
}

// Dummy reports whether a name in a file of settings has a value that only fills its place: KEY: '1', KEY=dummy, or value: PLACEHOLDER on
// the line after name: KEY. An address on the own machine is such a value.
func Dummy(data []byte, end int) bool {
	value := Value(data, end)
	switch value {
	case "0", "1", "true", "false", "none", "null", "nil", "changeme", "change-me", "change_me", "replace_me", "replaceme", "todo", "tbd", "unused", "not-used", "test", "testing":
		return true
	}
	for _, start := range []string{"dummy", "fake", "placeholder", "http://localhost", "http://127.", "http://0.0.0.0", "http://host.docker.internal"} {
		if strings.HasPrefix(value, start) {
			return true
		}
	}
	return strings.HasSuffix(value, "_xxx") || strings.HasSuffix(value, "-xxx") || strings.Contains(value, "xxxx")
}

// Titled reports whether a name in a file of settings, which is not one of a secret, has a value of several words for people, and no expression.
func Titled(data []byte, at, end int) bool {
	value := Value(data, end)
	return strings.IndexByte(value, ' ') > 0 && !strings.ContainsAny(value, "${}()<>|!&") && !search.Secret(strings.ToUpper(string(data[at:end])))
}

// Unset reports whether the value of a name in a chart or a manifest of Kubernetes is empty, as one that a deployment may fill in: dsn: "". It
// is not if the section around it is switched on. In the values of a chart, a value may be missing, too.
func Unset(name string, data []byte, end int) bool {
	from, to := search.Line(data, end)
	rest := bytes.TrimLeft(data[end:to], "\"' \t\r")
	value, ok := bytes.CutPrefix(rest, []byte(":"))
	if next := to + 1; len(rest) == 0 && next < len(data) { // name: X, and its value on the next line
		_, to = search.Line(data, next)
		value, ok = bytes.CutPrefix(bytes.TrimLeft(data[next:to], " \t"), []byte("value:"))
	}
	value = bytes.TrimLeft(value, " \t\r")
	missing := len(value) == 0 && strings.HasPrefix(path.Base(name), "values") && !opensSection(data, end)
	if !ok || !missing && !bytes.HasPrefix(value, []byte(`""`)) && !bytes.HasPrefix(value, []byte("''")) && !bytes.HasPrefix(value, []byte("~")) {
		return false
	}
	if missing {
		return true
	}
	const most = 10 // lines on each side
	indent := IndentOf(data[from:to])
	on := func(at int, step func(from, to int) int) bool {
		for range most {
			if at < 0 || at >= len(data) {
				return false
			}
			from, to := search.Line(data, at)
			line := data[from:to]
			if len(bytes.TrimSpace(line)) > 0 && IndentOf(line) < indent {
				return false
			}
			if bytes.Contains(line, []byte("enabled: true")) {
				return true
			}
			at = step(from, to)
		}
		return false
	}
	return !on(from, func(from, _ int) int { return from - 1 }) && !on(to, func(_, to int) int { return to + 1 })
}

// opensSection reports whether the line after that of an offset has more indentation.
func opensSection(data []byte, at int) bool {
	from, to := search.Line(data, at)
	if to+1 >= len(data) {
		return false
	}
	next, last := search.Line(data, to+1)
	return IndentOf(data[next:last]) > IndentOf(data[from:to])
}

// Value returns the value of a name in a file of settings, in lower case and without quotes and comments: what follows the name on its line,
// or else after the key value on the next one. It is empty if there is none.
func Value(data []byte, end int) string {
	_, to := search.Line(data, end)
	rest := strings.TrimLeft(string(data[end:to]), "\"'` \t\r")
	if rest != "" && strings.IndexByte(":=", rest[0]) < 0 {
		return ""
	}
	value := strings.Trim(rest, "\"'`=: \t\r,")
	if value == "" && to < len(data) {
		from, next := search.Line(data, to+1)
		rest, ok := strings.CutPrefix(strings.TrimLeft(string(data[from:next]), " \t\"'"), "value")
		if !ok {
			return ""
		}
		value = strings.Trim(rest, "\"'`=: \t\r,")
	}
	value, _, _ = strings.Cut(value, " #")
	return strings.ToLower(strings.Trim(value, "\"'` "))
}

// Unfilled reports whether a text that stands for a value follows a name on its line: API_KEY" android:value="YOUR_KEY_GOES_HERE".
func Unfilled(data []byte, end int) bool {
	_, to := search.Line(data, end)
	rest := strings.ToLower(string(data[end:to]))
	for _, word := range []string{"your_", "your-", "<your", "placeholder", "changeme", "replace_me", "xxxx"} {
		if strings.Contains(rest, word) {
			return true
		}
	}
	return false
}

// OfServiceAccount reports whether the value at an offset is an address in the key file of a service account of Google, or in a token that
// such an account signs, whatever service the account is for.
func OfServiceAccount(data []byte, start int) bool {
	const reach, longestURL = 600, 60
	near := data[max(0, start-reach):min(len(data), start+reach)]
	use := UseOf(data, start)
	if audience(use) || keyedAs(data, start, "aud") || bytes.Contains(data, []byte("grant-type:jwt-bearer")) && bytes.Contains(data[start:min(len(data), start+longestURL)], []byte("/token")) {
		return true
	}
	if use.Form != Assigned || !slices.Contains([]string{"token_uri", "auth_uri", "tokenUri", "authUri", "TokenURI", "AuthURI", "auth_provider_x509_cert_url"}, use.Name) {
		return false
	}
	for _, key := range []string{"client_email", "clientEmail", "private_key", "privateKey", "auth_provider_x509_cert_url", "service_account", "universe_domain"} {
		if bytes.Contains(near, []byte(key)) {
			return true
		}
	}
	return false
}

// keyedAs reports whether the value at an offset is that of a key of a table: "aud" => "https://…", aud: 'https://…'.
func keyedAs(data []byte, start int, key string) bool {
	from, _ := search.Line(data, start)
	before := strings.TrimRight(string(data[from:start]), "\"'` \t:=>")
	rest, ok := strings.CutSuffix(before, key)
	return ok && (rest == "" || !search.WordByte(rest[len(rest)-1]))
}

// withoutType removes the type of the value at the end of a text from its declaration: let base: URL = ", const BASE: &str = ".
func withoutType(text string) string {
	left, ok := strings.CutSuffix(strings.TrimRight(text, " \"'`"), "=")
	if !ok {
		return text
	}
	left = strings.TrimRight(left, " ?!")
	for _, kind := range []string{"URL", "URI", "Uri", "Url", "String", "string", "str"} {
		before, typed := strings.CutSuffix(left, kind)
		if name, colon := strings.CutSuffix(strings.TrimRight(strings.TrimSuffix(strings.TrimRight(before, " &"), "'static"), " &"), ":"); typed && colon {
			return name + text[len(left):]
		}
	}
	return text
}
