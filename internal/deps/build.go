package deps

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Build is a file that says how to build or test a repository: in a container, in CI or with make.
type Build struct {
	Folder string // that it is for
	Text   []byte
}

// Builds reads the builds among the files of a repository. all is false if they have more than 4 MiB.
func Builds(names []string, read func(name string) []byte) (builds []Build, all bool) {
	const most = 4 << 20
	size := 0
	for _, name := range names {
		if !IsBuild(name) || fetched(name) {
			continue
		}
		text := read(name)
		if size += len(text); size > most {
			return nil, false
		}
		builds = append(builds, Build{Folder: Folder(name), Text: text})
	}
	return builds, true
}

// fetched reports whether a package manager put a file where it is.
func fetched(name string) bool { return strings.Contains("/"+name, "/node_modules/") }

// IsBuild reports whether a file is a Build, by its name.
func IsBuild(name string) bool {
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

// Folder returns the folder that a manifest or a build is for: that above gradle, requirements, .github and the like, or else its own.
func Folder(name string) string {
	dir := path.Dir(name)
	for slices.Contains([]string{"gradle", "requirements", ".github", "workflows", ".circleci", ".buildkite"}, path.Base(dir)) {
		dir = path.Dir(dir)
	}
	return dir
}

// Names reports whether a build has the path of a folder as a word, from the root of the repository or from its own folder.
func (b Build) Names(dir string) bool {
	short, below := strings.CutPrefix(dir, b.Folder+"/")
	return b.has(dir) || below && b.has(short)
}

func (b Build) has(dir string) bool {
	return bytes.Contains(b.Text, []byte(dir)) &&
		regexp.MustCompile(`(?m)(?:^|[\s"'=:(,\[])(?:\.{1,2}/)*`+regexp.QuoteMeta(dir)+`(?:[/\s"'),;&|\]}]|$)`).Match(b.Text)
}

// Only returns the manifest among the files of a repository for its code in some languages, as Sources returns them, if there is such
// code and no other manifest for it.
func Only(names []string, languages string) string {
	endings := strings.Fields(strings.ReplaceAll(languages, ".html", ""))
	only, code := "", false
	for _, name := range names {
		switch {
		case fetched(name):
		case !Is(name):
			code = code || slices.Contains(endings, path.Ext(name))
		case Sources(name) != languages:
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

// IsScript reports whether a file holds commands: a script, by its name or first line, a Makefile, a Dockerfile, a pipeline of a CI system
// other than GitHub's.
func IsScript(name string, data []byte) bool {
	if first, _, _ := bytes.Cut(data[:min(len(data), 100)], []byte("\n")); bytes.HasPrefix(first, []byte("#!")) && bytes.HasSuffix(bytes.TrimSpace(first), []byte("sh")) {
		return true // of any shell
	}
	base := strings.ToLower(path.Base(name))
	for _, start := range []string{"makefile", "dockerfile", "justfile", "procfile", "package.json", "jenkinsfile", ".gitlab-ci", "azure-pipelines", "bitbucket-pipelines", "buildspec", "cloudbuild", "appveyor", ".travis", "taskfile"} {
		if strings.HasPrefix(base, start) {
			return true
		}
	}
	switch path.Ext(base) {
	case ".sh", ".bash", ".zsh", ".ps1", ".mk":
		return true
	case ".yml", ".yaml":
		return strings.HasPrefix(name, ".circleci/") || strings.HasPrefix(name, ".gitlab/") || strings.HasPrefix(name, ".buildkite/")
	}
	return false
}

// Runners returns the commands that fetch a package and run it, or install a program, with the kind of the package.
func Runners() [][2]string {
	return [][2]string{
		{"npx ", "npm"},
		{"bunx ", "npm"},
		{"pnpm dlx ", "npm"},
		{"yarn dlx ", "npm"},
		{"npm install -g ", "npm"},
		{"npm i -g ", "npm"},
		{"npm install --global ", "npm"},
		{"uvx ", "pypi"},
		{"pipx run ", "pypi"},
		{"pipx install ", "pypi"},
		{"uv tool install ", "pypi"},
		{"dotnet tool install ", "nuget"},
		{"gem install ", "gem"},
	}
}

// Prints reports whether the text before an offset on its line starts with a command that shows what follows to people, and no other
// command stands in between.
func Prints(before string) bool {
	line := strings.TrimLeft(before, " \t-@")
	line = strings.TrimLeft(strings.TrimPrefix(line, "run:"), " \t|\"'")
	command, text, _ := strings.Cut(line, " ")
	first, _, _ := strings.Cut(command, "_")
	switch first {
	case "echo", "printf", "print", "log", "info", "warn", "warning", "error", "err", "fail", "die", "msg", "Write-Host", "Write-Output", "Write-Warning", "Write-Error":
		return strings.Trim(text, " -neE\"'") != "" && !strings.ContainsAny(text, "|;&$(`")
	}
	return false
}
