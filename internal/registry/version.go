package registry

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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

// Version judges a version of one of the vendor's APIs against the approved ones; api may be empty. approved lists them
// as they are written; ok says whether one of them admits the version.
func (v *Vendor) Version(api, version string) (approved []string, ok bool) {
	for _, rule := range v.versions {
		if rule.api != "" && api != "" && rule.api != api {
			continue
		}
		approved = append(approved, rule.text)
		if rule.matches == nil {
			ok = ok || rule.text == version
		} else {
			ok = ok || rule.matches(version)
		}
	}
	return approved, ok
}

// APIs lists the ids of the vendor's APIs.
func (v *Vendor) APIs() []string {
	var out []string
	for _, a := range v.Record.Get("apis").Records {
		out = append(out, a.Get("id").Text)
	}
	return out
}

// APIVersion is what a record says of one version.
type APIVersion struct {
	ID     string
	Status *attr.Value
	Sunset *attr.Value
}

// worse orders versions by how near their end they are: retired, then by sunset, then deprecated.
func (a *APIVersion) worse(b *APIVersion) bool {
	rank := func(v *APIVersion) int {
		return slices.Index([]string{"retired", "deprecated", "supported", "current"}, v.Status.Text)
	}
	if (rank(a) == 0) != (rank(b) == 0) {
		return rank(a) == 0
	}
	if a.Sunset.Known() != b.Sunset.Known() {
		return a.Sunset.Known()
	}
	return cmp.Or(a.Sunset.Day.Compare(b.Sunset.Day), cmp.Compare(rank(a), rank(b))) < 0
}

// FindVersion finds a version in the record's APIs, in any equivalent spelling of its scheme. api may be empty. If
// several entries match, it returns the one that ends first. current lists the versions with that status.
func (v *Vendor) FindVersion(api, version string) (found *APIVersion, current []string) {
	scheme := v.Record.Get("api_version_scheme").Text
	for _, a := range v.Record.Get("apis").Records {
		if api != "" && a.Get("id").Text != api {
			continue
		}
		for _, r := range a.Get("versions").Records {
			if r.Get("status").Text == "current" {
				current = append(current, r.Get("id").Text)
			}
			if !sameVersion(scheme, r.Get("id").Text, version) {
				continue
			}
			if this := (&APIVersion{ID: r.Get("id").Text, Status: r.Get("status"), Sunset: r.Get("sunset")}); found == nil || this.worse(found) {
				found = this
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
		x, okX := parseSemver(a)
		y, okY := parseSemver(b)
		return okX && okY && x.Equal(y)
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
