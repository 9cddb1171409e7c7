package registry

import (
	"fmt"
	"strings"
	"time"
)

// dateVersion is a version that is a day, with an optional label: 2024-06-20.acacia. go-version misorders those, so the
// comparison is our own: by day, then, where both have one, by label.
type dateVersion struct{ day, label string }

func (d dateVersion) compare(other dateVersion) int {
	if c := strings.Compare(d.day, other.day); c != 0 || d.label == "" || other.label == "" {
		return c
	}
	return strings.Compare(d.label, other.label)
}

func parseDateVersion(text string) (dateVersion, bool) {
	day, label, labelled := strings.Cut(text, ".")
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return dateVersion{}, false
	}
	return dateVersion{day, label}, !labelled || label != ""
}

// dateRule returns a constraint on versions that are dates. All of its parts must hold.
func dateRule(text string) (func(string) bool, error) {
	type bound struct {
		operator string
		day      dateVersion
	}
	var bounds []bound
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		operator := part[:len(part)-len(strings.TrimLeft(part, "<>=!"))]
		day, ok := parseDateVersion(strings.TrimSpace(part[len(operator):]))
		switch operator {
		case "=", "!=", "<", "<=", ">", ">=":
		default:
			ok = false
		}
		if !ok {
			return nil, fmt.Errorf("write a day, or a constraint such as \">= 2024-06-20, < 2026-01-01\"")
		}
		bounds = append(bounds, bound{operator, day})
	}
	return func(version string) bool {
		v, ok := parseDateVersion(version)
		for _, b := range bounds {
			ok = ok && holds(v.compare(b.day), b.operator)
		}
		return ok
	}, nil
}

func holds(c int, operator string) bool {
	switch operator {
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case ">":
		return c > 0
	case ">=":
		return c >= 0
	case "!=":
		return c != 0
	default:
		return c == 0
	}
}

// looksLikeDate reports whether text begins with the shape of a day, whether the calendar has it or not.
func looksLikeDate(text string) bool {
	const shape = "0000-00-00"
	if len(text) < len(shape) {
		return false
	}
	for i, want := range []byte(shape) {
		if digit := text[i] >= '0' && text[i] <= '9'; digit != (want == '0') || !digit && text[i] != want {
			return false
		}
	}
	return true
}
