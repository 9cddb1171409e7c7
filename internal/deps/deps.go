// Package deps reads direct dependencies from the manifests of package managers. It does not read lock files, in which
// direct and transitive dependencies look alike, and it does not resolve versions.
//
// # Why
//
// Libraries read manifests in JSON, TOML, XML and go.mod. Manifests that are programs (Gemfile, mix.exs, build.gradle,
// Package.swift, setup.py, build.sbt, Podfile, Dockerfile) are not run. They are searched for the usual form of a dependency, so dependencies that the
// program computes are not found.
package deps

import (
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/lexer"
)

type reader func(name string, data []byte) ([]Dependency, error)

// Is reports whether a file is a package manager's manifest, by its name.
func Is(name string) bool { return readerOf(name) != nil }

// Read lists the dependencies in a manifest, in file order. It returns nil for any other file. With an error, it also
// returns what was read before it.
func Read(name string, data []byte) ([]Dependency, error) {
	read := readerOf(name)
	if read == nil {
		return nil, nil
	}
	found, err := read(name, data)
	found = slices.DeleteFunc(found, func(d Dependency) bool { return d.Name == "" })
	return outsideComments(name, data, found), err
}

func readerOf(name string) reader {
	base := path.Base(name)
	switch base {
	case "package.json":
		return npm
	case "composer.json":
		return composer
	case "go.mod":
		return gomod
	case "pyproject.toml":
		return pyproject
	case "Pipfile":
		return pipfile
	case "Cargo.toml":
		return cargo
	case "libs.versions.toml":
		return gradleCatalogue
	case "pom.xml":
		return maven
	case "Directory.Packages.props", "Directory.Build.props", "packages.config":
		return nuget
	case "Gemfile", "gems.rb":
		return gemfile
	case "mix.exs":
		return mix
	case "build.gradle", "build.gradle.kts":
		return gradle
	case "pubspec.yaml":
		return pubspec
	case "Package.swift":
		return swift
	case "setup.py":
		return setup
	case "setup.cfg":
		return setupConfig
	case "environment.yml", "environment.yaml":
		return conda
	case "Podfile":
		return podfile
	case "Cartfile", "Cartfile.private":
		return cartfile
	case "deps.edn", "project.clj":
		return clojure
	case "deno.json", "deno.jsonc":
		return deno
	}
	if base == "Dockerfile" || strings.HasPrefix(base, "Dockerfile.") {
		return installed
	}
	switch path.Ext(base) {
	case ".csproj", ".fsproj", ".vbproj":
		return nuget
	case ".sbt":
		return sbt
	case ".gemspec":
		return gemspec
	case ".txt", ".in":
		if strings.Contains(base, "requirements") || path.Base(path.Dir(name)) == "requirements" {
			return requirements
		}
	}
	return nil
}

// outsideComments drops matches in comments.
func outsideComments(name string, data []byte, found []Dependency) []Dependency {
	family := lexer.Of(name)
	if len(found) == 0 || family == lexer.Text || family == lexer.JSON || family == lexer.HTML || family == lexer.Settings {
		return found
	}
	places := make([]int, len(found))
	for i, d := range found {
		places[i] = d.Offset
	}
	out := found[:0]
	for i, span := range lexer.At(family, data, places) {
		if span.State != lexer.Comment {
			out = append(out, found[i])
		}
	}
	return out
}
