package around

import (
	"bytes"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// ReadsEnv reports whether the text before a name reads the environment: process.env.X, ENV["X"], os.environ.get('X'),
// getenv("X"), env('X'), System.get_env("X"), env::var("X"), Environment.GetEnvironmentVariable("X"), ${env:X},
// {:system, "X"}, @Value("${X}").
func ReadsEnv(before []byte) bool {
	text := strings.ToLower(string(before))
	text = strings.TrimRight(text, "\"'`\\")
	text = strings.TrimRight(text, " \t")
	if strings.HasSuffix(text, "{:system,") || strings.HasSuffix(text, "${") && strings.Contains(text, "@value(") {
		return true
	}
	trimmed := strings.TrimRight(text, "([{.:$= ")
	if trimmed == text {
		return false
	}
	i := len(trimmed)
	for i > 0 && (search.NameByte(trimmed[i-1]) || strings.IndexByte(".:!?", trimmed[i-1]) >= 0) {
		i--
	}
	for word := range strings.FieldsFuncSeq(trimmed[i:], func(r rune) bool { return strings.ContainsRune(".:!?_", r) }) {
		switch word {
		case "env", "getenv", "environ", "lookupenv", "environment", "getenvironmentvariable", "fetchenv", "mustgetenv", "requireenv", "dotenv", "fromenvironment", "envs":
			return true
		}
	}
	return false
}

// ExpandsEnv reports whether a configuration file, by its base name, takes a value from the environment: ${env:X}, %env(X)%, and ${X} in Spring.
func ExpandsEnv(base string, before []byte) bool {
	if bytes.HasSuffix(before, []byte("${env:")) || bytes.HasSuffix(before, []byte("%env(")) || bytes.HasSuffix(before, []byte("${env.")) {
		return true
	}
	return bytes.HasSuffix(before, []byte("${")) && (strings.HasPrefix(base, "application") || strings.HasPrefix(base, "bootstrap"))
}

// Destructured reports whether a name is destructured from the environment: const { X, Y } = process.env.
func Destructured(data []byte, end int) bool {
	const reach = 300
	rest := data[end:min(len(data), end+reach)]
	i := bytes.IndexByte(rest, '}')
	if i < 0 || bytes.ContainsAny(rest[:i], ";(") {
		return false
	}
	after := strings.TrimLeft(string(rest[i+1:]), " ")
	value := strings.TrimLeft(strings.TrimPrefix(after, "="), " ")
	return value != after && (strings.HasPrefix(value, "process.env") || strings.HasPrefix(value, "import.meta.env") || strings.HasPrefix(value, "Deno.env"))
}
