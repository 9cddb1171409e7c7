package search

import (
	"bytes"
	"iter"
	"math/bits"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/vendorgate/vendorgate/internal/choice"
	"github.com/vendorgate/vendorgate/internal/lexer"
)

// findEnv visits the upper-case names, with at least two words, that match a vendor. It searches from underscore to underscore.
func (c *Catalogue) findEnv(data []byte, visit func(at, end, vendor int) bool) {
	for pos := 0; ; {
		i := bytes.IndexByte(data[pos:], '_')
		if i < 0 {
			return
		}
		mark := pos + i
		start, end := mark, mark+1
		for end < len(data) && (byteClass[data[end]]&(upper|digit) != 0 || data[end] == '_') {
			end++
		}
		if mark == 0 || byteClass[data[mark-1]]&(upper|digit) == 0 {
			pos = end
			continue
		}
		for start > pos && (byteClass[data[start-1]]&(upper|digit) != 0) {
			start--
		}
		pos = end
		if start > 0 && WordByte(data[start-1]) || end < len(data) && WordByte(data[end]) || end-start > 100 {
			continue
		}
		name := data[start:end]
		for len(name) > 0 && name[len(name)-1] == '_' {
			name = name[:len(name)-1]
		}
		if vendor, ok := c.env.vendor(string(name)); ok && !visit(start, start+len(name), vendor) {
			return
		}
	}
}

// settings reports whether a file holds settings or infrastructure, where names of credentials are in lower case, too.
func settings(name string) bool {
	switch path.Ext(lexer.Bare(name)) {
	case ".tf", ".tofu", ".tfvars", ".hcl", ".yml", ".yaml", ".properties", ".toml", ".ini", ".cfg", ".conf":
		return true
	}
	return false
}

// namesSettings reports whether code names settings in lower case, in classes or annotations.
func namesSettings(name string, data []byte) bool {
	ext, has := path.Ext(name), func(mark string) bool { return bytes.Contains(data, []byte(mark)) }
	return ext == ".py" && has("BaseSettings") || (ext == ".java" || ext == ".kt") && has("@Value(") || ext == ".go" && has(`mapstructure:"`)
}

// findLower visits the names of secrets in lower case that match a vendor, such as mailer_api_key and prod/mailer/api-key. They
// stand alone: as a key, or as a whole value. It searches for rare letters of the last words.
func (c *Catalogue) findLower(data []byte, visit func(at, end, vendor int) bool) {
	var seen []int // a name may have several of the words
	for _, part := range []struct {
		anchor string
		words  []string
	}{{"k", []string{"key", "token", "webhook"}}, {"cre", []string{"secret", "credentials"}}, {"passw", []string{"password"}}, {"dsn", []string{"dsn"}}} {
		last := 0 // end of the previous name
		for i := range eachIndex(data, part.anchor) {
			if i < last || !slices.ContainsFunc(part.words, func(word string) bool {
				from := i - strings.Index(word, part.anchor)
				return from >= 0 && bytes.HasPrefix(data[from:], []byte(word))
			}) {
				continue
			}
			at, end := whole(data, i)
			last = end
			vendor, ok := c.lowerName(data, at, end)
			if !ok || slices.Contains(seen, at) {
				continue
			}
			if seen = append(seen, at); !visit(at, end, vendor) {
				return
			}
		}
	}
}

// whole returns where the name in lower case around an offset starts and ends.
func whole(data []byte, i int) (at, end int) {
	const longest = 100
	part := func(b byte) bool {
		return byteClass[b]&(letter|digit) != 0 || b == '_' || b == '-' || b == '/' || b == '.'
	}
	for at, end = i, i; end < len(data) && part(data[end]) && end-i <= longest; end++ {
	}
	for at > 0 && part(data[at-1]) && end-at <= longest {
		at--
	}
	return at, end
}

// lowerName returns the vendor of a name of a secret in lower case that stands alone.
func (c *Catalogue) lowerName(data []byte, at, end int) (int, bool) {
	const longest = 100
	if end-at > longest || at > 0 && strings.IndexByte(" \t\n\"'{[(,", data[at-1]) < 0 || end < len(data) && strings.IndexByte(" \t\r\n\"':=,}])", data[end]) < 0 {
		return 0, false
	}
	if !bytes.ContainsAny(data[at:end], "_-/.") || bytes.IndexFunc(data[at:end], unicode.IsUpper) >= 0 {
		return 0, false
	}
	text := string(data[at:end])
	if first, _, ok := strings.Cut(text, "/"); ok && strings.Contains(strings.TrimLeft(first, "."), ".") {
		return 0, false // the path of a module
	}
	name := strings.Trim(strings.ToUpper(strings.NewReplacer("-", "_", "/", "_", ".", "_").Replace(text)), "_")
	if strings.IndexByte(name, '_') < 0 || !secretLike(name) {
		return 0, false
	}
	return c.env.vendor(name)
}

