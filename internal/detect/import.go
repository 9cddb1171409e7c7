package detect

import (
	"bytes"
	"path"
	"strings"
)

// emitter looks a name up, which stands at a place, with what else belongs to it.
type emitter func(at, end int, further ...byte) bool

// longestName of a package or module is more than any registry takes.
const longestName = 300

// findImports visits what a file imports of vendors' packages: where the statement stands and the name it gives. A
// weak import is the use of a constant that is named like a package, in a language that needs no import.
func (c *Catalogue) findImports(name string, data []byte, visit func(at, end, vendor int, weak bool)) {
	emit := func(language, separator string) emitter {
		return func(at, end int, further ...byte) bool {
			if at >= end || end-at+len(further) > longestName {
				return false
			}
			vendor, ok := c.importOf(language, string(data[at:end])+string(further), separator)
			if ok {
				visit(at, end, vendor, false)
			}
			return ok
		}
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".vue", ".svelte", ".astro", ".coffee":
		jsImports(data, emit("js", "/"))
	case ".py", ".pyi", ".ipynb":
		pythonImports(data, emit("python", "."))
	case ".rb", ".rake", ".ru":
		eachKeyword(data, "require", func(at int) {
			if from, to, ok := quotedAfter(data, at, " (\t"); ok {
				emit("ruby", "/")(from, to)
			}
		})
		c.rubyConstants(data, visit)
	case ".go":
		goImports(data, emit("go", "/"))
	case ".java", ".kt", ".kts", ".scala", ".groovy":
		eachKeyword(data, "import", func(at int) { dotted(data, at+len("import"), emit("java", ".")) })
	case ".cs":
		eachKeyword(data, "using", func(at int) { dotted(data, at+len("using"), emit("csharp", ".")) })
	case ".swift":
		eachKeyword(data, "import", func(at int) { dotted(data, at+len("import"), emit("swift", ".")) })
	case ".dart":
		eachKeyword(data, "import", func(at int) {
			if from, to, ok := quotedAfter(data, at, " "); ok && bytes.HasPrefix(data[from:to], []byte("package:")) {
				emit("dart", "/")(from+len("package:"), to)
			}
		})
	case ".php":
		phpNames(data, emit("php", `\`))
	case ".rs":
		for _, word := range []string{"use", "extern crate"} {
			eachKeyword(data, word, func(at int) { from, to := identifier(data, at+len(word), ":"); emit("rust", "::")(from, to) })
		}
	case ".ex", ".exs":
		for _, word := range []string{"alias", "import", "use", "require"} {
			eachKeyword(data, word, func(at int) { dotted(data, at+len(word), emit("elixir", ".")) })
		}
	}
}

// eachKeyword visits the places of a word that stands alone and is no part of a path or of a member's name.
func eachKeyword(data []byte, word string, visit func(at int)) {
	key := []byte(word)
	for pos := 0; ; {
		i := bytes.Index(data[pos:], key)
		if i < 0 {
			return
		}
		at := pos + i
		pos = at + len(key)
		if pos >= len(data) || wordByte(data[pos]) || at > 0 && (wordByte(data[at-1]) || data[at-1] == '.' || data[at-1] == '/') {
			continue
		}
		visit(at)
	}
}

// quotedAfter is the string behind a keyword.
func quotedAfter(data []byte, at int, between string) (from, to int, ok bool) {
	for at < len(data) && byteClass[data[at]]&letter != 0 {
		at++
	}
	for at < len(data) && strings.IndexByte(between, data[at]) >= 0 {
		at++
	}
	if at >= len(data) || data[at] != '"' && data[at] != '\'' && data[at] != '`' {
		return 0, 0, false
	}
	rest := data[at+1 : min(len(data), at+1+longestName)]
	end := bytes.IndexByte(rest, data[at])
	if end <= 0 || bytes.IndexByte(rest[:end], '\n') >= 0 {
		return 0, 0, false
	}
	return at + 1, at + 1 + end, true
}

func jsImports(data []byte, emit emitter) {
	for _, word := range []string{"from", "require", "import"} {
		eachKeyword(data, word, func(at int) {
			from, to, ok := quotedAfter(data, at, " (\t")
			if !ok {
				return
			}
			if bytes.HasPrefix(data[from:to], []byte("npm:")) { // Deno
				from += len("npm:")
				if i := bytes.LastIndexByte(data[from:to], '@'); i > 0 {
					to = from + i
				}
			}
			emit(from, to)
		})
	}
}

// identifier is the dotted (or otherwise joined) name behind blanks.
func identifier(data []byte, at int, joints string) (from, to int) {
	for at < len(data) && (data[at] == ' ' || data[at] == '\t' || data[at] == ':' || data[at] == '\\') {
		at++
	}
	to = at
	for to < len(data) && (byteClass[data[to]]&hostByte != 0 && data[to] != '-' || strings.IndexByte(joints, data[to]) >= 0) {
		to++
	}
	return at, to
}

// dotted reads import a.b.C and import static a.b.C; the wildcard behind the last dot is left out.
func dotted(data []byte, at int, emit emitter) {
	from, to := identifier(data, at, ".")
	if word := string(data[from:to]); word == "static" || word == "var" || word == "struct" || word == "class" || word == "func" {
		from, to = identifier(data, to, ".")
	}
	if end := trimmedEnd(data, to); end < len(data) && data[end] == '=' { // using Name = A.B
		from, to = identifier(data, end+1, ".")
	}
	for to > from && data[to-1] == '.' {
		to--
	}
	emit(from, to)
}

func trimmedEnd(data []byte, at int) int {
	for at < len(data) && data[at] == ' ' {
		at++
	}
	return at
}

func pythonImports(data []byte, emit emitter) {
	eachKeyword(data, "from", func(at int) {
		from, to := identifier(data, at+len("from"), ".")
		next := trimmedEnd(data, to)
		if !bytes.HasPrefix(data[next:], []byte("import")) {
			return
		}
		for next += len("import"); ; next++ { // from a import b: b may be a module, and its vendor another than a's
			for next < len(data) && bytes.IndexByte([]byte(" (\t\r\n\\"), data[next]) >= 0 {
				next++
			}
			first, last := identifier(data, next, "")
			if emit(from, to, append([]byte("."), data[first:last]...)...) {
				return
			}
			if next = trimmedEnd(data, last); next >= len(data) || data[next] != ',' {
				return
			}
		}
	})
	eachKeyword(data, "import", func(at int) {
		before := data[max(0, at-longestName):at]
		before = before[bytes.LastIndexByte(before, '\n')+1:]
		if bytes.HasPrefix(bytes.TrimLeft(before, " \t\""), []byte("from")) {
			return
		}
		for next := at + len("import"); ; {
			from, to := identifier(data, next, ".")
			emit(from, to)
			if word := trimmedEnd(data, to); bytes.HasPrefix(data[word:], []byte("as ")) {
				_, to = identifier(data, word+3, "")
			}
			if next = trimmedEnd(data, to); next >= len(data) || data[next] != ',' || next+1 >= len(data) {
				return
			}
			next++
		}
	})
}

func goImports(data []byte, emit emitter) {
	at := 0
	if !bytes.HasPrefix(data, []byte("import")) {
		i := bytes.Index(data, []byte("\nimport"))
		if i < 0 {
			return
		}
		at = i + 1
	}
	for at < len(data) { // imports end where declarations begin
		end := bytes.IndexByte(data[at:], '\n')
		if end < 0 {
			end = len(data) - at
		}
		line := data[at : at+end]
		for _, word := range []string{"func ", "type ", "var ", "const "} {
			if bytes.HasPrefix(line, []byte(word)) {
				return
			}
		}
		if open := bytes.IndexAny(line, "\"`"); open >= 0 {
			if length := bytes.IndexByte(line[open+1:], line[open]); length > 0 {
				emit(at+open+1, at+open+1+length)
			}
		}
		at += end + 1
	}
}

// phpNames reads use A\B, and names with a namespace wherever they stand: new \A\B.
func phpNames(data []byte, emit emitter) {
	for pos := 0; ; {
		i := bytes.IndexByte(data[pos:], '\\')
		if i < 0 {
			return
		}
		at := pos + i
		from, to := at, at+1
		for from > pos && byteClass[data[from-1]]&hostByte != 0 && data[from-1] != '-' {
			from--
		}
		for to < len(data) && (byteClass[data[to]]&hostByte != 0 && data[to] != '-' || data[to] == '\\' && data[to-1] != '\\') {
			to++
		}
		pos = max(to, at+1)
		if from == at {
			from++
		}
		if from < to && byteClass[data[from]]&upper != 0 {
			emit(from, to)
		}
	}
}

// rubyConstants visits constants that are named like a gem: Acme::Charge.
func (c *Catalogue) rubyConstants(data []byte, visit func(at, end, vendor int, weak bool)) {
	for pos := 0; ; {
		i := bytes.Index(data[pos:], []byte("::"))
		if i < 0 {
			return
		}
		end := pos + i
		at := end
		for at > pos && byteClass[data[at-1]]&hostByte != 0 && data[at-1] != '-' {
			at--
		}
		pos = end + 2
		if at == end || byteClass[data[at]]&upper == 0 || at > 0 && data[at-1] == ':' {
			continue
		}
		if vendor, ok := c.imports[importKey("ruby", string(data[at:end]))]; ok {
			visit(at, end, vendor, true)
		}
	}
}
