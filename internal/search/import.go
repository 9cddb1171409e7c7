package search

import (
	"bytes"
	"iter"
	"path"
	"strings"
)

// emitter looks up the name between two offsets, followed by further bytes.
type emitter func(at, end int, further ...byte) bool

// longestName is the limit for names of packages and modules. It is longer than any registry allows.
const longestName = 300

// findImports visits the imports of vendors' packages in a file. In a language without imports for packages, it visits constants
// that are named like a package.
func (c *Catalogue) findImports(name string, data []byte, visit func(Hit)) {
	emit := func(kind, separator string) emitter {
		return func(at, end int, further ...byte) bool {
			if at >= end || end-at+len(further) > longestName {
				return false
			}
			found, ok := c.importOf(kind, string(data[at:end])+string(further), separator)
			if ok {
				visit(found.hit(kind, at, end))
			}
			return ok
		}
	}
	plugin := func(kind, separator string) emitter { // the name may stand there for another reason
		return func(at, end int, _ ...byte) bool {
			found, ok := c.importOf(kind, string(data[at:end]), separator)
			if ok {
				h := found.hit(kind, at, end)
				h.Constant = true
				visit(h)
			}
			return ok
		}
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".vue", ".svelte", ".astro", ".coffee":
		jsImports(data, emit("js", "/"))
		if strings.Contains(path.Base(name), "config") {
			quotedPackages(data, "-/", plugin("js", "/"))
		}
	case ".json":
		if base := path.Base(name); base == "app.json" || base == "angular.json" || base == "nest-cli.json" || base == "project.json" {
			quotedPackages(data, "-/", plugin("js", "/"))
		}
	case ".py", ".pyi", ".ipynb":
		pythonImports(data, strings.HasSuffix(name, ".ipynb"), emit("python", "."))
		if bytes.Contains(data, []byte("INSTALLED_APPS")) || bytes.Contains(data, []byte("_BACKEND")) { // Django's settings
			quotedPackages(data, ".", plugin("python", "."))
		}
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
		rustPaths(data, emit("rust", "::"))
	case ".ex", ".exs":
		for _, word := range []string{"alias", "import", "use", "require"} {
			eachKeyword(data, word, func(at int) { dotted(data, at+len(word), emit("elixir", ".")) })
		}
	}
}

// hit returns an import of the claimed name.
func (c claim) hit(language string, at, end int) Hit {
	return Hit{Kind: Import, Vendor: int(c.vendor), At: at, End: end, Ecosystem: ecosystemOf(language), Derived: c.derived, Short: c.short, Packaged: c.packaged, MultiBackend: c.multiBackend, Local: c.local, SelfHosted: c.selfHosted}
}

// eachKeyword visits the offsets of a word that is not part of a longer word, a path or a member.
func eachKeyword(data []byte, word string, visit func(at int)) {
	anchor := rarest(word)
	for pos := anchor; pos < len(data); {
		i := bytes.IndexByte(data[pos:], word[anchor])
		if i < 0 {
			return
		}
		at := pos + i - anchor
		pos += i + 1
		end := at + len(word)
		if end >= len(data) || string(data[at:end]) != word || WordByte(data[end]) || at > 0 && (WordByte(data[at-1]) || data[at-1] == '.' || data[at-1] == '/') {
			continue
		}
		visit(at)
	}
}

// rarest returns the index of the letter of a word that is rarest in code. Searching for a rare byte is faster than searching for
// a word.
func rarest(word string) int {
	for _, c := range []byte("qzjxkwvybgphmdufclasi") {
		if i := strings.IndexByte(word, c); i >= 0 {
			return i
		}
	}
	return 0
}

// quotedAfter returns the string after a keyword.
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

// servedPackage returns the name of a package in an import of Deno or of a browser, which names a registry, a version or a URL:
// npm:acme@1, https://esm.sh/acme@1?dts.
func servedPackage(data []byte, from, to int) (start, end int) {
	for _, server := range []string{"npm:", "jsr:", "https://esm.sh/", "https://esm.run/", "https://cdn.skypack.dev/", "https://unpkg.com/", "https://cdn.jsdelivr.net/npm/"} {
		if !bytes.HasPrefix(data[from:to], []byte(server)) {
			continue
		}
		from += len(server)
		if i := bytes.IndexByte(data[from:to], '/'); i > 0 && data[from] == 'v' && bytes.IndexFunc(data[from+1:from+i], func(r rune) bool { return r < '0' || r > '9' }) < 0 { // esm.sh/v135/
			from += i + 1
		}
		if i := bytes.IndexAny(data[from+min(1, to-from):to], "@?#"); i >= 0 {
			to = from + 1 + i
		}
		break
	}
	return from, to
}

