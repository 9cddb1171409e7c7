package manifest

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
)

// Draft is an entry for a vendor that its author still has to complete. Empty attributes that an entry needs are TODO, which a check refuses.
type Draft struct {
	ID           string
	Use          string   // its name, if there are other uses of the vendor
	Seen         []string // places in the code, for comments; text of the repository
	Purpose      string   // an id
	Owner        string   // empty if the manifest has one
	Environments []string
	Data         []string // classes
	APIVersion   string
	APIVersions  []string // those to choose from, if there are others
	Endpoints    []string
	AuthMethod   string
	AuthMethods  []string // those to choose from, if there are others
	SDKs         []string // purls
	Secrets      []string // names that are no valid name of a secret are left out
}

// Bytes returns the entry as an item of a block sequence, indented by two spaces. Lines that end in a comment with a question mark are
// for the author to answer.
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
	return " # ? " + l.question
}

// lines returns the attributes that have a value, the id first.
func (d Draft) lines() []line {
	api, purpose, owner := "", line{"purpose", d.Purpose, ""}, line{"owner", d.Owner, ""}
	if d.APIVersion != "" {
		api = "{version: " + strconv.Quote(d.APIVersion) + "}"
	}
	if d.Purpose == "" {
		purpose = line{"purpose", attr.ToDo, "what you use it for, in a few words"}
	}
	if d.Owner == unnamed {
		owner.question = "the team that owns this use"
	}
	return slices.DeleteFunc([]line{
		{"id", d.ID, ""},
		{"use", d.Use, ""},
		purpose,
		owner,
		{"environments", words(d.Environments, attr.ToDo), "where you call it: dev, test, sandbox, staging, prod"},
		{"data", words(d.Data, attr.ToDo), "what you send or receive, such as personal, cardholder; [none] for no data"},
		{"api", api, "the version that the code pins" + others(d.APIVersions)},
		{"endpoints", words(quoted(d.Endpoints), ""), ""},
		{"auth_method", d.AuthMethod, strings.TrimPrefix(others(d.AuthMethods), "; ")},
		{"sdks", words(quoted(d.SDKs), ""), ""},
		{"secrets", words(secrets(d.Secrets), ""), ""},
	}, func(l line) bool { return l.value == "" || l.value == "[]" })
}

// unnamed stands for an owner that the author must name.
const unnamed = attr.ToDo

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
		d.Owner = unnamed
	}
	return d
}

// others names what else an answer can be, as the end of a question.
func others(choice []string) string {
	if len(choice) < 2 {
		return ""
	}
	return "; approved: " + strings.Join(choice, ", ")
}

// Start returns the first lines of a manifest, before its vendors. Without an owner, it asks for one.
func Start(owner string) string {
	if owner == "" || NoOwner(owner) {
		owner = cmp.Or(owner, unnamed) + " # ? the team that owns these uses"
	}
	return "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: " + owner + "\n"
}

// File returns a new manifest with the entry.
func (d Draft) File(owner string) []byte {
	return append([]byte(Start(owner)+"vendors:\n"), d.Bytes()...)
}

// words formats the items of a flow sequence. other stands for none.
func words(items []string, other string) string {
	if len(items) == 0 {
		return "[" + other + "]"
	}
	return "[" + strings.Join(items, ", ") + "]"
}

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
