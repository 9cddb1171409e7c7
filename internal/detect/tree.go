package detect

import (
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/vendorgate/vendorgate/internal/deps"
	"github.com/vendorgate/vendorgate/internal/owner"
	"github.com/vendorgate/vendorgate/internal/search"
)

func newTree(files contents, c *Catalogue, names []string) *tree {
	if !slices.IsSorted(names) {
		names = slices.Sorted(slices.Values(names))
	}
	t := &tree{files: files, c: c, names: names, projects: map[string]bool{}}
	for _, name := range names {
		if deps.Is(name) && path.Ext(name) != ".txt" && !strings.HasPrefix(path.Base(name), "Dockerfile") {
			t.projects[path.Dir(name)] = true
		}
	}
	t.dependencies = remembered(t.readDependencies)
	t.vendored = remembered(t.isVendored)
	t.holds = remembered(t.isNamed)
	t.resolves = remembered(t.isBaseFolder)
	t.aliased = remembered(t.isAliased)
	t.loads = remembered(t.isLoaded)
	t.tested = remembered(t.hasTests)
	t.buildNames = remembered(t.isNamedByBuild)
	t.onlyManifest = remembered(func(languages string) string { return deps.Only(names, languages) })
	t.builds = sync.OnceValues(func() ([]deps.Build, bool) { return deps.Builds(names, t.read) })
	t.owners = sync.OnceValue(func() owner.Owner { return owner.Of(owner.Tree{Files: names, Read: t.read}) })
	t.trusted = t.owners
	return t
}

// remembered caches the answers to a question. It is safe for concurrent use, and asks once.
func remembered[T any](ask func(string) T) func(string) T {
	var answers sync.Map
	return func(question string) T {
		answer, ok := answers.Load(question)
		if !ok {
			answer, _ = answers.LoadOrStore(question, sync.OnceValue(func() T { return ask(question) }))
		}
		return answer.(func() T)() //nolint:forcetypeassert // nothing else is stored
	}
}

// trust makes the tree say whose it is by what its files said before a change. The author of a change must not decide which hosts are
// the organisation's own.
func (t *tree) trust(before func(file string) Earlier) {
	if before == nil {
		return
	}
	t.trusted = sync.OnceValue(func() owner.Owner {
		return owner.Of(owner.Tree{
			Files: t.names,
			Known: func(name string) bool { return before(name).There },
			Read: func(name string) []byte {
				if earlier := before(name); earlier.Changed {
					return earlier.Data
				}
				return t.read(name)
			},
		})
	})
}

// dependencies is what the manifests and lock files of a tree say about an ecosystem.
type dependencies struct {
	listed  bool         // there is such a file
	vendors map[int]bool // with packages of theirs
	calling map[int]bool // with packages of theirs that call somebody
	names   []string     // of the packages that name a vendor and call somebody, in lower case
}

// readDependencies returns what the manifests and lock files of the tree say about an ecosystem.
func (t *tree) readDependencies(ecosystem string) dependencies {
	out := dependencies{vendors: map[int]bool{}, calling: map[int]bool{}}
	also := ecosystem
	if ecosystem == "cocoapods" { // both are imported in the same way
		also = "swift"
	}
	var buffer []byte
	for _, name := range t.names {
		manifest := deps.Is(name)
		if !manifest && !slices.Contains(deps.MentionedIn(name), ecosystem) && !slices.Contains(deps.MentionedIn(name), also) || installed(name) {
			continue
		}
		var data []byte
		var reason string
		if data, buffer, reason = t.files.read(name, buffer); reason != "" {
			continue // the scan reports it
		}
		out.listed = out.listed || !manifest || lists(name, ecosystem)
		read := t.c.Mentioned
		if manifest {
			read = t.c.Packages
		}
		for _, h := range read(name, data) {
			if h.Ecosystem == ecosystem || h.Ecosystem == also {
				out.add(h)
			}
		}
	}
	return out
}

func (d *dependencies) add(h search.Hit) {
	if !h.Community {
		d.vendors[h.Vendor] = true
	}
	if h.Local {
		return
	}
	d.calling[h.Vendor] = true
	if name := strings.ToLower(h.Text); !slices.Contains(d.names, name) {
		d.names = append(d.names, name)
	}
}

// lists reports whether a manifest is one of an ecosystem in which names of imports need one, by its name.
func lists(manifest, ecosystem string) bool {
	base := path.Base(manifest)
	switch ecosystem {
	case "composer":
		return base == "composer.json"
	case "maven":
		return base == "pom.xml" || base == "libs.versions.toml" || base == "build.gradle" || base == "build.gradle.kts"
	case "hex":
		return base == "mix.exs"
	case "cocoapods":
		return base == "Podfile" || base == "Package.swift" || strings.HasPrefix(base, "Cartfile")
	case "pypi":
		return base == "pyproject.toml" || base == "Pipfile" || base == "setup.cfg" || base == "setup.py" || path.Ext(base) == ".txt"
	case "gem":
		return base == "Gemfile" || base == "gems.rb" || path.Ext(base) == ".gemspec"
	case "nuget":
		return base == "packages.config" || slices.Contains([]string{".csproj", ".fsproj", ".vbproj", ".props", ".targets"}, path.Ext(base))
	}
	return false
}

// consulted reports whether the content of a file, size bytes long, can matter for others: all that a tree reads.
func consulted(name string, size int64) bool {
	return deps.Is(name) || deps.MentionedIn(name) != nil || size <= maxConsulted && (isLicence(name) || isSettings(name) || isBuildManifest(name) || deps.IsBuild(name) || owner.Says(name))
}
