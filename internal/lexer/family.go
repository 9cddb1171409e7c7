package lexer

import (
	"path"
	"strings"
)

// Family is a group of languages with the same comment and string syntax.
type Family int8

// The families. Text is for unknown languages: everything is code, except for lines that start like comments.
const (
	Text Family = iota
	C           // //, /* */, "x", 'x' on one line: Java, C#, Kotlin, Swift, Dart, Scala, Groovy, C
	Go
	JavaScript // C, templates in `x ${code}`, regular expressions
	Rust
	PHP
	Python
	Ruby
	Elixir
	Shell
	YAML
	Settings // TOML, INI, properties: # or ; and strings on one line
	Terraform
	JSON
	SQL // --, /* */
	Lisp
	Erlang
	HTML // <!-- -->, the comments of templates, and JavaScript between script tags
	CSS
	Sass // CSS with comments to the end of a line
)

// Of returns the family of a file, by its name.
func Of(name string) Family {
	base := strings.ToLower(path.Base(Bare(name)))
	if f, ok := families[strings.TrimPrefix(path.Ext(base), ".")]; ok {
		return f
	}
	switch {
	case strings.HasSuffix(base, ".txt") && strings.Contains(base, "requirements"): // of pip, whose options begin with --
		return Settings
	case strings.HasPrefix(base, "dockerfile"), strings.HasPrefix(base, ".env"), base == "makefile", base == "procfile", base == "justfile":
		return Shell
	case base == "gemfile", base == "rakefile", base == "podfile", base == "fastfile", base == "matchfile", base == "appfile", base == "dangerfile", base == "vagrantfile":
		return Ruby
	case base == "jenkinsfile":
		return C
	}
	return Text
}

// Bare returns the name of a file without the ending for a template of settings or infrastructure: x.yml for x.yml.j2.
func Bare(name string) string {
	ext := path.Ext(name)
	switch ext {
	case ".in", ".tmpl", ".tpl", ".gotmpl", ".template", ".j2", ".jinja", ".jinja2", ".erb", ".mustache":
	default:
		return name
	}
	bare := strings.TrimSuffix(name, ext)
	switch families[strings.TrimPrefix(strings.ToLower(path.Ext(bare)), ".")] {
	case YAML, Settings, Terraform, JSON:
		return bare
	default:
		return name
	}
}

// Code reports whether the family consists of programming languages, in which a name outside strings is an identifier.
func (f Family) Code() bool {
	switch f {
	case C, Go, JavaScript, Rust, PHP, Python, Ruby, Elixir, Lisp, Erlang:
		return true
	default:
		return false
	}
}

//nolint:gochecknoglobals // an immutable table
var families = map[string]Family{
	"java": C, "kt": C, "kts": C, "scala": C, "sbt": C, "groovy": C, "gradle": C, "swift": C, "dart": C, "cs": C, "fs": C, "c": C, "h": C,
	"cc": C, "cpp": C, "cxx": C, "hpp": C, "hh": C, "m": C, "mm": C, "proto": C, "zig": C, "d": C, "v": C, "sol": C, "vb": C, "csx": C,
	"cls": C, "trigger": C, "apex": C, "cue": C, "bicep": C,
	"go": Go,
	"js": JavaScript, "jsx": JavaScript, "mjs": JavaScript, "cjs": JavaScript, "ts": JavaScript, "tsx": JavaScript, "mts": JavaScript,
	"cts": JavaScript, "es6": JavaScript, "gs": JavaScript, "coffee": Ruby,
	"rs": Rust, "php": PHP, "phtml": PHP, "inc": PHP,
	"py": Python, "pyi": Python, "pyw": Python, "bzl": Python, "star": Python, "nim": Python,
	"rb": Ruby, "rake": Ruby, "gemspec": Ruby, "ru": Ruby, "cr": Ruby, "jbuilder": Ruby, "podspec": Ruby,
	"ex": Elixir, "exs": Elixir,
	"sh": Shell, "bash": Shell, "zsh": Shell, "fish": Shell, "ps1": Shell, "psm1": Shell, "mk": Shell, "env": Shell, "dockerfile": Shell,
	"pl": Shell, "pm": Shell, "r": Shell, "jl": Shell, "tcl": Shell, "nix": Shell, "nginx": Shell,
	"yaml": YAML, "yml": YAML,
	"toml": Settings, "npmrc": Settings, "ini": Settings, "cfg": Settings, "conf": Settings, "properties": Settings,
	"tf": Terraform, "tofu": Terraform, "tfvars": Terraform, "hcl": Terraform, "nomad": Terraform,
	"json": JSON, "json5": JSON, "jsonc": JSON, "webmanifest": JSON,
	"sql": SQL, "lua": SQL, "hs": SQL, "elm": SQL,
	"clj": Lisp, "cljs": Lisp, "cljc": Lisp, "edn": Lisp, "el": Lisp, "lisp": Lisp, "scm": Lisp, "rkt": Lisp,
	"erl": Erlang, "hrl": Erlang,
	"html": HTML, "htm": HTML, "xhtml": HTML, "xml": HTML, "xsd": HTML, "xsl": HTML, "xslt": HTML, "wsdl": HTML, "vue": HTML, "svelte": HTML, "astro": HTML, "erb": HTML, "ejs": HTML,
	"hbs": HTML, "mustache": HTML, "twig": HTML, "jinja": HTML, "jinja2": HTML, "j2": HTML, "njk": HTML, "liquid": HTML, "cshtml": HTML,
	"razor": HTML, "jsp": HTML, "ftl": HTML, "tmpl": HTML, "gohtml": HTML, "heex": HTML, "eex": HTML, "leex": HTML, "plist": HTML, "entitlements": HTML, "xaml": HTML,
	"csproj": HTML, "fsproj": HTML, "vbproj": HTML, "props": HTML, "targets": HTML, "config": HTML, "resx": HTML, "storyboard": HTML,
	"css": CSS, "scss": Sass, "sass": Sass, "less": Sass,
}
