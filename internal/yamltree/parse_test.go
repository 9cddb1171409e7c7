package yamltree_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// lines writes problems as "line:col message", which a table can hold.
func lines(problems []diag.Problem) []string {
	var out []string
	for _, p := range problems {
		out = append(out, fmt.Sprintf("%d:%d %s", p.Pos.Line, p.Pos.Col, p.Message))
	}
	return out
}

func TestParseProblems(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		// bytes
		{"UTF-16 LE", "\xff\xfea\x00:\x00", []string{"1:1 the file is UTF-16"}},
		{"UTF-16 BE", "\xfe\xff\x00a\x00:", []string{"1:1 the file is UTF-16"}},
		{"latin 1", "a: caf\xe9\n", []string{"1:7 bytes that are not UTF-8"}},
		{"cut character, once", "a: \xe2\x82 b\n", []string{"1:4 bytes that are not UTF-8"}},
		{"NUL", "a: x\x00y\n", []string{"1:5 a NUL character (U+0000)"}},
		{"escape", "a: é\x1b[1m\n", []string{"1:5 a control character (U+001B)"}},
		{"DEL and C1", "a: \x7f\nb: \u009b\n", []string{"1:4 a control character (U+007F)", "2:4 a control character (U+009B)"}},
		{"line breaks", "a: x\u2028b: y\nc: x\u0085d: y\u2029\n", []string{
			"1:5 a line break that most editors do not show (U+2028)",
			"2:5 a line break that most editors do not show (U+0085)",
			"2:10 a line break that most editors do not show (U+2029)",
		}},
		{"bidi", "a: \u202ex\n# \u2066\nb\u200f: \u061c\n", []string{
			"1:4 a character that changes the text direction (U+202E)",
			"2:3 a character that changes the text direction (U+2066)",
			"3:2 a character that changes the text direction (U+200F)",
			"3:5 a character that changes the text direction (U+061C)",
		}},
		{"BOM inside", "a: 1\n\ufeffb: 2\n", []string{"2:1 a byte order mark inside the file (U+FEFF)"}},
		{"two BOMs", "\ufeff\ufeffa: 1\n", []string{"1:1 a byte order mark inside the file (U+FEFF)"}},
		{"zero width", "a\u200b: 1\nb: \u200dx\u2060\n", []string{
			"1:2 an invisible character (U+200B)",
			"2:4 an invisible character (U+200D)",
			"2:6 an invisible character (U+2060)",
		}},
		{"what stands after an invisible character", "\u200ba: \u200b\u200b&x 1\n\"b\u200b\": !t 1\nb: 2\n", []string{
			"1:1 an invisible character (U+200B); also on line 2",
			"1:7 an anchor (&name)",
			"2:7 a tag (!name)",
			`3:1 key "b" is written twice; the first is on line 2`,
		}},
		{"noncharacter", "a: \uffff\n", []string{"1:4 a code point that is not a character (U+FFFF)"}},
		{"lone CR", "a: 1\rb: 2\n", []string{"1:5 a carriage return without a line feed (U+000D)"}},
		{"CR CR LF", "a: 1\r\r\n", []string{"1:5 a carriage return without a line feed (U+000D)"}},
		{"escapes", "a: \"\\u202e\"\n\"\\0\": 1\nb: \"\\t\\n\\u00e9\"\n", []string{
			"1:4 a character that changes the text direction (U+202E), written as an escape",
			"2:1 a NUL character (U+0000), written as an escape",
		}},
		// what git writes
		{"LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n", []string{"1:1 a Git LFS pointer: the content of the file is elsewhere"}},
		{"conflict", "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\nc: 1\n", []string{"2:1 a merge conflict that is not resolved; it ends on line 6"}},
		{"conflicts with their base, CRLF", "<<<<<<< ours\r\nb: 1\r\n||||||| base\r\n=======\r\n>>>>>>> theirs\r\n<<<<<<< a\n=======\n>>>>>>> b\n", []string{
			"1:1 a merge conflict that is not resolved; it ends on line 5",
			"6:1 a merge conflict that is not resolved; it ends on line 8",
		}},
		{"rest of a conflict", "a: 1\n=======\nb: 2\n>>>>>>> other\n<<<<<<< x\n", []string{
			"2:1 a line that is left of a merge conflict",
			"4:1 a line that is left of a merge conflict",
			"5:1 the beginning of a merge conflict",
		}},
		{"no conflict", "# =======\na: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> x\nb: version https://git-lfs.github.com/spec/v1\n", nil},
		// tabs
		{"tab", "a:\n\tb: 1\n", []string{"2:1 a tab in the indentation"}},
		{"tab after spaces, yaml.v3 fails too", "a:\n  b: 1\n \tc: 2\n", []string{"3:2 a tab in the indentation"}},
		{"tab before comment or nothing", "a: 1\n\t# x\n\t\nb: \"1\"\t# y\n  \t\nc: 1\n \t", nil},
		{"tab in block scalar", "a: |\n  x\n  \ty\n", []string{"3:3 a tab in the indentation"}},
		{"tab after dash", "-\t- a\n", []string{"1:2 a tab where YAML needs a space"}},
		// spaces
		{"no-break space in the indentation", "a:\n\u00a0 b: 1\n  c: 1\n", []string{"2:1 a no-break space (U+00A0)"}},
		{"no-break space after a colon", "a:\n  b:\u00a0x y\n  c: 1\n", []string{"2:5 a no-break space (U+00A0)"}},
		{"no-break space before a colon", "a\u202f: 1\n", []string{"1:2 a no-break space (U+202F)"}},
		{"full-width space after a dash", "a:\n  -\u3000b: 1\n    c: 1\n", []string{"2:4 a full-width space (U+3000)"}},
		{"many on a line are one", "a:\r\n\u00a0\u00a0b\u00a0:\u00a01\r\n", []string{"2:1 a no-break space (U+00A0)"}},
		{"after a byte order mark", "\ufeffa:\u00a01\n", []string{"1:3 a no-break space (U+00A0)"}},
		{"after a colon in braces", "{a:\u00a0x y, b:\u00a0\"1\", c: {d:\u3000e}}\n", []string{
			"1:2 a no-break space (U+00A0) in a key", "1:10 a no-break space (U+00A0) in a key", "1:22 a full-width space (U+3000) in a key",
		}},
		{"in a key", "{a\u2003: 1}\n", []string{"1:2 a space of a special width (U+2003) in a key"}},
		{"no-break spaces in texts", "# \u00a0x\n\u00a0# y\na: Prix 1\u00a0000\u00a0€\nd: \"Prix\u00a0: 1\"\nb: |\n  c:\u00a0d\n  -\u00a0e\n\nc: \"\u00a0x\"\n", nil},
		// keys
		{"duplicate", "a: 1\nb: 2\na: 3\n", []string{`3:1 key "a" is written twice; the first is on line 1`}},
		{"duplicate, quoted", "x:\n  a: 1\n  \"a\": 3\n  'a': 4\n", []string{
			`3:3 key "a" is written twice; the first is on line 2`,
			`4:3 key "a" is written twice; the first is on line 2`,
		}},
		{"duplicate that is not quoted", "a b: 1\na b: 2\n", []string{"2:1 a key is written twice; the first is on line 1"}},
		{"duplicate that is long", strings.Repeat(strings.Repeat("a", 32)+": 1\n", 2), []string{"2:1 a key is written twice; the first is on line 1"}},
		{"merge", "a: 1\n<<: {b: 1}\n", []string{`2:1 a merge key ("<<")`}},
		{"not a merge", "\"<<\": 1\na: <<\n", nil},
		{"key is a map", "{a: 1}: 2\nb: {[c]: 1}\n", []string{"1:1 a key that is a map or a list", "2:5 a key that is a map or a list"}},
		{"key is null", "~: 1\nnull: 2\n? \n\"null\": 4\n", []string{"1:1 a key that is null", "2:1 a key that is null", "3:2 a key that is null"}},
		// marks
		{"anchor and alias", "a: &x 1\nb: *x\n&k c: 1\n", []string{"2:4 an alias (*name)", "3:1 an anchor (&name)"}},
		{"one merge key", "x: &x {a: 1}\nb:\n  <<: *x\nc:\n  <<: [*x, {d: 1}]\n", []string{`3:3 a merge key ("<<")`, `5:3 a merge key ("<<")`}},
		{"alias of nothing", "a: 1\nb: [é, *x]\nc: 1\n", []string{"2:8 an alias (*name)"}},
		{"alias as key", "a: &x 1\n*x : 2\n", []string{"2:1 an alias (*name)"}},
		{"tags", "a: !!str 1\nb: !x 2\nc: ! 3\n!y d: é\ne: !!map {}\nf: !<q> 1\n", []string{
			"1:4 a tag (!name)", "2:4 a tag (!name)", "3:4 a tag (!name)", "4:1 a tag (!name)", "5:4 a tag (!name)", "6:4 a tag (!name)",
		}},
		{"lone tag before a key", "! a: 1\n", []string{"1:1 a tag (!name)"}},
		{"no tags", "a: '! x'\nb: x ! y\nc: [é, \"!\"]\n", nil},
		{"undefined tag handle", "a: 1\nb: !x!y 1\n", []string{"2:1 a tag (!name)"}},
		// documents
		{"empty", "", []string{"1:1 the file has no YAML document"}},
		{"comments only", "# x\n\n# y\n", []string{"1:1 the file has no YAML document"}},
		{"marker only", "---\n", []string{"1:1 the file has no YAML document"}},
		{"line feed only", "\n", []string{"1:1 the file has no YAML document"}},
		{"second document", "---\na: 1\n---\nb: 2\na: 1\n", []string{"3:1 a second document starts here"}},
		{"second document that is broken", "a: 1\n--- \nb: [\n", []string{"2:1 a second document starts here"}},
		{"second document and more", "a: 1\na: 2\n---\n", []string{`2:1 key "a" is written twice; the first is on line 1`, "3:1 a second document starts here"}},
		{"garbage after the end", "version: 1\n...\ngarbage: [\n", []string{"3:1 text after the end of the document"}},
		{"end and nothing", "a: 1\n...\n# x\n", nil},
		{"text after a list", "[a]\nb\n", []string{"2:1 text after the end of the document"}},
		// syntax
		{"second colon", "x: 1\n  a: b: c\n", []string{`2:3 an unexpected ": "`}},
		{"reserved", "x: 1\ny: @foo\n", []string{"2:1 a value begins with a character that YAML reserves (@, `, %, or a tab)"}},
		{"no colon", "x: 1\ny\nz: 1\n", []string{`2:1 a line that is neither "key: value" nor "- item"`}},
		{"no space after dash", "k:\n- a\n-b\n- c\n", []string{`3:1 a line that is neither "key: value" nor "- item"`}},
		{"double quote open", "x: \"abc\ny: 1\n", []string{"1:1 a quote that is not closed"}},
		{"single quote open", "x: 1\ny:\n  'abc\nz: 1\n", []string{"3:3 a quote that is not closed"}},
		{"apostrophe", "a: 'it's'\nb: 1\n", []string{"1:1 this line does not fit the lines above"}},
		{"indentation of a key", "x: 1\ny:\n  - a\n b: 1\nz: 1\n", []string{"4:2 this line does not fit the lines above"}},
		{"indentation of an item", "x:\n\n  - a\n\n # c\n - b\n # d\n", []string{"6:2 this line does not fit the lines above"}},
		{"key among items", "- a\nb: 1\n", []string{"2:1 this line does not fit the lines above"}},
		{"item among keys", "a: 1\n- b\n", []string{"2:1 this line does not fit the lines above"}},
		{"text after a bracket", "x: 1\nz: [a] b\nq: 1\n", []string{"2:1 this line does not fit the lines above"}},
		{"open list", "x: 1\ny: [a, b\nz: 1\n", []string{"2:1 a list in [ ] that is not closed or lacks a comma"}},
		{"open map", "x: {a: 1\ny: 1\n", []string{"1:1 a map in { } that is not closed or lacks a comma"}},
		{"closing bracket", "a: 1\nb: ]", []string{"2:1 a missing value, or an extra bracket or comma"}},
		{"item after a key", "a: - b\n", []string{`1:1 an unexpected "- "`}},
		{"escape unknown", "x: \"\\q\"\n", []string{"1:1 an unknown escape in double quotes"}},
		{"header of a block", "a: |0\n b\n", []string{"1:1 text after | or >"}},
		{"directive", "%YAML 1.2\n---\na: 1\n", []string{`1:1 a line that begins with "%"`}},
		// several at once
		{"syntax and bytes", "a: \x01\nb:\n\t- 1\nc: [1\n", []string{
			"1:4 a control character (U+0001)",
			"3:1 a tab in the indentation",
			"4:1 a list in [ ] that is not closed or lacks a comma",
		}},
		{"syntax error on a line that is wrong already", "a: 1\n\tb: 2\n", []string{"2:1 a tab in the indentation"}},
		{"all in one run", "a: \u200b\nb: &x 1\nb: *x\n<<: !t {}\nc:\n\t- 1\n---\n", []string{
			"1:4 an invisible character (U+200B)",
			`3:1 key "b" is written twice; the first is on line 2`,
			"3:4 an alias (*name)",
			`4:1 a merge key ("<<")`,
			"6:1 a tab in the indentation",
			"7:1 a second document starts here",
		}},
		{"positions with BOM and CRLF", "\ufeffé: 1\r\nb: é\u200b\r\nc: [é, &x y]\r\nd: \r\nb: 2\r\n", []string{
			"2:5 an invisible character (U+200B)",
			"3:8 an anchor (&name)",
			`5:1 key "b" is written twice; the first is on line 2`,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, problems := yamltree.Parse("f.yaml", []byte(test.text))
			if diff := cmp.Diff(test.want, lines(problems)); diff != "" {
				t.Errorf("Parse(%q) problems (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

func TestParseLimits(t *testing.T) {
	t.Parallel()
	keys := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "k%d: 1\n", i)
		}
		return b.String()
	}
	nest := func(n int) string { return strings.Repeat("[", n) + "a" + strings.Repeat("]", n) }
	tests := []struct {
		name, text string
		want       []string
	}{
		{"size, reached", "# " + strings.Repeat("x", yamltree.MaxBytes-7) + "\na: 1", nil},
		{"size", strings.Repeat("\x00", yamltree.MaxBytes+1), []string{"1:1 the file has 1048577 bytes; at most 1048576 are read"}},
		{"depth, reached", nest(yamltree.MaxDepth), nil},
		{"depth", "a: 1\nb: " + nest(yamltree.MaxDepth) + "\n", []string{"2:35 nested more than 32 levels deep"}},
		{"depth, once", "- " + nest(40) + "\n- " + nest(40) + "\n", []string{"1:34 nested more than 32 levels deep"}},
		{"keys, reached", keys(yamltree.MaxKeys), nil},
		{"keys", keys(yamltree.MaxKeys + 5), []string{"1001:1 a map with 1005 keys; at most 1000 are read"}},
		{"nodes", strings.Repeat("- [a]\n", 99_999) + "- b\n- c\n- d\n", []string{"100001:3 the file contains more than 200000 values"}},
		{"lines", strings.Repeat("\n", yamltree.MaxNodes) + "a\n\n", []string{"200001:2 more than 200000 lines and commas"}},
		{"commas", "é: [" + strings.Repeat(",", yamltree.MaxNodes+1), []string{"1:200005 more than 200000 lines and commas"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, problems := yamltree.Parse("f", []byte(test.text))
			if diff := cmp.Diff(test.want, lines(problems)); diff != "" {
				t.Errorf("Parse problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseCountsWhatItLeavesOut(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		keys, want int
		last       string
	}{
		{20, 19, `20:1 key "k" is written twice; the first is on line 1`},
		{21, 20, `21:1 key "k" is written twice; the first is on line 1`},
		{22, 20, "21:1 2 more problems in this file"},
		{1000, 20, "21:1 980 more problems in this file"},
	} {
		_, problems := yamltree.Parse("f", []byte(strings.Repeat("k: 1\n", test.keys)))
		got := lines(problems)
		if len(got) != test.want || got[len(got)-1] != test.last {
			t.Errorf("Parse(%d times one key): got %d problems, the last %q, want %d and %q", test.keys, len(got), got[len(got)-1], test.want, test.last)
		}
	}
	_, problems := yamltree.Parse("f", []byte(strings.Repeat("%\n", 5000)))
	if got, want := lines(problems)[19], "20:1 4982 more problems in this file"; got != want {
		t.Errorf("Parse(5000 directives): last problem: got %q, want %q", got, want)
	}
}

// A character that is wrong in one line is wrong in all in the same way.
func TestParseJoinsCharacters(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		strings.Repeat("\x00", 5000):                     {"1:1 a NUL character (U+0000)"},
		"a: 1\rb: 2\rc: 3\r":                             {"1:5 a carriage return without a line feed (U+000D)"},
		"a:\n\u00a0 b: 1\n\u00a0 c: 1\n":                 {"2:1 a no-break space (U+00A0); also on line 3"},
		"a:\n" + strings.Repeat("\u00a0- b\n", 4):        {"2:1 a no-break space (U+00A0); also on lines 3, 4 and 5"},
		"a:\n" + strings.Repeat("\u00a0- b\n", 9):        {"2:1 a no-break space (U+00A0); also on lines 3, 4, 5, 6, 7 and 3 others"},
		"a:\n\tb: 1\n\tc: 1\nd: \"\u200b\"\ne: \u200b\n": {"2:1 a tab in the indentation; also on line 3", "4:5 an invisible character (U+200B); also on line 5"},
	} {
		_, problems := yamltree.Parse("f", []byte(text))
		if diff := cmp.Diff(want, lines(problems)); diff != "" {
			t.Errorf("Parse(%.40q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestParseHints(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{"a:\n\tb: 1\n", "indent with spaces"},
		{"a: b: c\n", `quote the value if it contains ": "; otherwise indent the line like its neighbours`},
		{"a: caf\xe9\n", "save the file as UTF-8"},
	} {
		_, problems := yamltree.Parse("f", []byte(test.text))
		if len(problems) != 1 || problems[0].Hint != test.want {
			t.Errorf("Parse(%q): got %v, want one problem with hint %q", test.text, problems, test.want)
		}
	}
}

func TestParseEchoesNoSecret(t *testing.T) {
	t.Parallel()
	const secret = "ghp_0123456789abcdefghijABCDEFGHIJ456789"
	for _, text := range []string{
		"a: *" + secret, "a: &" + secret + " 1", "a: !" + secret + " 1", "a: \"" + secret, secret + ": 1\n" + secret + ": 2\n", "a: " + secret + ": b: c", "%" + secret,
	} {
		_, problems := yamltree.Parse("f", []byte(text))
		if len(problems) == 0 {
			t.Errorf("Parse(%q): got no problem", text)
		}
		for _, p := range problems {
			if strings.Contains(p.Message+p.Hint, secret[:12]) {
				t.Errorf("Parse(%q): the problem %q echoes the file", text, p.Message)
			}
		}
	}
}
