package deps

import (
	"path"
	"slices"
	"strings"
)

// MayUse reports whether a source file is in a language whose packages a manifest can list, by the names of both files.
func MayUse(manifest, source string) bool {
	return slices.Contains(strings.Fields(Sources(manifest)), path.Ext(source))
}

// Sources returns the endings of source files that may use the packages of a manifest, by its name, with blanks between them. It is empty
// for a Dockerfile, whose packages are tools.
func Sources(manifest string) string {
	switch base := path.Base(manifest); base {
	case "package.json", "deno.json", "deno.jsonc":
		return ".js .jsx .mjs .cjs .ts .tsx .mts .cts .vue .svelte .astro .coffee .html"
	case "composer.json":
		return ".php .phtml .inc"
	case "go.mod":
		return ".go"
	case "pyproject.toml", "Pipfile", "setup.py", "setup.cfg", "environment.yml", "environment.yaml":
		return ".py .pyw .pyi .ipynb"
	case "Cargo.toml":
		return ".rs"
	case "pom.xml", "libs.versions.toml", "build.gradle", "build.gradle.kts", "deps.edn", "project.clj":
		return ".java .kt .kts .gradle .scala .groovy .clj"
	case "Gemfile", "gems.rb":
		return ".rb .erb .rake .ru"
	case "mix.exs":
		return ".ex .exs .eex .heex .leex"
	case "pubspec.yaml":
		return ".dart"
	case "Podfile", "Package.swift", "Cartfile", "Cartfile.private":
		return ".swift .m .mm .h"
	default:
		switch ext := path.Ext(base); {
		case base == "Dockerfile" || strings.HasPrefix(base, "Dockerfile."):
			return ""
		case ext == ".txt" || ext == ".in":
			return Sources("setup.py")
		case ext == ".gemspec":
			return Sources("Gemfile")
		case ext == ".sbt":
			return Sources("pom.xml")
		default: // of .NET
			return ".cs .fs .vb .csx .fsx .razor .cshtml"
		}
	}
}
