package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
)

// template is a message with placeholders.
type template struct {
	text string
	set  bool
}

func (t template) or(other template) template {
	if t.set {
		return t
	}
	return other
}

func placeholders() []string {
	return []string{"vendor", "name", "tier", "value", "attribute", "category", "owner"}
}

// template reads a text and checks its placeholders.
func (l *loader) template(v *attr.Value) template {
	if !v.Known() {
		return template{}
	}
	rest := v.Text
	for {
		_, after, found := strings.Cut(rest, "{")
		if !found {
			break
		}
		name, tail, closed := strings.Cut(after, "}")
		if !closed || !slices.Contains(placeholders(), name) {
			hint := "use one of {" + strings.Join(placeholders(), "}, {") + "}"
			if near := diag.Nearest(name, placeholders()); near != "" && closed {
				hint = fmt.Sprintf("did you mean {%s}?", near)
			}
			l.problem(v.Pos, fmt.Sprintf("unknown placeholder %q", "{"+FirstRunes(name, 40)+"}"), hint)
			break
		}
		rest = tail
	}
	return template{text: v.Text, set: true}
}

// fill replaces the placeholders.
func (t template) fill(words func(placeholder string) string) string {
	if !strings.Contains(t.text, "{") {
		return t.text
	}
	var pairs []string
	for _, p := range placeholders() {
		pairs = append(pairs, "{"+p+"}", words(p))
	}
	return strings.NewReplacer(pairs...).Replace(t.text)
}
