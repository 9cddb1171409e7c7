package registry

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// opening reports whether a line may open a text, a list or a mapping that goes on in the next line.
func opening(text string) bool {
	for i := range len(text) {
		switch text[i] {
		case '"', '\'', '[', '{', '|', '>', '\t':
			return true
		}
	}
	return false
}

// brackets are lists in brackets and mappings in braces, one in another, that go on in the next line. The zero value is none.
type brackets struct {
	depth int
	fresh bool // a text may begin
}

// read reads a line. If it closes them all, after is what follows.
func (b *brackets) read(text string) (after string, ok bool) {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '[', '{':
			b.depth++
			b.fresh = true
		case ']', '}':
			if b.depth--; b.depth == 0 {
				return text[i+1:], true
			}
			b.fresh = false
		case '"', '\'':
			_, rest, closed := quoted(text[i:])
			if !b.fresh || !closed {
				return "", false
			}
			i, b.fresh = len(text)-len(rest)-1, false
		case ',', ':':
			b.fresh = true
		case '&', '*', '!': // an anchor, an alias or a tag
			if b.fresh {
				return "", false
			}
		case '#', '\t':
			return "", false
		case ' ':
		default:
			b.fresh = false
		}
	}
	return "", true
}

// quoted cuts a text in quotes off. The text is not unescaped.
func quoted(text string) (inside, after string, ok bool) {
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && text[0] == '"':
			i++
		case text[i] == text[0] && text[0] == '\'' && i+1 < len(text) && text[i+1] == '\'':
			i++
		case text[i] == text[0]:
			return text[1:i], text[i+1:], true
		}
	}
	return "", "", false
}

