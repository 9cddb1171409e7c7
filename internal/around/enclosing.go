package around

import (
	"bytes"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// Enclosure is a call, a literal or an assignment around an offset.
type Enclosure struct {
	Chain    []string // the function or the target, such as client.api.base
	Key      string   // name of the argument or field around the offset
	At       int      // offset
	Assigned bool     // it is an assignment

	open, end int // of the bracket, or the end of an assignment
}

// End returns the offset after what surrounds the offset.
func (e Enclosure) End(data []byte) int {
	if e.Assigned {
		return e.end
	}
	return Matching(data, e.open)
}

// Enclosing returns what surrounds an offset in its statement, innermost first.
func Enclosing(data []byte, at int) []Enclosure {
	const reach, deep = 3000, 12
	var out []Enclosure
	low, end, shut := max(0, at-reach), at, 0
	for i := at - 1; i >= low && len(out) < deep; i-- {
		switch c := data[i]; c {
		case '"', '\'', '`':
			if i == at-1 {
				end = i
				continue
			}
			i = openingQuote(data, i)
		case ')', ']', '}':
			shut++
		case '(', '[', '{':
			if shut > 0 {
				shut--
				continue
			}
			out = append(out, encloses(data, i, end))
			end = i
		case '=':
			if shut > 0 || i == 0 || strings.IndexByte("=!<>", data[i-1]) >= 0 || data[i+1] == '=' || data[i+1] == '>' {
				continue
			}
			open := innermost(data, low, i)
			if open >= 0 && !isBlock(data, open) {
				continue // a named argument
			}
			chain, from := backward(data, len(bytes.TrimRight(data[:i], ":|? ")))
			if len(chain) == 0 {
				return out
			}
			out = append(out, Enclosure{Chain: chain, At: from, end: end, Assigned: true})
			if open < 0 || !parameter(data, open, chain[0]) {
				return out
			}
			i, end = open, open
		case ';', '\n':
			if open := innermost(data, low, i); shut == 0 && (open < 0 || isBlock(data, open)) && !continues(data, i) {
				return out
			}
		}
	}
	return out
}

// openingQuote returns the offset of the quote on the same line that a closing quote belongs to; that of the closing one if there is none.
func openingQuote(data []byte, at int) int {
	const reach = 2000
	for i := at - 1; i >= max(0, at-reach) && data[i] != '\n'; i-- {
		if data[i] == data[at] {
			return i
		}
	}
	return at
}

// encloses describes the bracket at open. end is where the argument of interest ends.
func encloses(data []byte, open, end int) Enclosure {
	e := Enclosure{Key: keyOf(argument(data, open+1, end)), At: open, open: open}
	if data[open] == '(' || data[open] == '{' && open > 0 && (search.WordByte(data[open-1]) || createsObject(data, open)) {
		e.Chain, e.At = backward(data, open)
	}
	return e
}

// isBlock reports whether a bracket opens a block of statements.
func isBlock(data []byte, open int) bool {
	if data[open] != '{' || open == 0 || search.WordByte(data[open-1]) || createsObject(data, open) {
		return false
	}
	before := bytes.TrimRight(data[:open], " \t\r\n")
	return len(before) == 0 || strings.IndexByte("(,=:[{?|&", before[len(before)-1]) < 0 && !bytes.HasSuffix(before, []byte("return"))
}

// createsObject reports whether a brace opens the fields of a new object, as in new Options { … }.
func createsObject(data []byte, open int) bool {
	_, from := backward(data, len(bytes.TrimRight(data[:open], " \t\r\n()")))
	return from < open && bytes.HasSuffix(bytes.TrimRight(data[:from], " \t"), []byte("new"))
}

// parameter reports whether a block belongs to a function that has the variable as a parameter.
func parameter(data []byte, open int, variable string) bool {
	from, _ := search.Line(data, open)
	return slices.ContainsFunc(Identifiers(data[from:open]), func(n Name) bool { return n.Text == variable })
}

// continues reports whether the next line continues a chain of calls.
func continues(data []byte, newline int) bool {
	rest := bytes.TrimLeft(data[newline+1:min(len(data), newline+100)], " \t")
	return bytes.HasPrefix(rest, []byte(".")) || bytes.HasPrefix(rest, []byte("?.")) || bytes.HasPrefix(rest, []byte("->"))
}

// innermost returns the innermost open bracket at an offset, or -1.
func innermost(data []byte, low, at int) int {
	depth := 0
	for i := at - 1; i >= low; i-- {
		switch data[i] {
		case ')', ']', '}':
			depth++
		case '(', '[', '{':
			if depth--; depth < 0 {
				return i
			}
		}
	}
	return -1
}

// argument returns the text after the last comma of a list.
func argument(data []byte, from, end int) string {
	text := string(data[min(from, end):end])
	depth := 0
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case ')', ']', '}':
			depth++
		case '(', '[', '{':
			depth--
		case ',':
			if depth <= 0 {
				return text[i+1:]
			}
		}
	}
	return text
}

