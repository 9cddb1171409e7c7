package detect

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode"
)

// defines reports whether the repository itself defines what a file imports and no manifest names the vendor's package. If a
// manifest names the package, a folder with the same name proves nothing.
func (t *tree) defines(file, imported string, w *weighed) bool {
	if w.Ecosystem == "cargo" && t.hasChild(file, imported) {
		return true // the language takes it for the module below this file, whatever the manifest names
	}
	if w.Ecosystem == "maven" || w.Ecosystem == "nuget" { // whose modules can be anywhere, which takes longer to look for
		return !t.depends(w.Vendor, w.Ecosystem) && t.hasModule(file, imported, w.Ecosystem)
	}
	return t.hasModule(file, imported, w.Ecosystem) && !t.depends(w.Vendor, w.Ecosystem)
}

// serves reports whether a package, or a module of it, is named as the client of the repository's own product, and not after the vendor:
// that of another deployment of the same program.
func (t *tree) serves(w *weighed, name string) bool {
	first, _, _ := strings.Cut(name, ".")
	if !strings.Contains(first, "client") && !strings.Contains(first, "sdk") {
		return false // the usual case, quickly
	}
	vendor := strings.ReplaceAll(t.c.ID(w.Vendor), "-", "")
	return !strings.Contains(strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(first)), vendor) && t.trusted().Client(first)
}

// hasChild reports whether a file of Rust has a module of the imported name below it: x.rs beside mod.rs, or a/x.rs below a.rs.
func (t *tree) hasChild(file, imported string) bool {
	first, _, _ := strings.Cut(imported, "::")
	dir, base := path.Split(file)
	switch base {
	case "mod.rs", "lib.rs", "main.rs":
	default:
		dir = strings.TrimSuffix(file, ".rs")
	}
	return t.has(path.Join(dir, first+".rs")) || t.has(path.Join(dir, first, "mod.rs"))
}

