package registry

import (
	"cmp"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
)

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

// LimitsVersions reports whether the record says which versions of an API may be used; api may be empty.
func (v *Vendor) LimitsVersions(api string) bool {
	return v.Record.Get("scope.api_versions").Known() || slices.ContainsFunc(v.Record.Get("apis").Records, func(a *attr.Record) bool {
		return (api == "" || a.Get("id").Text == api) && len(a.Get("versions").Records) > 0
	})
}

// Versions returns where the record says which versions may be used: scope.api_versions, or apis.
func (v *Vendor) Versions() *attr.Value { return firstKnown(v.Record, "scope.api_versions", "apis") }

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