// keyOf returns the name of an argument: key in "key": value, key=value and key => value.
func keyOf(argument string) string {
	i := strings.IndexAny(argument, ":=")
	if i < 0 {
		return ""
	}
	ids := Identifiers([]byte(argument[:i]))
	if len(ids) == 0 {
		return ""
	}
	return ids[len(ids)-1].Text
}

// backward reads the chain of names that ends at an offset, such as Client, builder, url in Client.builder().url. It also returns
// where the chain starts.
func backward(data []byte, end int) (chain []string, from int) {
	from = end
	for i := end; ; {
		i = len(bytes.TrimRight(data[:i], " \t"))
		if len(chain) > 0 || i == end {
			for i > 0 && len(chain) > 0 && (data[i-1] == ')' || data[i-1] == ']') {
				i = opening(data, i-1)
			}
		}
		start := i
		for start > 0 && search.WordByte(data[start-1]) && data[start-1] != '-' {
			start--
		}
		if start == i {
			return chain, from
		}
		chain, from = slices.Insert(chain, 0, string(data[start:i])), start
		before := len(bytes.TrimRight(data[:start], " \t\r\n"))
		switch {
		case before > 0 && data[before-1] == '.':
			i = len(bytes.TrimRight(data[:before-1], "?!"))
		case before == start && (bytes.HasSuffix(data[:before], []byte("::")) || bytes.HasSuffix(data[:before], []byte("->"))):
			i = before - 2
		default:
			return chain, from
		}
		i = len(bytes.TrimRight(data[:i], " \t\r\n"))
	}
}

// Forward reads the chain of names that starts with a name. It returns where the chain ends, and whether a bracket follows.
func Forward(data []byte, first Name) (chain []string, end int, call bool) {
	chain = []string{first.Text}
	for i := first.End; ; {
		var next int
		switch {
		case i < len(data) && data[i] == '(', i+1 < len(data) && data[i] == '{' && data[i+1] != '{':
			return chain, i, true
		case i < len(data) && data[i] == '.':
			next = i + 1
		case bytes.HasPrefix(data[i:], []byte("::")), bytes.HasPrefix(data[i:], []byte("->")):
			next = i + 2
		default:
			return chain, i, false
		}
		end := next
		for end < len(data) && search.WordByte(data[end]) && data[end] != '-' {
			end++
		}
		if end == next {
			return chain, i, false
		}
		chain, i = append(chain, string(data[next:end])), end
	}
}

// opening returns the opening bracket for a closing one, looked for within reach.
func opening(data []byte, shut int) int {
	const reach = 3000
	depth := 0
	for i := shut; i >= max(0, shut-reach); i-- {
		switch data[i] {
		case ')', ']', '}':
			depth++
		case '(', '[', '{':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return max(0, shut-reach)
}

// Matching returns the offset after the closing bracket for an opening one, looked for within reach.
func Matching(data []byte, open int) int {
	const reach = 3000
	limit := min(len(data), open+reach)
	depth := 0
	for i := open; i < limit; i++ {
		switch data[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return limit
}

// AssignedTo returns the variables on its line that the value at an offset is assigned to.
func AssignedTo(data []byte, at int) (variables []string) {
	from, _ := search.Line(data, at)
	before := bytes.TrimRight(bytes.TrimSuffix(bytes.TrimRight(bytes.TrimSuffix(bytes.TrimRight(data[from:at], " \t"), []byte("new")), " \t"), []byte("await")), " \t")
	left, ok := bytes.CutSuffix(before, []byte("="))
	if !ok || bytes.ContainsAny(left, "(") {
		return nil
	}
	for _, id := range Identifiers(left) {
		if !Keyword(id.Text) && id.Text != "err" {
			variables = append(variables, id.Text)
		}
	}
	return variables
}
