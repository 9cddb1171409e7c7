package detect

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/deps"
)

// uninstalled reports whether nothing installs the packages of a manifest that cannot be parsed: it is a template, or it is below the
// root, without code in its language, a lock file or a container file in its folder, no build names that folder, and the
// code of the repository has another manifest. The name of the folder does not matter.
func (t *tree) uninstalled(name string, data []byte) bool {
	if deps.Template(name, data) {
		return true
	}
	dir := readFor(name)
	return dir != "." && !t.hasUse(name, dir) && !t.buildNames(dir) && t.onlyManifest(deps.Sources(name)) != name
}

// readFor returns the folder that a package manager reads a manifest for: that above gradle, requirements and .github, or else its own.
func readFor(name string) string {
	dir := path.Dir(name)
	for slices.Contains([]string{"gradle", "requirements", ".github", "workflows", ".circleci", ".buildkite"}, path.Base(dir)) {
		dir = path.Dir(dir)
	}
	return dir
}

// hasUse reports whether the folder of a manifest has code in its language at any depth, or a lock file, or a build of its own.
func (t *tree) hasUse(name, dir string) bool {
	used := false
	t.below(dir, func(other string) bool {
		base := strings.ToLower(path.Base(other))
		used = other != name && (deps.MayUse(name, other) || path.Dir(other) == dir && classOfBase(base, base, path.Base(other)) == inLocks ||
			readFor(other) == dir && isBuild(other))
		return !used
	})
	return used
}

// isBuild reports whether a file says how to build or test a repository in a container, in CI or with make, by its name.
func isBuild(name string) bool {
	base := strings.ToLower(path.Base(name))
	switch ext := path.Ext(base); {
	case strings.HasPrefix(base, "dockerfile"), strings.HasPrefix(base, "containerfile"), ext == ".dockerfile":
		return true
	case slices.Contains([]string{"makefile", "justfile", "procfile", "jenkinsfile", "taskfile.yml", "tox.ini", ".travis.yml", "cloudbuild.yaml", "buildspec.yml"}, base):
		return true
	case ext != ".yml" && ext != ".yaml":
		return false
	}
	dir := path.Base(path.Dir(name))
	return dir == "workflows" || dir == ".circleci" || dir == ".buildkite" || strings.Contains(name, ".github/actions/") || strings.HasPrefix(base, ".gitlab-ci") ||
		strings.HasPrefix(base, "docker-compose") || strings.HasPrefix(base, "compose") || strings.HasPrefix(base, "azure-pipelines") || strings.HasPrefix(base, "bitbucket-pipelines")
}

// build is a file that says how to build the repository.
type build struct {
	folder string // that it is for
	text   []byte
}

// isNamedByBuild reports whether a build of the repository names a folder, from the root or from the folder of the build.
func (t *tree) isNamedByBuild(dir string) bool {
	builds, all := t.builds()
	return !all || slices.ContainsFunc(builds, func(b build) bool {
		short, below := strings.CutPrefix(dir, b.folder+"/")
		return namesFolder(b.text, dir) || below && namesFolder(b.text, short)
	})
}

// namesFolder reports whether a text has the path of a folder as a word.
func namesFolder(text []byte, dir string) bool {
	return bytes.Contains(text, []byte(dir)) &&
		regexp.MustCompile(`(?m)(?:^|[\s"'=:(,\[])(?:\.{1,2}/)*`+regexp.QuoteMeta(dir)+`(?:[/\s"'),;&|\]}]|$)`).Match(text)
}

// readBuilds reads the files that say how to build the repository. all is false if there are too many.
func (t *tree) readBuilds() (builds []build, all bool) {
	const most = 4 << 20
	size := 0
	for _, name := range t.names {
		if !isBuild(name) || installed(name) {
			continue
		}
		text := t.read(name)
		if size += len(text); size > most {
			return nil, false
		}
		builds = append(builds, build{readFor(name), text})
	}
	return builds, true
}

// findOnlyManifest returns the manifest of the repository for its code in some languages, as in deps.Sources, if there is code and no other
// manifest.
func (t *tree) findOnlyManifest(languages string) string {
	endings := strings.Fields(strings.ReplaceAll(languages, ".html", ""))
	only, code := "", false
	for _, name := range t.names {
		switch {
		case installed(name):
		case !deps.Is(name):
			code = code || slices.Contains(endings, path.Ext(name))
		case deps.Sources(name) != languages:
		case only != "":
			return ""
		default:
			only = name
		}
	}
	if !code {
		return ""
	}
	return only
}