// plainScalar cuts off a text on one line that means what it shows, or that has no escapes but \\ in its quotes.
func plainScalar(value string, inBrackets bool) (text, after string, ok bool) {
	if value == "" {
		return "", "", false
	}
	if value[0] == '"' || value[0] == '\'' {
		text, after, ok = quoted(value)
		for i := range len(text) {
			if c := text[i]; c < ' ' || c > '~' && !latin(text, i) || c == '\'' && value[0] == '\'' {
				return "", "", false
			}
		}
		if value[0] == '"' && strings.IndexByte(text, '\\') >= 0 {
			whole := text
			text = strings.ReplaceAll(text, `\\`, `\`)
			ok = ok && strings.Count(whole, `\`) == 2*strings.Count(text, `\`) && 2*strings.Count(whole, `\\`) == strings.Count(whole, `\`)
		}
		return text, after, ok
	}
	if plainByte[value[0]]&first == 0 && !hiddenFile(value) {
		return "", "", false
	}
	end := 0
	for end < len(value) {
		c := value[end]
		switch {
		case plainByte[c]&inner != 0, c > '~' && latin(value, end):
		case c == ',' && !inBrackets:
		case c == ':' && end+1 < len(value) && plainByte[value[end+1]]&first != 0:
		case c == ' ' && end+1 < len(value) && value[end+1] == '#', inBrackets && (c == ',' || c == ']'):
			return isText(strings.TrimRight(value[:end], " "), value[end:])
		case c == ' ':
		default:
			return "", "", false
		}
		end++
	}
	return isText(strings.TrimRight(value, " "), "")
}

// latin reports whether a byte belongs to a letter that European languages add to ASCII: U+00C0 to U+024F.
func latin(text string, i int) bool {
	lead := func(c byte) bool { return c >= 0xC3 && c <= 0xC9 }
	follows := func(c byte) bool { return c >= 0x80 && c <= 0xBF }
	return lead(text[i]) && i+1 < len(text) && follows(text[i+1]) || follows(text[i]) && i > 0 && lead(text[i-1])
}

// hiddenFile reports whether a text starts like the name of a hidden file, and is no number.
func hiddenFile(text string) bool {
	const words = 4 // letters of the numbers that are words: .inf and .nan
	return len(text) > words && text[0] == '.' && plainByte[text[1]]&first != 0 && (text[1] < '0' || text[1] > '9') && !strings.EqualFold(text[:words], ".inf") && !strings.EqualFold(text[:words], ".nan")
}

func isText(text, after string) (string, string, bool) {
	return text, after, text != "null" && text != "Null" && text != "NULL"
}

// splitKey splits a line that begins with a key. The value has no blanks in front.
func splitKey(text string) (key, value string, ok bool) {
	i := 0
	for i < len(text) && plainByte[text[i]]&keyByte != 0 {
		i++
	}
	if i == 0 || i == len(text) || text[i] != ':' || i+1 < len(text) && text[i+1] != ' ' {
		return "", "", false
	}
	return text[:i], strings.TrimLeft(text[i+1:], " "), true
}

// margined is the number of blanks in front of a line and what follows them.
func margined(line string) (indent int, text string) {
	for indent < len(line) && line[indent] == ' ' {
		indent++
	}
	return indent, line[indent:]
}

// blank reports whether nothing but a comment follows a value.
func blank(after string) bool {
	text := strings.TrimLeft(after, " ")
	return text == "" || text[0] == '#' && len(text) < len(after)
}

// The classes of bytes in a record's plain form.
const (
	keyByte  byte = 1 << iota // of a key
	first                     // a plain text may begin with it
	inner                     // stands in a plain text wherever that is
	label                     // of a host
	lowered                   // of a purl that is written in lower case
	capitals                  // of other purls
	under                     // an underscore
)

//nolint:gochecknoglobals // an immutable table
var plainByte = func() (table [256]byte) {
	for c := range table {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			table[c] = keyByte | first | inner | label | lowered
		case 'A' <= c && c <= 'Z':
			table[c] = keyByte | first | inner | capitals
		case c == '_':
			table[c] = keyByte | first | inner | under
		case c == '-':
			table[c] = inner | label | lowered
		case c == '.':
			table[c] = inner | lowered
		case strings.IndexByte("/@%+()*'\\&!", byte(c)) >= 0:
			table[c] = inner
		}
	}
	return table
}()

func plainText(text string) bool {
	const most = 2000
	return text != "" && len(text) <= most && !scalar.LooksSecret(text)
}

// plainHost accepts a host, or *. and a host, without internationalised labels.
func plainHost(text string) bool {
	const longest, longestLabel = 253, 63
	host := strings.TrimPrefix(text, "*.")
	labels, start := 0, 0
	for i := 0; i <= len(host); i++ {
		if i < len(host) && host[i] != '.' {
			if plainByte[host[i]]&label == 0 {
				return false
			}
			continue
		}
		part := host[start:i]
		if part == "" || len(part) > longestLabel || part[0] == '-' || part[len(part)-1] == '-' || len(part) > 3 && part[2:4] == "--" {
			return false
		}
		if i == len(host) && part[0] <= '9' { // it may be an address
			return false
		}
		labels, start = labels+1, i+1
	}
	return labels > 1 && len(host) <= longest && !scalar.LooksSecret(text)
}

// plainGlob accepts names of environment variables with stars in them.
func plainGlob(text string) bool {
	const most = 200
	for i := range len(text) {
		if c := text[i]; c != '*' && plainByte[c]&keyByte == 0 {
			return false
		}
	}
	return text != "" && len(text) <= most && !scalar.LooksSecret(text)
}

// plainPurl accepts a purl of a common package manager that is written as that one writes it.
func plainPurl(text string) bool {
	rest, ok := strings.CutPrefix(text, "pkg:")
	kind, name, found := strings.Cut(rest, "/")
	if !ok || !found {
		return false
	}
	least, capital, underscore := 1, true, true
	switch kind {
	case "cargo", "cocoapods", "gem", "githubactions", "hex", "maven", "npm", "nuget", "pub", "terraform":
	case "composer", "golang", "github":
		capital = false
	case "pypi":
		capital, underscore = false, false
	case "swift":
		least = 2
	default:
		return false
	}
	allowed := lowered
	if capital {
		allowed |= capitals
	}
	if underscore {
		allowed |= under
	}
	parts, begin := 1, true
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case begin && c == '%' && strings.HasPrefix(name[i:], "%40"):
			i += len("%40") - 1
			begin = false
		case begin && (c == '-' || c == '.'):
			return false
		case plainByte[c]&allowed != 0:
			begin = false
		case c == '/' && !begin:
			parts++
			begin = true
		default:
			return false
		}
	}
	return !begin && parts >= least && !scalar.LooksSecret(text)
}
