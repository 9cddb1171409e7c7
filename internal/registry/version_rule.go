package registry

import (
	"fmt"
	"strings"
	"time"

	goversion "github.com/hashicorp/go-version"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
)

// versionRule is one entry of scope.api_versions: an exact version, or a constraint of the vendor's scheme.
type versionRule struct {
	text    string
	api     string                    // the only API that it speaks of; empty for all
	matches func(version string) bool // nil for an exact version
}

// compileVersions reads scope.api_versions by the scheme of the record. Without that list the versions that the record
// knows and that are not retired are approved.
func compileVersions(r *attr.Record) ([]versionRule, []diag.Problem) {
	list := r.Get("scope.api_versions")
	var rules []versionRule
	if !list.Known() {
		for _, a := range r.Get("apis").Records {
			for _, version := range a.Get("versions").Records {
				if version.Get("status").Text != "retired" {
					rules = append(rules, versionRule{text: version.Get("id").Text, api: a.Get("id").Text})
				}
			}
		}
		return rules, nil
	}
	scheme := r.Get("api_version_scheme").Text
	var problems []diag.Problem
	for _, item := range list.Items {
		rule := versionRule{text: item.Text}
		constraint := strings.ContainsAny(item.Text[:1], "<>=!~^")
		var err error
		switch {
		case scheme == "semver" && constraint:
			rule.matches, err = semverRule(item.Text)
		case scheme == "semver":
			_, err = semverRule(item.Text) // which also takes a version without an operator
		case scheme == "date" && constraint:
			rule.matches, err = dateRule(item.Text)
		case scheme == "date":
			if _, ok := parseDateVersion(item.Text); !ok {
				err = fmt.Errorf("write a day, or a constraint such as \">= 2024-06-20, < 2026-01-01\"")
			}
		case constraint:
			err = fmt.Errorf("set api_version_scheme to semver or date; opaque versions cannot be ordered")
		}
		if err != nil {
			problems = append(problems, diag.Problem{Pos: item.Pos, Message: fmt.Sprintf("scope.api_versions: %.60q cannot be compared", item.Text), Hint: err.Error()})
		}
		rules = append(rules, rule)
	}
	return rules, problems
}

// parseSemver reads a dotted version. It refuses dates, because go-version reads 2023-10-16 as 2023.0.0 with a
// pre-release.
func parseSemver(text string) (*goversion.Version, bool) {
	if looksLikeDate(strings.TrimPrefix(text, "v")) {
		return nil, false
	}
	v, err := goversion.NewVersion(text)
	return v, err == nil && v != nil
}

// semverRule returns a constraint on dotted versions, evaluated by go-version. It refuses "~> 1", which go-version
// reads as any version from 1 on.
func semverRule(text string) (func(string) bool, error) {
	for part := range strings.SplitSeq(text, ",") {
		bare := strings.TrimLeft(part, "<>=!~ v")
		if looksLikeDate(bare) {
			return nil, fmt.Errorf("this is a date; set api_version_scheme to date")
		}
		if strings.Contains(part, "~>") && !strings.Contains(bare, ".") {
			return nil, fmt.Errorf("write ~> with two numbers: \"~> 1.0\" admits 1.x, and nothing else would be meant by \"~> 1\"")
		}
	}
	constraints, err := goversion.NewConstraint(text)
	if err != nil || len(constraints) == 0 {
		return nil, fmt.Errorf("write a dotted version, or a constraint such as \">= 2.1, < 3.0\"")
	}
	return func(version string) bool {
		v, ok := parseSemver(version)
		return ok && constraints.Check(v)
	}, nil
}

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