// hasModule reports whether the repository has the imported module where the language would look for it.
func (t *tree) hasModule(file, imported, ecosystem string) bool {
	switch ecosystem {
	case "pypi":
		whole := strings.ReplaceAll(imported, ".", "/")
		first, _, _ := strings.Cut(whole, "/")
		return slices.ContainsFunc(slices.Concat(t.roots(file, "src"), []string{path.Dir(file)}, t.above(file, first)), func(root string) bool {
			return t.has(path.Join(root, first+".py")) || t.has(path.Join(root, first, "__init__.py")) ||
				t.has(path.Join(root, whole+".py")) || t.hasBelow(path.Join(root, whole), ".py")
		})
	case "gem":
		return slices.ContainsFunc(t.roots(file, "lib", "app/lib"), func(root string) bool { return t.has(path.Join(root, imported+".rb")) })
	case "npm":
		first, _, _ := strings.Cut(imported, "/")
		endings := []string{".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".vue"}
		if slices.ContainsFunc(t.roots(file), func(project string) bool { return t.aliased(project + " " + first) }) {
			return true
		}
		return !strings.HasPrefix(first, "@") && slices.ContainsFunc(t.roots(file), t.resolves) && slices.ContainsFunc(t.roots(file, "src"), func(root string) bool {
			return t.hasBelow(path.Join(root, first), endings...) || slices.ContainsFunc(endings, func(e string) bool { return t.has(path.Join(root, first+e)) })
		})
	case "cargo":
		first, _, _ := strings.Cut(imported, "::")
		return slices.ContainsFunc(t.roots(file, "src"), func(root string) bool {
			return t.has(path.Join(root, first+".rs")) || t.has(path.Join(root, first, "mod.rs")) || t.has(path.Join(root, first, "Cargo.toml"))
		})
	case "hex":
		first, _, _ := strings.Cut(imported, ".")
		return slices.ContainsFunc(t.roots(file, "lib"), func(root string) bool {
			return t.has(path.Join(root, underscored(first)+".ex")) || t.hasBelow(path.Join(root, underscored(first)), ".ex")
		})
	case "composer":
		first, _, _ := strings.Cut(strings.TrimPrefix(imported, `\`), `\`)
		return slices.ContainsFunc(t.roots(file, "src", "app", "lib"), func(root string) bool { return t.hasBelow(path.Join(root, first), ".php") }) ||
			slices.ContainsFunc(t.roots(file), func(project string) bool { return t.loads(project + " " + first) })
	case "pub":
		first, _, _ := strings.Cut(imported, "/")
		return t.holds("/" + first + "/pubspec.yaml")
	case "nuget":
		first, _, _ := strings.Cut(imported, ".")
		return t.holds("/"+first+".csproj") || t.holds("/"+strings.ReplaceAll(imported, ".", "/")+"/*.cs") ||
			slices.ContainsFunc(t.roots(file, "src"), func(root string) bool { return t.hasBelow(path.Join(root, first), ".cs") })
	case "maven":
		segments := strings.Split(imported, ".")
		for len(segments) > 2 && segments[len(segments)-1] != strings.ToLower(segments[len(segments)-1]) { // a class and its members
			segments = segments[:len(segments)-1]
		}
		return t.holds("/" + strings.Join(segments, "/") + "/*")
	case "cocoapods":
		return slices.ContainsFunc(t.roots(file, "Sources", "Modules", "Packages", "Frameworks"), func(root string) bool {
			return t.hasBelow(path.Join(root, imported), ".swift")
		})
	}
	return false
}

// isBaseFolder reports whether the settings of a project let its scripts import files without a path.
func (t *tree) isBaseFolder(project string) bool {
	return slices.ContainsFunc(settingsNames(), func(settings string) bool {
		file := path.Join(project, settings)
		return t.has(file) && bytes.Contains(t.read(file), []byte(`"baseUrl"`))
	})
}

// isAliased reports whether the settings of a project say where its scripts find a module. The question is the folder of the project, a
// blank, and the first part of the module's name.
func (t *tree) isAliased(question string) bool {
	project, first, _ := strings.Cut(question, " ")
	return slices.ContainsFunc(settingsNames(), func(settings string) bool {
		file := path.Join(project, settings)
		if !t.has(file) {
			return false
		}
		_, paths, ok := bytes.Cut(t.read(file), []byte(`"paths"`))
		return ok && (bytes.Contains(paths, []byte(`"`+first+`"`)) || bytes.Contains(paths, []byte(`"`+first+`/*"`)))
	})
}

// isLoaded reports whether a project of PHP says where its classes of a namespace are. The question is the folder of the project, a
// blank, and the first part of the namespace.
func (t *tree) isLoaded(question string) bool {
	project, first, _ := strings.Cut(question, " ")
	file := path.Join(project, "composer.json")
	if !t.has(file) {
		return false
	}
	_, classes, ok := bytes.Cut(t.read(file), []byte(`"autoload`))
	return ok && bytes.Contains(classes, []byte(`"`+first+`\\`))
}

// above returns the folders above a file of Python that may hold modules for it: those that are no packages themselves. A file in a
// package of the imported name means another one.
func (t *tree) above(file, imported string) (dirs []string) {
	for dir := path.Dir(file); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if path.Base(dir) == imported {
			return nil
		}
		if !t.has(path.Join(dir, "__init__.py")) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

func isSettings(name string) bool { return slices.Contains(settingsNames(), path.Base(name)) }

// settingsNames are the names of files that say where the scripts of a project find their modules.
func settingsNames() []string { return []string{"tsconfig.json", "jsconfig.json"} }

// roots returns the folders that may contain the modules of a file: the root of the tree, the projects around the file, and the
// source folders in both.
func (t *tree) roots(file string, sources ...string) []string {
	projects := []string{"."}
	for dir := path.Dir(file); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if t.projects[dir] {
			projects = append(projects, dir)
		}
	}
	var out []string
	for _, project := range projects {
		out = append(out, project)
		for _, source := range sources {
			out = append(out, path.Join(project, source))
		}
	}
	return out
}

// isNamed reports whether the path of a file ends in a pattern. With a star, the path contains what comes before the star and ends
// in what comes after it.
func (t *tree) isNamed(pattern string) bool {
	middle, ending, star := strings.Cut(pattern, "*")
	return slices.ContainsFunc(t.names, func(name string) bool {
		name = "/" + name
		return strings.HasSuffix(name, ending) && (star && strings.Contains(name, middle) || !star && strings.HasSuffix(name, middle))
	})
}

// underscored converts the name of a module to the name of its file: AcmePay to acme_pay.
func underscored(name string) string {
	var out strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			out.WriteByte('_')
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return out.String()
}
