package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/explain"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// NearestTopic says what to explain instead of a name that nothing has: an attribute or a group of attributes, one that the name may be a
// value of, a rule, a requirement or a vendor. The nearest of them wins, and the earlier one if two are equally near.
func NearestTopic(name string, known *registry.Registry, p *policy.Policy) string {
	parts := map[string]string{} // by the part of a path: what to say
	var choices []string
	add := func(part, hint string) {
		if parts[part] == "" {
			parts[part] = hint
			choices = append(choices, part)
		}
	}
	rows := record.Table().Rows
	for _, row := range rows {
		add(row.Path[strings.LastIndexByte(row.Path, '.')+1:], fmt.Sprintf("did you mean %q?", row.Path))
		add(row.Path, fmt.Sprintf("did you mean %q?", row.Path))
	}
	for _, row := range rows {
		segments := strings.Split(row.Path, ".")
		for i := range segments[:len(segments)-1] {
			group := strings.TrimSuffix(strings.Join(segments[:i+1], "."), "[]")
			add(group, fmt.Sprintf("did you mean %q?", group))
			add(strings.TrimSuffix(segments[i], "[]"), fmt.Sprintf("did you mean %q?", group))
		}
	}
	if parts[name] != "" {
		return parts[name]
	}
	if path, value := valueOf(name, rows); path != "" {
		return fmt.Sprintf("%q is a value of %q; explain that attribute", value, path)
	}
	if class := cmp.Or(diag.Synonym(name, p.Classes()), name); slices.Contains(p.Classes(), class) {
		return fmt.Sprintf("%q is a data class; explain %q", class, "scope.data_classes")
	}
	if severity := cmp.Or(diag.Synonym(name, diag.Severities()), name); slices.Contains(diag.Severities(), severity) {
		return fmt.Sprintf("%q is a severity; `vendorgate explain` lists the rules, and `vendorgate explain VG-APR-003` shows those of one", severity)
	}
	if path := topic(name); path != "" {
		return fmt.Sprintf("did you mean %q?", path)
	}
	choices = append(choices, explain.IDs()...)
	for _, q := range p.Requirements {
		choices = append(choices, q.ID)
	}
	choices = append(choices, ControlNames(p)...)
	switch near := diag.Nearest(name, append(choices, known.IDs()...)); {
	case near == "":
		return "`vendorgate explain` lists the rules and requirements"
	case parts[near] != "":
		return parts[near]
	default:
		return fmt.Sprintf("did you mean %q?", near)
	}
}

// valueOf finds the first attribute that has a word, or what people mean by it, as one of its values.
func valueOf(word string, rows []attr.Row) (path, value string) {
	for _, row := range rows {
		if row.Type != attr.Enum || len(word) < 3 {
			continue
		}
		folded := strings.ToLower(strings.ReplaceAll(word, "_", "-"))
		if slices.Contains(row.Values, folded) {
			return row.Path, folded
		}
		if meant := diag.Synonym(word, row.Values); meant != "" {
			return row.Path, meant
		}
	}
	return "", ""
}

// topic returns the attribute about what a part of a word stands for, such as a protocol; "" if there is none.
func topic(word string) string {
	parts := strings.FieldsFunc(strings.ToLower(word), func(r rune) bool { return strings.ContainsRune("-_. ", r) })
	for _, t := range []struct{ prefixes, path string }{
		{"tls ssl https", "encryption.in_transit.min_tls"},
		{"aes chacha20 3des cipher", "encryption.at_rest.algorithm"},
		{"byok hyok", "encryption.at_rest.key_management"},
		{"2fa mfa totp fido passkey", "access.mfa.enforced"},
		{"residency location locality", "scope.regions"},
	} {
		for prefix := range strings.FieldsSeq(t.prefixes) {
			if slices.ContainsFunc(parts, func(part string) bool { return strings.HasPrefix(part, prefix) }) {
				return t.path
			}
		}
	}
	return ""
}
