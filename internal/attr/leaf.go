package attr

import (
	"fmt"
	"path"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// NoneWord is how a file says that there is none, where Row.None is set.
const NoneWord = "none"

// ToDo is how a draft marks an answer that is still to come, where Row.Open is set.
const ToDo = "TODO"

const (
	maxText  = 2000 // characters of a text
	maxItems = 1000 // items of a list of scalars
	fewWords = 9    // choices that a hint still lists
)

// leaf reads the value of one row; nil means that it was wrong, and said so.
func (r *reader) leaf(n *node, tree *yamltree.Node) *Value {
	row := n.row
	switch {
	case row.Type == Raw:
		before := len(r.problems)
		if r.secrets(tree); len(r.problems) > before {
			return nil
		}
		return &Value{State: Set, Pos: tree.Pos, Node: withoutOwn(tree), Text: tree.Text}
	case tree.Kind == yamltree.Null && row.Nullable:
		return &Value{State: NotApplicable, Pos: tree.Pos}
	case tree.Kind == yamltree.Null:
		r.add(tree.Pos, n.path+" has no value", "write one, such as `"+example(n)+"`"+without(row))
		return nil
	case row.Claim && tree.Kind == yamltree.Scalar && tree.Text == "unknown" && !slices.Contains(row.Values, "unknown"):
		return &Value{State: Unknown, Pos: tree.Pos, Text: tree.Text}
	case row.None && tree.Kind == yamltree.Scalar && tree.Text == NoneWord:
		return &Value{State: None, Pos: tree.Pos, Text: tree.Text}
	case !row.List:
		return r.scalar(n, tree)
	case tree.Kind != yamltree.List:
		hint := "start each item with `- `"
		if tree.Kind == yamltree.Scalar {
			hint = "put it in brackets: `" + keyed(n, bracketed(row, tree)) + "`"
		}
		r.add(tree.Pos, fmt.Sprintf("%s is %s where a list is expected", n.path, kindName(tree)), hint)
		r.secrets(tree)
		return nil
	}
	if len(tree.Items) == 0 && row.Filled {
		return r.empty(n, row, tree)
	}
	out := &Value{State: Set, Pos: tree.Pos, Items: []Value{}}
	if len(tree.Items) > maxItems {
		r.add(tree.Pos, fmt.Sprintf("%s has %d items; at most %d are read", n.path, len(tree.Items), maxItems), "")
		return nil
	}
	for _, item := range tree.Items {
		if item.Kind == yamltree.Null && item.Broken {
			continue
		}
		v := r.scalar(n, item)
		if v == nil {
			continue
		}
		if out.Has(v.Text) {
			r.add(v.Pos, fmt.Sprintf("%s holds %s twice", n.path, quote(v.Text)), "remove one")
			continue
		}
		out.Items = append(out.Items, *v)
	}
	if len(out.Items) == 0 && len(tree.Items) > 0 {
		return nil // an empty list would be another statement
	}
	return out
}

// empty reads an empty list where there is always an item: it is no answer to a question, and a mistake where nobody asks.
func (r *reader) empty(n *node, row *Row, tree *yamltree.Node) *Value {
	if row.Kind != "" {
		return &Value{State: Unknown, Pos: tree.Pos}
	}
	r.add(tree.Pos, n.path+" is empty", missing(n, row)+without(row))
	return nil
}

// without is what else a hint offers to whoever has no value: a claim may be unknown, and a key whose absence no rule reads can go.
func without(row *Row) string {
	switch {
	case row.Claim:
		return ", or `unknown`"
	case row.Required, row.Kind == Claimed, row.Kind == Scope:
		return ""
	default:
		return ", or remove the key"
	}
}

// scalar reads one scalar of a row.
func (r *reader) scalar(n *node, tree *yamltree.Node) *Value {
	row, subject := n.row, n.path
	if row.List {
		subject = "an item of " + n.path
	}
	if tree.Broken {
		r.secrets(tree)
		return nil
	}
	if tree.Kind != yamltree.Scalar {
		r.add(tree.Pos, fmt.Sprintf("%s is %s where one value is expected", subject, kindName(tree)), "")
		r.secrets(tree)
		return nil
	}
	if scalar.LooksSecret(tree.Text) && (row.Type != Digest || !isDigest(tree.Text)) {
		r.secret(tree.Pos)
		return nil
	}
	v := &Value{State: Set, Pos: tree.Pos, Text: tree.Text}
	if slices.Contains(row.Also, tree.Text) {
		if tree.Text == "n/a" {
			v.State = NotApplicable
		}
		return v
	}
	if row.Open && tree.Text == ToDo {
		return v
	}
	if problem, hint := convert(row, tree, v); problem != "" {
		r.add(tree.Pos, n.path+": "+problem, hint)
		return nil
	}
	return v
}

// convert checks the text of v against the type of row and fills what the type yields.
func convert(row *Row, tree *yamltree.Node, v *Value) (problem, hint string) {
	text := tree.Text
	switch {
	case strings.TrimSpace(text) == "":
		return "the value is empty", "write one" + without(row)
	case row.Type != Text && yamltree.OddSpace(text) != "":
		return quote(text) + " contains " + yamltree.OddSpace(text), "delete it, or write a plain space"
	case strings.TrimSpace(text) != text && row.Type != Text:
		return quote(text) + " is not " + article(row.Type), "remove the spaces around it"
	}
	var err error
	switch row.Type {
	case Enum:
		v.Int = slices.Index(row.Values, text)
		if v.Int < 0 {
			return quote(text) + " is not allowed", choices(text, append(slices.Clone(row.Values), row.Also...))
		}
	case Tri:
		if tree.Quoted || text != "true" && text != "false" {
			return quote(text) + " is not a yes/no value", "write true or false, without quotes" + orUnknown(row)
		}
	case Int:
		if v.Int, err = strconv.Atoi(text); err != nil || v.Int < 0 || tree.Quoted || strings.HasPrefix(text, "+") {
			return quote(text) + " is not a whole number", "write it in digits, without quotes" + orUnknown(row)
		}
	case Number:
		if !decimal(text) || tree.Quoted {
			return quote(text) + " is not a number", "write it in digits, without quotes" + orUnknown(row)
		}
	case Date:
		v.Day, err = scalar.ParseDate(text)
	case Period:
		v.Span, err = scalar.ParsePeriod(text)
	case Raw: // has been read by leaf
	default:
		err = check(row.Type, text)
	}
	if err != nil {
		cause, fix := explained(err)
		if meant := diag.Synonym(text, row.Usual); meant != "" {
			fix = fmt.Sprintf("did you mean %q?", meant)
		}
		switch empty := slices.Contains([]string{NoneWord, "no", "never", "nil", "n/a", "na", "-", "not applicable", "nothing"}, strings.ToLower(text)); {
		case empty && row.Nullable:
			fix = "write null if there is none"
		case empty && row.None:
			fix = "write none if there is none"
		case row.Nullable:
			fix += ", or null if there is none"
		}
		return fmt.Sprintf("%s is not %s%s", quote(text), article(row.Type), cause), fix
	}
	return "", ""
}

// explained splits an error of package scalar, such as "it has a port; remove it", into the cause that ends the message and
// the hint. The cause is empty if the error only repeats what the value is not.
func explained(err error) (cause, fix string) {
	cause, fix, ok := strings.Cut(err.Error(), "; ")
	switch {
	case !ok:
		return "", cause
	case strings.HasPrefix(cause, "not "):
		return "", fix
	}
	return ": " + cause, fix
}

// decimal accepts 12 and 0.03, and none of the other forms that numbers have in YAML.
func decimal(text string) bool {
	whole, fraction, dotted := strings.Cut(text, ".")
	digits := func(s string) bool { return s != "" && len(s) <= 15 && strings.Trim(s, "0123456789") == "" }
	return digits(whole) && (!dotted || digits(fraction))
}

// check judges the types that yield nothing but their text.
func check(kind Type, text string) error {
	switch kind {
	case ID:
		return checkID(text)
	case Word:
		return checkName(text)
	case URL:
		_, err := scalar.ParseURL(text)
		return err
	case Endpoint:
		_, err := scalar.ParseEndpoint(text)
		return err
	case Host:
		return scalar.ParseHostPattern(text)
	case Purl:
		return scalar.ParsePurl(text)
	case Country:
		return scalar.ParseCountry(text)
	case Region:
		return scalar.ParseRegion(text)
	case LEI:
		return scalar.ParseLEI(text)
	case Zone:
		if _, err := time.LoadLocation(text); err != nil || text == "Local" {
			return fmt.Errorf("write an IANA zone, such as UTC or Europe/Dublin")
		}
	case Glob:
		if _, err := path.Match(text, "x"); err != nil || len(text) > 200 {
			return fmt.Errorf("write a glob of at most 200 characters, such as acme/checkout-*")
		}
	case Regexp:
		if _, err := syntax.Parse(text, syntax.Perl); err != nil || len(text) > 500 { // compiling takes memory
			return fmt.Errorf("write an RE2 expression of at most 500 characters")
		}
	case Digest:
		if !isDigest(text) {
			return fmt.Errorf("write 64 lower-case hexadecimal digits")
		}
		if strings.Trim(text, text[:1]) == "" || text == emptyDigest {
			return fmt.Errorf("write the SHA-256 of the document, as sha256sum prints it")
		}
	case Secret:
		if !wordOf(text, "_./-") || len(text) > 100 {
			return fmt.Errorf("write the secret's name, in letters, digits and _ . / -")
		}
	default:
		if utf8.RuneCountInString(text) > maxText {
			return fmt.Errorf("write at most %d characters", maxText)
		}
	}
	return nil
}

// IsID reports whether a text is an ID.
func IsID(text string) bool { return text != "" && len(text) <= maxID && formsID(text) }

// isDigest reports whether a text has the form of a SHA-256.
func isDigest(text string) bool {
	return len(text) == 64 && strings.Trim(text, "0123456789abcdef") == ""
}

// emptyDigest is the SHA-256 of an empty file.
const emptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

const maxID = 63

// formsID reports whether a text has only what an ID may have.
func formsID(text string) bool {
	for i, c := range []byte(text) {
		lower := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if !lower && (c != '-' || i == 0) {
			return false
		}
	}
	return true
}

func checkID(text string) error {
	switch id := asID(text); {
	case formsID(text) && len(text) > maxID:
		return fmt.Errorf("write at most %d characters", maxID)
	case formsID(text):
		return nil
	case IsID(id):
		return fmt.Errorf("write %q, with lower-case letters, digits and - only", id)
	}
	return fmt.Errorf("write lower-case letters, digits and -, starting with a letter or digit")
}

// asID writes a name as an ID, if nothing but its case, spaces and punctuation keep it from being one.
func asID(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" _.-", r) })
	return strings.Join(words, "-")
}

