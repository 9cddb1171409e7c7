package gate

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// DraftEntry returns a manifest entry for a vendor: what its record allows, where that leaves no choice, and what the code shows. Both
// may be nil. The entry contains no text of the repository except names of secrets, and hosts that a pattern of the record matches.
func DraftEntry(id string, known *registry.Vendor, seen *detect.Vendor) manifest.Draft {
	d := manifest.Draft{ID: id}
	if known == nil || known.Record == nil {
		return d
	}
	get := func(path string) []string { return known.Record.Get(path).Texts() }
	d.Environments, d.Data = get("scope.environments"), get("scope.data_classes")
	d.Purpose = only(get("scope.purposes"))
	if versions, _ := known.Version("", ""); !strings.ContainsAny(only(versions), "<>=~^!*, ") { // not a constraint
		d.APIVersion = only(versions)
	}
	if methods := get("scope.auth_methods"); len(methods) > 0 {
		d.AuthMethod = only(methods)
	} else {
		d.AuthMethod = only(get("authentication.methods"))
	}
	if seen != nil {
		addSeen(&d, known.Identity(), seen)
	}
	if host := only(known.Hosts().Texts()); len(d.Endpoints) == 0 && host != "" && !strings.HasPrefix(host, "*") {
		d.Endpoints = []string{"https://" + host}
	}
	return d
}

// addSeen adds the hosts, packages and names of secrets that the code shows, if the vendor is known by them. Hints count if there is
// nothing better.
func addSeen(d *manifest.Draft, known registry.Identity, seen *detect.Vendor) {
	names := slices.DeleteFunc(slices.Clone(seen.Names), func(s detect.Sighting) bool { return s.Confidence < detect.Likely })
	if seen.Sightings[0].Confidence < detect.Likely {
		names = seen.Names
	}
	for _, s := range names {
		switch s.Kind {
		case detect.KindHost:
			called := func(pattern string) bool { return scalar.HostMatches(pattern, s.Text) }
			if url := "https://" + s.Text; slices.ContainsFunc(known.APIHosts, called) && attr.Check(attr.Endpoint, url) == nil {
				d.Endpoints = append(d.Endpoints, url)
			}
		case detect.KindPackage:
			for _, purl := range known.SDKs {
				if packageName(purl) == s.Text && isManager(s.File, purl) {
					d.SDKs = append(d.SDKs, purl)
				}
			}
		case detect.KindEnv, detect.KindSecret:
			d.Secrets = append(d.Secrets, s.Text)
		default:
		}
	}
	for _, list := range []*[]string{&d.Endpoints, &d.SDKs, &d.Secrets} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
}

// packageName returns the name of a package, as its manager writes it.
func packageName(purl string) string {
	_, name, _ := strings.Cut(purl, "/")
	if plain, err := url.PathUnescape(name); err == nil {
		return plain
	}
	return name
}

// isManager reports whether the manifest of a package manager can name a package. A name may be that of packages in several ecosystems.
func isManager(file, purl string) bool {
	base := strings.ToLower(path.Base(file))
	for _, m := range [][2]string{
		{"package.json", "npm"},
		{"deno.json", "npm"},
		{"gemfile", "gem"},
		{"composer.json", "composer"},
		{"go.mod", "golang"},
		{"mix.exs", "hex"},
		{"cargo.toml", "cargo"},
		{"pubspec.yaml", "pub"},
		{"podfile", "cocoapods"},
		{"package.swift", "swift"},
		{"pom.xml", "maven"},
		{"build.gradle", "maven"},
		{"libs.versions.toml", "maven"},
		{"packages.props", "nuget"},
		{"packages.config", "nuget"},
		{".csproj", "nuget"},
		{"requirements", "pypi"},
		{"pyproject.toml", "pypi"},
		{"pipfile", "pypi"},
		{"setup.", "pypi"},
		{"environment.y", "pypi"},
	} {
		if strings.Contains(base, m[0]) {
			return strings.HasPrefix(purl, "pkg:"+m[1]+"/")
		}
	}
	return true
}

// only returns the item of a list that has just one.
func only(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return ""
}