// findNested visits the keys of secrets below a key that names the vendor: stripe: {secretKey: …}.
func (c *Catalogue) findNested(data []byte, visit func(at, end, vendor int) bool) {
	const shortest = 4 // letters of the outer key
	for colon := range eachIndex(data, ":") {
		end := colon
		if end > 0 && (data[end-1] == '"' || data[end-1] == '\'') {
			end--
		}
		if !secretEnding(data[max(0, end-len("password")):end]) {
			continue
		}
		at := end
		for at > 0 && (byteClass[data[at-1]]&(letter|digit) != 0 || data[at-1] == '_' || data[at-1] == '-') {
			at--
		}
		inner := upperName(string(data[at:end]))
		if inner == string(data[at:end]) || !secretLike("_"+inner) { // names in upper case are found anyway
			continue
		}
		outer := outerKey(data, at)
		if len(outer) < shortest || strings.ContainsAny(outer, "( ") || choice.Ordinary(strings.ToLower(outer)) {
			continue
		}
		vendor, ok := c.env.vendor(strings.ToUpper(strings.ReplaceAll(outer, "-", "_")) + "_" + inner) // OPENAI of OpenAI
		if !ok {
			vendor, ok = c.env.vendor(upperName(outer) + "_" + inner) // GOOGLE_MAPS of GoogleMaps
		}
		if ok && !visit(at, end, vendor) {
			return
		}
	}
}

// secretEnding reports whether a text ends in a word for a secret.
func secretEnding(text []byte) bool {
	if len(text) == 0 || strings.IndexByte("yntdNTDY", text[len(text)-1]) < 0 {
		return false // the usual case, quickly
	}
	for _, word := range []string{"key", "token", "secret", "password", "dsn"} {
		if n := len(text) - len(word); n >= 0 && strings.EqualFold(string(text[n:]), word) {
			return true
		}
	}
	return false
}

// outerKey returns the key whose value contains the key at an offset: the nearest one above it with less indentation.
func outerKey(data []byte, at int) string {
	const most = 40 // lines
	from, _ := Line(data, at)
	indent := at - from
	if strings.Trim(string(data[from:at]), " \t\"'") != "" {
		return ""
	}
	for range most {
		if from == 0 || indent == 0 {
			return ""
		}
		var to int
		from, to = Line(data, from-1)
		line := string(data[from:to])
		text := strings.TrimLeft(line, " \t\"'")
		if text == "" || len(line)-len(text) >= indent || strings.HasPrefix(text, "#") {
			continue
		}
		key, rest, ok := strings.Cut(text, ":")
		if !ok || strings.Trim(rest, " \t\r{|>") != "" {
			return ""
		}
		return strings.TrimRight(key, "\"'")
	}
	return ""
}

// nested reports whether a file holds settings below keys.
func nested(name string) bool {
	base := strings.ToLower(path.Base(lexer.Bare(name)))
	switch path.Ext(base) {
	case ".js", ".mjs", ".cjs", ".ts", ".py":
		return strings.Contains(base, "config") || strings.Contains(base, "settings")
	}
	return path.Ext(base) == ".yml" || path.Ext(base) == ".yaml" || path.Ext(base) == ".json" && strings.HasPrefix(base, "appsettings")
}

// findAccessors visits the credentials that code reads by keys in its settings: config('services.stripe.secret'),
// credentials.dig(:sendgrid, :api_key), settings.stripe.secretKey, Configuration["Stripe:SecretKey"].
func (c *Catalogue) findAccessors(name string, data []byte, visit func(at, end, vendor int) bool) {
	elixir := path.Ext(name) == ".ex" || path.Ext(name) == ".exs"
	last := 0
	for start, end := range settingsWords(data) {
		if data[start+1] == '_' && !elixir {
			continue
		}
		for end < len(data) && (WordByte(data[end]) && data[end] != '-' || data[end] == '!') {
			end++
		}
		for start > 0 && WordByte(data[start-1]) && data[start-1] != '-' {
			start--
		}
		if start < last || !holdsSettings(string(data[start:end])) {
			continue
		}
		parts, to := keysAfter(data, end)
		last = to
		if vendor, ok := c.accessor(parts); ok && !visit(start, to, vendor) {
			return
		}
	}
}

// settingsParts are parts of names for settings. The first ones are of Elixir's functions.
//
//nolint:gochecknoglobals // an immutable table
var settingsParts = [...]string{"t_env", "h_env", "onfig", "ecret", "ettings", "ptions", "redentials", "viper"}

// settingsTriples says, by the hash of three letters, in which parts they may be: bit 3*i+k for those from the k-th letter of part i.
//
//nolint:gochecknoglobals // an immutable table, built once
var settingsTriples = func() (out [1 << 12]uint32) {
	for i, part := range settingsParts {
		for k := range settingsStride {
			out[tripleHash(part[k], part[k+1], part[k+2])] |= 1 << (settingsStride*i + k)
		}
	}
	return out
}()

// settingsStride is the distance between the places that are looked at. Each part is so long that its first three letters, or those
// after one or two of them, are at such a place, wherever the part starts.
const settingsStride = 3