// checkName accepts what the field calls users, teams, roles and tickets.
func checkName(text string) error {
	if !wordOf(text, "_./@-") || len(text) > 100 {
		return fmt.Errorf("write a name of letters, digits and _ . / @ -, without spaces")
	}
	return nil
}

func wordOf(text, others string) bool {
	for _, c := range []byte(text) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte(others, c) >= 0:
		default:
			return false
		}
	}
	return text != ""
}

// orUnknown lists, as the end of a hint, the words that a row takes besides its values.
func orUnknown(row *Row) string {
	out := ""
	if row.Nullable {
		out += ", or null"
	}
	if row.None {
		out += ", or none"
	}
	if row.Claim {
		out += ", or unknown"
	}
	return out
}

func choices(text string, all []string) string {
	if len(all) == 1 {
		return "write " + all[0]
	}
	list := "use one of " + strings.Join(all, ", ")
	if near := diag.Nearest(text, all); near != "" {
		if len(all) > fewWords {
			return fmt.Sprintf("did you mean %q?", near)
		}
		return fmt.Sprintf("did you mean %q? %s", near, list)
	}
	return list
}

// article returns the type with its article, for use in a sentence.
func article(t Type) string {
	switch t {
	case ID, Int, Endpoint, LEI:
		return "an " + string(t)
	case Text:
		return "text"
	default:
		return "a " + string(t)
	}
}

// quote shows a value of a file: escaped, and never more than a line's worth.
func quote(text string) string { return strconv.Quote(clip(text)) }

func clip(text string) string {
	const most = 60
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "..."
}
