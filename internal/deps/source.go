package deps

import (
	"path"
	"slices"
	"strings"
)

// MayUse reports whether a source file is in a language whose packages a manifest can list, by the names of both files.
func MayUse(manifest, source string) bool {
	var endings string
	switch path.Base(manifest) {
	case "package.json":
		endings = ".js .jsx .mjs .cjs .ts .tsx .mts .cts .vue .svelte .astro .coffee .html"
	case "composer.json":
		endings = ".php .phtml .inc"
	case "go.mod":
		endings = ".go"
	case "pyproject.toml", "Pipfile":
		endings = ".py .pyw .pyi .ipynb"
	case "Cargo.toml":
		endings = ".rs"
	case "pom.xml", "libs.versions.toml":
		endings = ".java .kt .kts .scala .groovy .clj"
	default: // of .NET
		endings = ".cs .fs .vb .csx .fsx .razor .cshtml"
	}
	return slices.Contains(strings.Fields(endings), path.Ext(source))
}
