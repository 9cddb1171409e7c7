package lexer

type block struct {
	open, close string
	lineStart   bool
	script      bool // between script tags only
}

// rules are how a family writes comments and strings.
type rules struct {
	lines      []string // open a comment up to the end of the line
	blocks     []block
	quotes     string // open a string that ends with the line
	long       string // quotes whose strings may span lines
	triple     string // quotes that, written three times, open a long string
	raw        string // quotes without escapes, whose strings may span lines
	leading    bool   // a comment is all of its line
	spaced     bool   // # opens a comment behind a blank only
	attributes bool   // #[ opens none
	char       bool   // 'x' is one character, and a lone ' is none
	valueStart bool   // a quote opens a string where a value begins only
	template   bool   // `x ${code}`
	docstrings bool   // a triple-quoted string that is a statement is a comment
	html       bool
	heredoc    bool // <<TEXT opens lines in which only # at the start opens a comment
}

func rulesOf(f Family) rules {
	slashes, stars := []string{"//"}, []block{{open: "/*", close: "*/"}}
	switch f {
	case C:
		return rules{lines: slashes, blocks: stars, quotes: `"'`, triple: `"'`}
	case Go:
		return rules{lines: slashes, blocks: stars, quotes: `"`, raw: "`", char: true}
	case JavaScript:
		return rules{lines: slashes, blocks: stars, quotes: `"'`, template: true}
	case Rust:
		return rules{lines: slashes, blocks: stars, long: `"`, char: true}
	case PHP:
		return rules{lines: []string{"//", "#"}, blocks: append(stars, block{open: "<!--", close: "-->"}), quotes: `"'`, attributes: true}
	case Python:
		return rules{lines: []string{"#"}, quotes: `"'`, triple: `"'`, docstrings: true}
	case Ruby:
		return rules{lines: []string{"#"}, blocks: []block{{open: "=begin", close: "\n=end", lineStart: true}}, quotes: `"'`, spaced: true}
	case Elixir:
		return rules{lines: []string{"#"}, quotes: `"`, triple: `"'`, spaced: true, docstrings: true}
	case Shell:
		return rules{lines: []string{"#"}, quotes: `"'`, spaced: true}
	case YAML:
		return rules{lines: []string{"#"}, quotes: `"'`, spaced: true, valueStart: true}
	case Settings:
		return rules{lines: []string{"#", ";"}, quotes: `"'`, triple: `"'`, spaced: true, valueStart: true}
	case Terraform:
		return rules{lines: []string{"#", "//"}, blocks: stars, quotes: `"`, heredoc: true}
	case JSON:
		return rules{lines: slashes, blocks: stars, quotes: `"`}
	case SQL:
		return rules{lines: []string{"--"}, blocks: stars, quotes: `"'`}
	case Lisp:
		return rules{lines: []string{";"}, long: `"`}
	case Erlang:
		return rules{lines: []string{"%"}, quotes: `"`}
	case HTML:
		return rules{html: true, lines: slashes, blocks: []block{
			{open: "<!--", close: "-->"},
			{open: "{{--", close: "--}}"},
			{open: "{{!--", close: "--}}"},
			{open: "{# ", close: "#}"},
			{open: "<%#", close: "%>"},
			{open: "<%--", close: "--%>"},
			{open: "{/*", close: "*/}"},
			{open: "/*", close: "*/", script: true},
		}}
	case CSS:
		return rules{blocks: stars, quotes: `"'`}
	case Sass:
		return rules{lines: []string{"//"}, leading: true, blocks: stars, quotes: `"'`}
	default:
		return rules{lines: []string{"#", "//", ";", "--"}, leading: true}
	}
}

// stops returns the first bytes of all that is no plain code.
func (r rules) stops() (out [256]bool) {
	marks := r.quotes + r.long + r.triple + r.raw
	for _, mark := range r.lines {
		marks += mark[:1]
	}
	for _, b := range r.blocks {
		marks += b.open[:1]
	}
	if r.template {
		marks += "`/{}"
	}
	if r.char {
		marks += "'"
	}
	if r.html || r.heredoc {
		marks += "<"
	}
	for i := range len(marks) {
		out[marks[i]] = true
	}
	return out
}
