package registry

import (
	"fmt"
	"slices"
	"strings"
	"time"

	goversion "github.com/hashicorp/go-version"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
)

// versionRule is one entry of scope.api_versions: an exact version, or a constraint of the vendor's scheme.
type versionRule struct {
	text    string
	pos     diag.Pos
	matches func(version string) bool // nil: versions are equal or not
}

// Version judges a version of the vendor's API against the approved ones.
// approved lists them as they are written; ok says whether one of them admits the version.
func (v *Vendor) Version(version string) (approved []string, ok bool) {
	for _, rule := range v.versions {
		approved = append(approved, rule.text)
		if rule.matches == nil {
			ok = ok || rule.text == version
		} else {
			ok = ok || rule.matches(version)
		}
	}
	return approved, ok
}

// APIVersion is what a record says of one version.
type APIVersion struct {
	ID     string
	Status *attr.Value
	Sunset *attr.Value
}

// FindVersion looks a version up among the APIs of the record. api may be empty; one that the record does not have
// narrows nothing, or a wrong word would hide a sunset. The second result lists the versions of status current.
func (v *Vendor) FindVersion(api, version string) (found *APIVersion, current []string) {
	all := v.Record.Get("apis").Records
	if !slices.ContainsFunc(all, func(a *attr.Record) bool { return a.Get("id").Text == api }) {
		api = ""
	}
	scheme := v.Record.Get("api_version_scheme").Text
	for _, a := range all {
		if api != "" && a.Get("id").Text != api {
			continue
		}
		for _, r := range a.Get("versions").Records {
			if r.Get("status").Text == "current" {
				current = append(current, r.Get("id").Text)
			}
			if found == nil && sameVersion(scheme, r.Get("id").Text, version) {
				found = &APIVersion{ID: version, Status: r.Get("status"), Sunset: r.Get("sunset")}
			}
		}
	}
	return found, current
}

// sameVersion reports whether two spellings name one version: 1.0 and v1.0.0 do under semver, 2024-06-20 and
// 2024-06-20.acacia under date.
func sameVersion(scheme, a, b string) bool {
	if a == b {
		return true
	}
	switch scheme {
	case "semver":
		x, errX := goversion.NewVersion(a)
		y, errY := goversion.NewVersion(b)
		return errX == nil && errY == nil && !looksLikeDate(a) && !looksLikeDate(b) && x.Equal(y)
	case "date":
		x, okX := parseDateVersion(a)
		y, okY := parseDateVersion(b)
		return okX && okY && x.compare(y) == 0
	default:
		return false
	}
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
					rules = append(rules, versionRule{text: version.Get("id").Text, pos: version.Get("id").Pos})
				}
			}
		}
		return rules, nil
	}
	scheme := r.Get("api_version_scheme").Text
	var problems []diag.Problem
	for _, item := range list.Items {
		rule := versionRule{text: item.Text, pos: item.Pos}
		var err error
		switch {
		case scheme == "semver":
			rule.matches, err = semverRule(item.Text)
		case scheme == "date":
			rule.matches, err = dateRule(item.Text)
		case strings.ContainsAny(item.Text[:1], "<>=!~^"):
			err = fmt.Errorf("set api_version_scheme to semver or date; opaque versions are only equal or not")
		}
		if err != nil {
			problems = append(problems, diag.Problem{Pos: item.Pos, Message: fmt.Sprintf("scope.api_versions: %.60q cannot be compared", item.Text), Hint: err.Error()})
		}
		rules = append(rules, rule)
	}
	return rules, problems
}

// semverRule is a constraint on dotted versions, judged by go-version. Dates are refused: go-version takes 2023-10-16
// for 2023.0.0 with a pre-release.
func semverRule(text string) (func(string) bool, error) {
	for part := range strings.SplitSeq(text, ",") {
		if looksLikeDate(strings.TrimLeft(part, "<>=!~ v")) {
			return nil, fmt.Errorf("this is a date; set api_version_scheme to date")
		}
	}
	constraints, err := goversion.NewConstraint(text)
	if err != nil || len(constraints) == 0 {
		return nil, fmt.Errorf("write a dotted version, or a constraint such as \">= 2.1, < 3.0\"")
	}
	return func(version string) bool {
		if looksLikeDate(strings.TrimPrefix(version, "v")) {
			return false
		}
		v, err := goversion.NewVersion(version)
		return err == nil && v != nil && constraints.Check(v)
	}, nil
}

// dateRule is a constraint on versions that are days, with an optional label: 2024-06-20.acacia. go-version misorders
// those, so the comparison is our own: by day, then, where both have one, by label.
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
		case "", "=", "!=", "<", "<=", ">", ">=":
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

// looksLikeDate tells that text begins with the shape of a day, whether the calendar has it or not.
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
