package gate

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// DraftEntry returns a manifest entry for a vendor: what the code shows, and what its record allows to choose from. Both may be nil. If the
// record only names patterns of hosts, those of no known vendor that match them count, too. The entry contains no text of the repository
// except names of secrets, and hosts that a pattern of the record matches.
func DraftEntry(id string, known *registry.Vendor, seen *detect.Vendor, unknown []detect.UnknownHost) manifest.Draft {
	d := manifest.Draft{ID: id}
	if known == nil || known.Record == nil {
		return d
	}
	get := func(path string) []string { return known.Record.Get(path).Texts() }
	c := manifest.Choice{
		Purposes: get("scope.purposes"), Environments: get("scope.environments"), Data: get("scope.data_classes"),
		APIVersions: choiceOfVersion(known), Endpoints: choiceOfEndpoints(known), AuthMethods: choiceOfMethod(known),
	}
	if known.Record.Get("status").Text == "pilot" {
		c.Environments, c.Data = inPilot(c.Environments, c.Data)
	}
	d.Choice = c
	if seen != nil {
		addSeen(&d, known.Identity(), seen)
	}
	if len(d.Endpoints)+len(c.Endpoints) == 0 {
		d.Endpoints = matching(known.Hosts(), seen, unknown)
	}
	return d
}

// inPilot returns the environments and data classes of a record that a pilot permits.
func inPilot(environments, classes []string) (ownEnvironments, ownClasses []string) {
	ownEnvironments = slices.DeleteFunc(slices.Clone(environments), func(env string) bool { return env == "prod" })
	if len(ownEnvironments) == 0 {
		ownEnvironments = []string{"sandbox"}
	}
	ownClasses = slices.DeleteFunc(slices.Clone(classes), func(class string) bool { return !slices.Contains(subject.PilotClasses(), class) })
	if len(ownClasses) == 0 {
		ownClasses = []string{"none"}
	}
	return ownEnvironments, ownClasses
}

// choiceOfVersion returns the versions that a use may state: the current ones, if there are any. What is no limit and leaves a choice is not
// asked.
func choiceOfVersion(known *registry.Vendor) []string {
	approved, _ := known.Version("", "")
	exact := slices.DeleteFunc(slices.Clone(approved), func(v string) bool { return strings.ContainsAny(v, "<>=~^!*, ") }) // constraints
	if len(approved) > 1 && !limits(known, known.Versions()) {
		return nil
	}
	_, current := known.FindVersion("", "")
	if out := slices.DeleteFunc(slices.Clone(exact), func(v string) bool { return !slices.Contains(current, v) }); len(out) > 0 {
		return out
	}
	return exact
}

// choiceOfMethod returns the ways to authenticate that a use may state: the acceptable ones, if there are any.
func choiceOfMethod(known *registry.Vendor) []string {
	methods := known.AuthMethods()
	if len(methods.Texts()) > 1 && !limits(known, methods) {
		return nil
	}
	out := slices.DeleteFunc(slices.Clone(methods.Texts()), func(m string) bool { return slices.Contains(vocab.ForbiddenAuth(), m) })
	if len(out) == 0 {
		return methods.Texts()
	}
	return out
}

// choiceOfEndpoints returns the hosts that a use may call, as far as they are hosts: all that the record limits the use to, or the only one
// that is known.
func choiceOfEndpoints(known *registry.Vendor) []string {
	hosts := known.Hosts()
	if len(hosts.Texts()) > 1 && !limits(known, hosts) {
		return nil
	}
	var out []string
	for _, host := range hosts.Texts() {
		if !strings.HasPrefix(host, "*") {
			out = append(out, "https://"+host)
		}
	}
	return out
}

// matching returns the hosts in the code that patterns of a record match, however sure it is that the code calls them.
func matching(patterns *attr.Value, seen *detect.Vendor, unknown []detect.UnknownHost) []string {
	var hosts, out []string
	if seen != nil {
		for _, s := range slices.Concat(seen.Names, seen.Sightings) {
			if s.Kind == detect.KindHost {
				hosts = append(hosts, s.Text)
			}
		}
	}
	for i := range unknown {
		hosts = append(hosts, unknown[i].Host)
		for _, other := range unknown[i].Others {
			hosts = append(hosts, other.Host)
		}
	}
	for _, host := range hosts {
		called := func(pattern string) bool { return scalar.HostMatches(pattern, host) }
		if url := "https://" + host; slices.ContainsFunc(patterns.Texts(), called) && attr.Check(attr.Endpoint, url) == nil {
			out = append(out, url)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// limits reports whether a list is the organisation's own. What a record inherits from the catalogue limits nothing.
func limits(known *registry.Vendor, list *attr.Value) bool {
	return known.Reviewed() && list.Known() && list.Pos.File == known.File
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

// Draft returns one manifest with the entries of all findings that each propose a whole one, and the findings without them if they
// differ. It is empty if there are none. Unknown hosts are left out: an entry for one fails the check until its vendor is approved.
func Draft(findings []diag.Finding) (draft string, rest []diag.Finding) {
	start := string(manifest.Draft{}.File(""))
	start, _, _ = strings.Cut(start, "  - ")
	var entries []string
	var from []int
	for i, f := range findings {
		if entry, whole := strings.CutPrefix(f.Paste, start); whole && f.Rule != rules.UnknownHost {
			if from = append(from, i); !slices.Contains(entries, entry) {
				entries = append(entries, entry)
			}
		}
	}
	if len(from) == 0 {
		return "", findings
	}
	rest = slices.Clone(findings)
	for _, i := range from {
		if len(entries) > 1 {
			rest[i].Paste = ""
		}
	}
	return start + strings.Join(entries, ""), rest
}
