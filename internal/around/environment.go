package around

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"

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

// Requests reports whether code asks for a credential by a name that is no argument of a reader: by a key of a request to a store of secrets or
// in a path there, through a constant that the code passes to a reader, or as a key in a schema of the environment.
func Requests(data []byte, at, end int) bool {
	return schema.Match(data[end:min(len(data), end+60)]) || fromStore(data, at, end) || throughConstant(data, at)
}

// schema matches what follows a key in a schema of the environment: NAME: z.string(), NAME: Joi.string(), NAME: str().
var schema = regexp.MustCompile(`^["']?\??\s*:\s*(?:(?:z|zod|[Jj]oi|[Yy]up|v|s|S|t|Type|vine|[Ee]nv\.schema)\.\w+\(|(?:str|url|email|host|port|json|makeValidator)\()`)

// fromStore reports whether a name is the name of a secret in a request to a store of secrets, or the last part of its path:
// getSecret({name: "X"}), getParameter({Name: "/prod/X"}), SecretId: "prod/X".
func fromStore(data []byte, at, end int) bool {
	const above = 200
	open := inQuotes(data, at, end)
	if open < 0 {
		return false
	}
	before := strings.TrimRight(string(data[max(0, open-above):open]), " \t\r\n")
	key, joint, rest := lastName(before)
	if joint == ":" || joint == "=" {
		switch strings.ToLower(strings.ReplaceAll(key, "_", "")) {
		case "secretid", "secretname", "parametername":
			return true
		case "name", "key", "path", "names":
			open := strings.LastIndexByte(rest, '(')
			if open < 0 || strings.ContainsAny(rest[open:], ");") {
				return false
			}
			key = rest[strings.LastIndexFunc(rest[:open], func(r rune) bool { return r != '.' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })+1 : open]
		default:
			return false
		}
	} else if !strings.HasSuffix(joint, "(") {
		return false
	}
	return slices.ContainsFunc(Words(strings.ReplaceAll(key, ".", "_")), func(word string) bool {
		return slices.Contains([]string{"secret", "secrets", "parameter", "parameters", "vault", "credential", "credentials"}, word)
	})
}

// inQuotes returns the offset of the quote in front of a name that is a whole string, or a part of a path without blanks; -1 if it is neither.
func inQuotes(data []byte, at, end int) int {
	const longest = 100
	part := func(c byte) bool { return search.NameByte(c) || strings.IndexByte("/.${}:", c) >= 0 }
	for at > 0 && part(data[at-1]) && end-at < longest {
		at--
	}
	for end < len(data) && part(data[end]) && end-at < longest {
		end++
	}
	if at == 0 || end == len(data) || !isQuote(data[at-1]) || data[end] != data[at-1] || bytes.Contains(data[at:end], []byte("://")) {
		return -1
	}
	return at - 1
}

// constant matches the name to which a string is assigned: const key = "…", KEY: &str = "…".
var constant = regexp.MustCompile(`([A-Za-z_]\w*)(?:\s*:\s*[\w&' ?]+|\s+string)?\s*:?=\s*["'` + "`" + `]$`)

// throughConstant reports whether a name in quotes is the value of a constant that code in the same file passes to a reader: os.getenv(KEY)
// after KEY = "X".
func throughConstant(data []byte, at int) bool {
	const reach, most = 20_000, 20
	from, _ := search.Line(data, at)
	m := constant.FindSubmatch(data[from:at])
	if m == nil {
		return false
	}
	low := max(0, at-reach)
	window := data[low:min(len(data), at+reach)]
	for range most {
		i := bytes.Index(window, m[1])
		if i < 0 {
			return false
		}
		use := low + i
		window, low = window[i+len(m[1]):], use+len(m[1])
		if use > 0 && search.WordByte(data[use-1]) || low < len(data) && search.WordByte(data[low]) {
			continue
		}
		line, _ := search.Line(data, use)
		if ReadsEnv(data[line:use]) {
			return true
		}
	}
	return false
}
