package around

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/search"
)

// Sample reports whether a URL contains placeholders: a user or password such as "user" or "secret", or a path such as /your-id or /1234567890.
func Sample(data []byte, at int, path string) bool {
	const longest = 40 // of a label
	if strings.Contains(path, "/your-") || strings.Contains(path, "/your_") || strings.HasSuffix(path, "/...") || strings.Contains(path, "/123456789") {
		return true
	}
	if label, ok := bytes.CutSuffix(data[max(0, at-longest):at], []byte(">.")); ok && bytes.LastIndexByte(label, '<') > bytes.LastIndexByte(label, '>') {
		return true // <account>.acme.example
	}
	if at == 0 || data[at-1] != '@' {
		return false
	}
	user := data[search.URLStart(data, at-1) : at-1]
	if i := bytes.LastIndex(user, []byte("://")); i >= 0 {
		user = user[i+3:]
	}
	name, password, _ := strings.Cut(strings.ToLower(string(user)), ":")
	switch name {
	case "user", "username", "me", "someone":
		return true
	}
	switch password {
	case "secret", "password", "pass", "pwd", "passwd", "token":
		return true
	}
	return false
}

// Exemplary reports whether a value is in a variable or below a key that is called an example or a sample.
func Exemplary(data []byte, start int) bool {
	const reach = 400
	if before := data[max(0, start-reach):start]; !bytes.Contains(before, []byte("ample")) && !bytes.Contains(before, []byte("AMPLE")) {
		return false // the usual case, quickly
	}
	return slices.ContainsFunc(Enclosing(data, start), func(e Enclosure) bool {
		name := e.Key
		if e.Assigned {
			name = e.Chain[len(e.Chain)-1]
		}
		return slices.ContainsFunc(Words(name), func(word string) bool {
			return word == "sample" || word == "samples" || word == "example" || word == "examples"
		})
	})
}

// TagOf returns the tag and attribute of a page or component that contain a value, in lower case.
func TagOf(data []byte, start int) (tag, attribute string) {
	const reach = 400
	window := data[max(0, start-reach):start]
	open := bytes.LastIndexByte(window, '<')
	if open < 0 || bytes.IndexByte(window[open:], '>') >= 0 && !bytes.Contains(window[open:], []byte("=>")) {
		return "", ""
	}
	inside := window[open+1:]
	end := 0
	for end < len(inside) && search.NameByte(inside[end]) {
		end++
	}
	rest := bytes.TrimRight(inside[end:], "\"'`{ =")
	i := bytes.LastIndexAny(rest, " \t\n\"'")
	return strings.ToLower(string(inside[:end])), strings.ToLower(string(rest[i+1:]))
}

// IsOurs reports whether a file is a record, manifest, waiver or policy, which names vendors without using them.
func IsOurs(head []byte) bool {
	version, kind := false, false
	for line := range bytes.Lines(head) {
		version = version || bytes.HasPrefix(line, []byte("apiVersion: vendorgate/"))
		if value, ok := bytes.CutPrefix(line, []byte("kind: ")); ok {
			switch string(bytes.TrimSpace(value)) {
			case "Vendor", "VendorManifest", "Waiver", "Policy", "PolicyTest":
				kind = true
			}
		}
	}
	return version && kind
}

// UnfilledMailServer reports whether the host at an offset is that of a mail server whose user or password is empty in the lines around it:
// a default that whoever runs the program replaces.
func UnfilledMailServer(data []byte, at int) bool {
	const reach = 4    // lines
	const longest = 20 // labels that say what the server is for
	if labels := data[at:min(len(data), at+longest)]; !bytes.HasPrefix(labels, []byte("smtp")) && !bytes.Contains(labels, []byte("-smtp.")) && !bytes.Contains(labels, []byte(".smtp.")) && !bytes.HasPrefix(labels, []byte("imap")) {
		return false
	}
	low, high := search.Line(data, at)
	for range reach {
		low, _ = search.Line(data, max(0, low-1))
		_, high = search.Line(data, min(len(data), high+1))
	}
	for line := range bytes.Lines(data[low:high]) {
		lower := bytes.ToLower(line)
		if (bytes.Contains(lower, []byte("user")) || bytes.Contains(lower, []byte("password"))) && (bytes.Contains(lower, []byte(`""`)) || bytes.Contains(lower, []byte(`''`)) || bytes.Contains(lower, []byte(`"pwd"`)) || bytes.Contains(lower, []byte(`: "password"`))) {
			return true
		}
	}
	return false
}

