package gate

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/subject"
)

// maxAnswer is the maximum length of one value in a form, in bytes.
const maxAnswer = 200

// requestForm returns the URL to request a vendor; empty if base is. If base opens a new issue, the URL fills in the form from the
// manifest. The ids of its fields are vendor, repository, owner, purpose, environments and data.
func requestForm(u *subject.Subject, base string) string {
	form, err := url.Parse(base)
	if base == "" || err != nil || !strings.HasSuffix(form.Path, "/issues/new") {
		return base
	}
	answers := [][2]string{
		{"vendor", u.ID.Value},
		{"repository", u.Repository},
		{"owner", u.Owner.Value},
		{"purpose", u.Purpose.Value},
		{"environments", strings.Join(u.EnvironmentNames, ", ")},
		{"data", strings.Join(u.Classes, ", ")},
	}
	query := form.Query()
	query.Set("title", "Vendor request: "+u.ID.Value)
	var body strings.Builder
	for _, a := range answers {
		if value := cut(a[1], maxAnswer); value != "" {
			query.Set(a[0], value)
			body.WriteString("- " + a[0] + ": " + value + "\n")
		}
	}
	if !query.Has("template") {
		for _, a := range answers {
			query.Del(a[0])
		}
		query.Set("body", body.String())
	}
	form.RawQuery = query.Encode()
	return form.String()
}

// cut returns the first bytes of a text, at most so many, without splitting a character.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
