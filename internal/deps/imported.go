package deps

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// CodeOf returns the ecosystem of a file of code in which a package that a program uses is imported under its own name; empty for other
// files. Ruby requires all packages of a Gemfile, Java and PHP find theirs at run time, and a namespace of C# says little about its package.
func CodeOf(name string) string {
	switch path.Ext(name) {
	case ".go":
		return "golang"
	case ".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".vue", ".svelte", ".astro":
		return "npm"
	case ".py":
		return "pypi"
	case ".rs":
		return "cargo"
	}
	return ""
}

// Imported returns the ecosystems of the code of a repository, as CodeOf returns them. Python is left out if a manifest lists a framework
// that imports packages of others itself, when it needs them.
func Imported(names []string, read func(name string) []byte) map[string]bool {
	out := map[string]bool{}
	for _, name := range names {
		if ecosystem := CodeOf(name); ecosystem != "" {
			out[ecosystem] = true
		}
	}
	if out["pypi"] && slices.ContainsFunc(names, func(name string) bool { return mayListPython(name) && importsItself(name, read(name)) }) {
		delete(out, "pypi")
	}
	return out
}

func mayListPython(name string) bool {
	base := path.Base(name)
	return slices.Contains([]string{"pyproject.toml", "Pipfile", "setup.py", "setup.cfg", "environment.yml", "environment.yaml"}, base) || path.Ext(base) == ".txt" && Is(name)
}

func importsItself(name string, data []byte) bool {
	found, _ := Read(name, data) // what could be read counts
	return slices.ContainsFunc(found, func(d Dependency) bool { return d.Ecosystem == "pypi" && frameworks().MatchString(d.Name) })
}

//nolint:gochecknoglobals // compiled once
var frameworks = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:langchain|llama[-_]index|haystack|farm-haystack|transformers$|sentence-transformers|datasets$|(?:py)?autogen|crewai|litellm|apache-airflow|dbt-|dagster|prefect|fsspec|dask|celery|kombu|django-storages|mlflow|apache-superset|kedro|meltano)`)
})

// Hidden reports whether a program may use the package without an import of its name: because it may be imported under another name, or
// because a tool or a library loads it by itself.
func (d Dependency) Hidden() bool {
	name := strings.ToLower(d.Name)
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == '.' })
	has := func(of ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return slices.Contains(of, word) })
	}
	switch {
	case d.Renamed:
		return true
	case d.Ecosystem == "pypi":
		loaded := has("pytest", "mkdocs", "sphinx", "flake8", "airflow", "dbt", "sqlalchemy", "keyring", "keyrings", "plugin", "instrumentation", "cli", "boto3", "s3fs", "gcsfs", "adlfs")
		return loaded || has("python", "py", "python3", "client", "api", "lib", "django", "dj", "flask", "fastapi") || strings.HasPrefix(name, "py") || strings.HasSuffix(name, "py")
	case d.Ecosystem == "cargo":
		return has("rust", "rs", "async", "client", "api", "sys", "lib") || strings.HasSuffix(name, "rs")
	}
	return false
}
