package manifest

import (
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
)

// Draft is an entry for a vendor that its author still has to complete. Empty attributes that an entry needs get a cautious value.
type Draft struct {
	ID           string
	Use          string   // its name, if there are other uses of the vendor
	Seen         []string // places in the code, for comments; text of the repository
	Purpose      string   // an id
	Owner        string   // empty if the manifest has one
	Environments []string
	Data         []string // classes
	APIVersion   string
	Endpoints    []string
	AuthMethod   string
	SDKs         []string // purls
	Secrets      []string // names that are no valid name of a secret are left out
}

// Bytes returns the entry as an item of a block sequence, indented by two spaces. Lines that end in a comment with a question mark are
// for the author to answer.
func (d Draft) Bytes() []byte {
	var out strings.Builder
	for _, place := range d.Seen {
		out.WriteString("  # " + place + "\n")
	}
	out.WriteString("  - id: " + d.ID + "\n")
	line := func(key, value, question string) {
		if value == "" || value == "[]" {
			return
		}
		out.WriteString("    " + key + ": " + value)
		if question != "" {
			out.WriteString(" # ? " + question)
		}
		out.WriteByte('\n')
	}
	line("use", d.Use, "")
	if d.Purpose == "" {
		line("purpose", "TODO", "what you use it for, in a few words")
	} else {
		line("purpose", d.Purpose, "")
	}
	line("owner", d.Owner, "")
	line("environments", words(d.Environments, "prod"), "where you call it: dev, test, sandbox, staging, prod")
	line("data", words(d.Data, "confidential"), "what you send or receive, such as personal, cardholder; [none] for no data")
	if d.APIVersion != "" {
		line("api", "{version: "+strconv.Quote(d.APIVersion)+"}", "the version that the code pins")
	}
	line("endpoints", words(quoted(d.Endpoints), ""), "")
	line("auth_method", d.AuthMethod, "")
	line("sdks", words(quoted(d.SDKs), ""), "")
	line("secrets", words(secrets(d.Secrets), ""), "")
	return []byte(out.String())
}

// Start returns the first lines of a manifest, before its vendors.
func Start(owner string) string {
	return "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: " + owner + "\n"
}

// File returns a new manifest with the entry. Without an owner, it asks for one.
func (d Draft) File(owner string) []byte {
	if owner == "" {
		owner = "TODO # ? the team that owns these uses"
	}
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