func tripleHash(a, b, c byte) uint32 {
	return (uint32(a) | uint32(b)<<8 | uint32(c)<<16) * 0x9E3779B1 >> 20
}

// settingsWords yields where parts of names for settings start and end. It looks at every third place only.
func settingsWords(data []byte) iter.Seq2[int, int] {
	return func(yield func(start, end int) bool) {
		for at := 0; at+2 < len(data); at += settingsStride {
			for found := settingsTriples[tripleHash(data[at], data[at+1], data[at+2])]; found != 0; found &= found - 1 {
				bit := bits.TrailingZeros32(found)
				part, start := settingsParts[bit/settingsStride], at-bit%settingsStride
				if start >= 0 && bytes.HasPrefix(data[start:], []byte(part)) && !yield(start, start+len(part)) {
					return
				}
			}
		}
	}
}

// hasAccessors reports whether a file is code that reads settings by keys.
func hasAccessors(name string) bool {
	switch path.Ext(name) {
	case ".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".vue", ".py", ".rb", ".rake", ".erb", ".php", ".cs", ".java", ".kt", ".scala", ".swift", ".ex", ".exs", ".go", ".rs", ".dart":
		return true
	}
	return false
}

// holdsSettings reports whether a name is one for the settings of a program, or for a function that reads them.
func holdsSettings(name string) bool {
	name = strings.ToLower(strings.TrimRight(name, "!"))
	if name == "get_env" || name == "fetch_env" {
		return true
	}
	for _, word := range []string{"config", "configuration", "configs", "credentials", "secrets", "settings", "configservice", "viper", "options"} {
		if strings.HasSuffix(name, word) {
			return word != "options" || len(name) > len(word) // those of a function are its caller's
		}
	}
	return false
}

// keysAfter returns the keys that follow a name: members, symbols and strings in brackets. It also returns where the last one ends.
func keysAfter(data []byte, pos int) (keys []string, end int) {
	const most = 8 // members and arguments
	end = pos
	for range most {
		for pos < len(data) && strings.IndexByte("?!)]\"'` ", data[pos]) >= 0 {
			pos++
		}
		rest := data[pos:min(len(data), pos+2)]
		member := len(rest) > 0 && rest[0] == '.'
		switch {
		case member:
			pos++
		case string(rest) == "->", string(rest) == "::":
			pos, member = pos+2, true
		case len(rest) > 0 && strings.IndexByte("([,", rest[0]) >= 0:
			pos = trimmedEnd(data, pos+1)
		default:
			return keys, end
		}
		if pos >= len(data) || !member && strings.IndexByte(":\"'`", data[pos]) < 0 {
			return keys, end
		}
		if !member {
			pos++
		}
		from := pos
		for pos < len(data) && (NameByte(data[pos]) || !member && strings.IndexByte(".:/", data[pos]) >= 0) {
			pos++
		}
		if from == pos {
			return keys, end
		}
		if !member || !reader(string(data[from:pos])) {
			keys, end = append(keys, string(data[from:pos])), pos
		}
		if pos < len(data) && data[pos] == '<' { // GetValue<string>("Stripe:SecretKey")
			if shut := bytes.IndexByte(data[pos:min(len(data), pos+longestName)], '>'); shut > 0 {
				pos += shut + 1
			}
		}
	}
	return keys, end
}

// reader reports whether a function reads a setting, so that its name is none.
func reader(name string) bool {
	switch strings.ToLower(name) {
	case "get", "fetch", "dig", "getstring", "get_string", "getorthrow", "getrequired", "require", "requiresecret", "getsection", "getvalue", "bindenv", "getrequiredsection", "value", "getproperty", "read", "public", "production", "data", "string", "to_s", "presence":
		return true
	}
	return false
}

// accessor returns the vendor of a credential that keys lead to.
func (c *Catalogue) accessor(keys []string) (vendor int, ok bool) {
	const shortest = 4 // letters of the name of a vendor
	words := strings.FieldsFunc(strings.Join(keys, "."), func(r rune) bool { return strings.ContainsRune(".:/", r) })
	if len(words) == 0 {
		return 0, false
	}
	if last := "_" + upperName(words[len(words)-1]); !secretLike(last) && !strings.HasSuffix(last, "_CLIENT_ID") {
		return 0, false
	}
	for i, word := range words {
		if len(word) < shortest || i == len(words)-1 && word == strings.ToUpper(word) {
			continue // names in upper case are found anyway
		}
		rest := ""
		for _, inner := range words[i+1:] {
			rest += "_" + upperName(inner)
		}
		for _, outer := range []string{upperName(word), strings.ToUpper(strings.ReplaceAll(word, "-", "_"))} { // GOOGLE_MAPS of googleMaps, OPENAI of openAi
			if first, _, _ := strings.Cut(outer, "_"); len(first) < shortest || choice.Ordinary(strings.ToLower(first)) {
				continue
			}
			if vendor, ok = c.env.vendor(outer + rest); ok {
				return vendor, true
			}
		}
	}
	return 0, false
}
