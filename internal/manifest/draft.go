package manifest

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Draft is an entry for a vendor that its author still has to complete. It states what the code shows and what leaves no choice. The rest is
// TODO, which a check refuses, with a comment that says what to choose from.
type Draft struct {
	ID           string
	Use          string   // its name, if there are other uses of the vendor
	Seen         []string // places in the code, for comments; text of the repository
	Owner        string   // empty if the manifest has one
	Environments []string // those that its author named
	Endpoints    []string // in the code
	SDKs         []string // purls
	Secrets      []string // names that are no valid name of a secret are left out
	Choice       Choice
}

// Choice is what the record of a vendor permits. Only a person knows the purpose, the environments and the data of a use, even if the record
// permits just one. Of the rest, what is the only one is the answer.
type Choice struct {
	Purposes, Environments, Data        []string
	APIVersions, Endpoints, AuthMethods []string
}

// Bytes returns the entry as an item of a block sequence, indented by two spaces.
func (d Draft) Bytes() []byte { return []byte(d.block(margin)) }

// margin is the indentation of entries below their key.
const margin = 2

// block formats the entry as an item of a block sequence.
func (d Draft) block(indent int) string { return d.entry(strings.Repeat(" ", indent), "- ", "  ", "") }

// flow formats the entry as an item of a flow sequence, without a line end.
func (d Draft) flow(indent int) string {
	space := strings.Repeat(" ", indent)
	return d.entry(space, "{", " ", ",") + space + "}"
}

// entry formats the entry with a line for each attribute. The first one begins with open, and the others with next.
func (d Draft) entry(space, open, next, end string) string {
	var out strings.Builder
	for _, place := range d.Seen {
		out.WriteString(space + "# " + place + "\n")
	}
	for _, l := range d.lines() {
		out.WriteString(space + open + l.key + ": " + l.value + end + l.comment() + "\n")
		open = next
	}
	return out.String()
}

// line is an attribute of a draft.
type line struct{ key, value, question string }

func (l line) comment() string {
	if l.question == "" {
		return ""
	}
	return " # " + strings.Join(strings.Fields(l.question), " ")
}

// lines returns the attributes that have a value, the id first.
func (d Draft) lines() []line {
	c := d.Choice
	version := choose("api", quoted(c.APIVersions), oneOf)
	if version.value != "" {
		version.value = "{version: " + version.value + "}"
	}
	out := []line{{"id", d.ID, ""}, {"use", d.Use, ""}}
	if len(c.Purposes) > 0 {
		out = append(out, line{"purpose", attr.ToDo, oneOf(c.Purposes)})
	} else {
		out = append(out, line{"purpose", attr.ToDo, "what you use it for, in a few words"})
	}
	if d.Owner == attr.ToDo {
		out = append(out, line{"owner", d.Owner, "the team that owns this use"})
	} else {
		out = append(out, line{"owner", d.Owner, ""})
	}
	out = append(out, environments(d), data(c.Data), version)
	if len(d.Endpoints) > 0 {
		out = append(out, line{"endpoints", words(quoted(d.Endpoints)), ""})
	} else {
		out = append(out, inBrackets(choose("endpoints", quoted(c.Endpoints), someOf)))
	}
	out = append(out, choose("auth_method", c.AuthMethods, oneOf), line{"sdks", words(quoted(d.SDKs)), ""}, line{"secrets", words(secrets(d.Secrets)), ""})
	return slices.DeleteFunc(out, func(l line) bool { return l.value == "" || l.value == "[]" })
}

// environments returns the line of what the author said, or may say.
func environments(d Draft) line {
	if len(d.Environments) > 0 {
		return line{"environments", words(d.Environments), ""}
	}
	may := d.Choice.Environments
	if len(may) == 0 {
		may = vocab.Environments()
	}
	return inBrackets(line{"environments", attr.ToDo, someOf(may)})
}

// data returns the line about data, which may be of some classes.
func data(may []string) line {
	question := "what you send or receive, such as personal, cardholder; none means no data"
	if len(may) > 0 {
		question = someOf(may)
	}
	if len(may) > 0 && !slices.Contains(may, attr.NoneWord) {
		question += "; none means no data"
	}
	return inBrackets(line{"data", attr.ToDo, question})
}

// choose returns the line of an attribute: the only answer that there is, or TODO and those to choose from. Without any, it has no value.
func choose(key string, answers []string, question func([]string) string) line {
	switch len(answers) {
	case 0:
		return line{key: key}
	case 1:
		return line{key, answers[0], ""}
	default:
		return line{key, attr.ToDo, question(answers)}
	}
}

// oneOf and someOf list answers: of which one applies, and of which several may apply.
func oneOf(answers []string) string  { return list("one of", answers) }
func someOf(answers []string) string { return list("one or more of", answers) }

func list(which string, answers []string) string {
	if len(answers) == 1 {
		which = "approved:"
	}
	return which + " " + strings.Join(answers, ", ")
}

// inBrackets makes the value of a line a list.
func inBrackets(l line) line {
	l.value = "[" + l.value + "]"
	return l
}

// Under returns the entry as lines to paste into the list of a manifest, and where in the list they belong, as the end of an instruction.
func (d Draft) Under(m *Manifest) (lines, where string) {
	d = d.In(m)
	switch {
	case m.Form.Flow && len(m.Uses) > 0:
		return d.flow(m.Form.Indent) + "\n", ", inside the brackets, with a comma between it and the entry in front of it,"
	case len(m.Uses) == 0 && len(m.Problems) == 0: // an item cannot follow []
		return d.block(margin), ", in place of [],"
	default:
		return d.block(m.Form.Indent), ""
	}
}

// In returns the entry as it is in a manifest: it asks for an owner if neither has one.
func (d Draft) In(m *Manifest) Draft {
	if d.Owner == "" && m.Owner.Value == "" {
		d.Owner = attr.ToDo
	}
	return d
}

// Start returns the first lines of a manifest, before its vendors. Without an owner, it asks for one.
func Start(owner string) string {
	if owner == "" || NoOwner(owner) {
		owner = attr.ToDo + " # the team that owns these uses"
	}
	return "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: " + owner + "\n"
}

// File returns a new manifest with the entry.
func (d Draft) File(owner string) []byte {
	return append([]byte(Start(owner)+"vendors:\n"), d.Bytes()...)
}

// words formats the items of a flow sequence.
func words(items []string) string { return "[" + strings.Join(items, ", ") + "]" }

func quoted(items []string) []string {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = strconv.Quote(item)
	}
	return out
}

func secrets(names []string) []string {
	var out []string
	for _, name := range names {
		if attr.Check(attr.Secret, name) == nil && strings.IndexFunc(name, func(r rune) bool { return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') }) < 0 {
			out = append(out, name)
		}
	}
	return out
}