func jsImports(data []byte, emit emitter) {
	named := func(from, to int) { emit(servedPackage(data, from, to)) }
	for _, word := range []string{"require", "import", "export"} {
		eachKeyword(data, word, func(at int) {
			if from, to, ok := quotedAfter(data, at, " (\t"); ok {
				named(from, to)
				return
			}
			if word == "require" {
				return
			}
			const longest, tries = 2000, 4 // length of a list of names, and names in it that start with "from"
			list := data[at:min(len(data), at+longest)]
			if end := bytes.IndexByte(list, ';'); end >= 0 {
				list = list[:end]
			}
			for offset := range firstFew(eachIndex(list, "from"), tries) {
				if from, to, ok := quotedAfter(data, at+offset, " (\t"); ok {
					named(from, to)
					return
				}
			}
		})
	}
}

// quotedPackages finds the packages that a file of settings names as plugins, each a whole string. A word without a joint may mean
// anything, except on a line of its own in a file where joints are dots.
func quotedPackages(data []byte, joints string, emit emitter) {
	for at := 0; at < len(data); at++ {
		quote := data[at]
		if quote != '"' && quote != '\'' {
			continue
		}
		rest := data[at+1 : min(len(data), at+1+longestName)]
		end := bytes.IndexByte(rest, quote)
		if end <= 0 {
			continue
		}
		alone := func() bool {
			from, to := Line(data, at)
			return len(bytes.Trim(data[from:to], " \t\r,\"'")) == end
		}
		if bytes.ContainsAny(rest[:end], joints) || joints == "." && alone() {
			emit(at+1, at+1+end)
		}
		at += end + 1
	}
}

func firstFew(all iter.Seq[int], most int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := range all {
			if most--; most < 0 || !yield(at) {
				return
			}
		}
	}
}

// identifier returns the dotted (or otherwise joined) name after spaces.
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

// dotted reads import a.b.C and import static a.b.C, without a wildcard at the end.
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

func pythonImports(data []byte, cells bool, emit emitter) {
	eachKeyword(data, "import", func(at int) {
		before := data[max(0, at-longestName):at]
		line := len(before) - len(bytes.TrimLeft(before[bytes.LastIndexByte(before, '\n')+1:], " \t\""))
		next := at + len("import")
		if rest, ok := bytes.CutPrefix(before[line:], []byte("from ")); ok {
			module := at - len(rest)
			from, to := identifier(data, module, ".")
			pythonNames(data, next, func(name []byte, _, _ int) bool {
				return !emit(from, to, append([]byte("."), name...)...) // the module may be a, or a.b
			})
			return
		}
		if rest := bytes.TrimRight(before[line:], " \t"); len(rest) > 0 && bytes.IndexByte([]byte(";:>"), rest[len(rest)-1]) < 0 && (!cells || rest[len(rest)-1] != '"') {
			return // a word in a sentence
		}
		pythonNames(data, next, func(_ []byte, from, to int) bool { emit(from, to); return true })
	})
}

// pythonNames visits the names of an import statement until visit returns false. A list in brackets has several lines.
func pythonNames(data []byte, at int, visit func(name []byte, from, to int) bool) {
	blanks := " \t\\"
	for ; ; at++ {
		for at < len(data) && (strings.IndexByte(blanks, data[at]) >= 0 || data[at] == '(' || data[at] == '\n' && at > 0 && data[at-1] == '\\') {
			if data[at] == '(' {
				blanks = " \t\r\n\\"
			}
			at++
		}
		from, to := identifier(data, at, ".")
		if !visit(data[from:to], from, to) {
			return
		}
		at = trimmedEnd(data, to)
		if bytes.HasPrefix(data[at:], []byte("as ")) {
			_, to = identifier(data, at+len("as "), "")
			at = trimmedEnd(data, to)
		}
		if at >= len(data) || data[at] != ',' {
			return
		}
	}
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
	for at < len(data) { // imports end at the first declaration
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

// phpNames reads use A\B, and all other names with a namespace, such as in new \A\B.
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

// rustPaths visits the first path of each crate, as in acme::Client::new(), outside of uses.
func rustPaths(data []byte, emit emitter) {
	seen := map[string]bool{}
	for i := range eachIndex(data, "::") {
		at := i
		for at > 0 && byteClass[data[at-1]]&hostByte != 0 && data[at-1] != '-' && data[at-1] != '.' {
			at--
		}
		crate := data[at:i]
		if len(crate) == 0 || byteClass[crate[0]]&upper != 0 || at > 0 && data[at-1] == ':' || len(crate) > longestName || seen[string(crate)] {
			continue
		}
		seen[string(crate)] = true
		if from, _ := Line(data, at); !bytes.HasPrefix(bytes.TrimPrefix(bytes.TrimSpace(data[from:at]), []byte("pub ")), []byte("use")) {
			emit(at, i)
		}
	}
}

// rubyConstants visits constants that are named like a gem: Acme::Charge.
func (c *Catalogue) rubyConstants(data []byte, visit func(Hit)) {
	imports := c.imports("ruby")
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
		if found, ok := imports[strings.ToLower(string(data[at:end]))]; ok && found.vendor >= 0 {
			h := found.hit("ruby", at, end)
			h.Constant = true
			visit(h)
		}
	}
}