// LineOfText reports whether the string in which a host ends is a line of a longer text, as in "smtp.host=mail.example\n" +.
func LineOfText(data []byte, end int) bool {
	_, to := search.Line(data, end)
	rest := data[end:to]
	i := bytes.IndexAny(rest, "\"'")
	return i >= 0 && bytes.HasSuffix(rest[:i], []byte(`\n`)) && !bytes.HasSuffix(rest[:i], []byte(`\r\n`))
}

// OfTools reports whether a file has settings of an editor, an assistant or another tool that developers run, and not of the program.
func OfTools(lower, base string) bool {
	if !strings.HasPrefix(lower, ".") && !strings.Contains(lower, "/.") {
		return base == "mcp.json" // the usual case, quickly
	}
	for dir := range strings.SplitSeq(path.Dir(lower), "/") {
		switch dir {
		case ".vscode", ".vs", ".idea", ".fleet", ".zed", ".cursor", ".devcontainer", ".claude", ".gemini", ".codex", ".kiro", ".roo", ".windsurf":
			return true
		}
	}
	return base == ".mcp.json" || base == "mcp.json"
}

// Inventory reports whether a file lists what software consists of, or describes the form of data, by its name.
func Inventory(base string) bool {
	switch base {
	case "bom.json", "bom.xml", "sbom.json":
		return true
	}
	return slices.ContainsFunc([]string{".bom.json", ".bom.xml", ".sbom.json", ".cdx.json", ".cdx.xml", ".spdx.json", ".spdx", ".schema.json", ".sarif"}, func(ending string) bool {
		return strings.HasSuffix(base, ending)
	})
}

// Seeds reports whether a file fills a database with sample data, by its name: seeds.rb, seed.ts, DatabaseSeeder.php.
func Seeds(base string) bool {
	stem := strings.TrimSuffix(base, path.Ext(base))
	return stem == "seed" || stem == "seeds" || strings.HasPrefix(stem, "seeds_") || strings.HasSuffix(stem, ".seeds") || strings.HasSuffix(stem, ".seed") || strings.HasSuffix(stem, "seeder")
}

// Collection reports whether a file is a request, or a collection of them, that people send from a client for APIs to try one out.
func Collection(base string) bool {
	switch path.Ext(base) {
	case ".bru", ".http", ".rest":
		return true
	}
	return strings.HasSuffix(base, ".postman_collection.json") || strings.HasSuffix(base, ".postman_environment.json") || strings.HasPrefix(base, "insomnia") && !lexer.Of(base).Code()
}

// OnlyAtRoot reports whether a file is one that a service reads at the root of a repository, and is elsewhere, as in a copy of another repository.
func OnlyAtRoot(name string) bool {
	dir, base := path.Split(name)
	switch base {
	case ".travis.yml", "appveyor.yml", ".appveyor.yml", "bitbucket-pipelines.yml", ".cirrus.yml", ".drone.yml", ".coveralls.yml", ".codeclimate.yml", "codemagic.yaml", ".mergify.yml":
		return dir != ""
	case "config.yml":
		return strings.HasSuffix(dir, "/.circleci/")
	}
	return false
}

// SetAside reports whether somebody put a file aside, so that nothing reads it under its name: ci.yml.disabled, deploy.yml-archive. That is
// only likely of code, which a program may load under any name, and by a note in the stem of a name, as in index_NOT_USED.html.
func SetAside(base string) (aside, weak bool) {
	ext := path.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	switch ext {
	case ".bak", ".backup", ".old", ".orig", ".disabled", ".archive", ".archived", ".deprecated", ".unused", ".off", ".inactive":
		return true, lexer.Of(stem).Code()
	}
	for _, word := range []string{"archive", "archived", "disabled", "unused", "backup", "old", "bak"} {
		if kind, ok := strings.CutSuffix(ext, word); ok && len(kind) > 2 && strings.IndexByte("-_~", kind[len(kind)-1]) >= 0 {
			return true, lexer.Of("x" + kind[:len(kind)-1]).Code()
		}
	}
	return slices.ContainsFunc([]string{"not_used", "not-used", "notused", "unused", "deprecated", "disabled"}, func(note string) bool {
		bare, ok := strings.CutSuffix(stem, note)
		return ok && bare != "" && strings.IndexByte("-_.", bare[len(bare)-1]) >= 0
	}), true
}
