package search

import (
	"bytes"
	"path"
	"strings"
)

// IsWorkflow reports whether a file is a workflow of GitHub Actions, or an action.
func IsWorkflow(name string) bool {
	ext := path.Ext(name)
	if ext != ".yml" && ext != ".yaml" {
		return false
	}
	base := strings.TrimSuffix(path.Base(name), ext)
	return strings.HasPrefix(name, ".github/workflows/") || strings.HasPrefix(name, ".github/actions/") || base == "action"
}

// Platform reports whether a host is the platform that runs the pipeline in a file: the pipeline's own token calls it.
func Platform(file, host string, data []byte) bool {
	switch host {
	case "api.github.com", "github.com", "uploads.github.com", "ghcr.io":
		return IsWorkflow(file) || isJenkins(file) || runByGitHub(data)
	case "gitlab.com", "registry.gitlab.com":
		return strings.HasPrefix(path.Base(file), ".gitlab-ci.") || strings.HasPrefix(file, ".gitlab/")
	}
	return false
}

// runByGitHub reports whether code reads variables that only the runner of a workflow sets.
func runByGitHub(data []byte) bool {
	for _, variable := range []string{"GITHUB_REPOSITORY", "GITHUB_EVENT_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_RUN_ID", "GITHUB_API_URL"} {
		if bytes.Contains(data, []byte(variable)) {
			return true
		}
	}
	return false
}

// isJenkins reports whether a file is a pipeline of Jenkins, or a library of one.
func isJenkins(file string) bool {
	return strings.HasPrefix(strings.ToLower(path.Base(file)), "jenkinsfile") || path.Ext(file) == ".groovy" && !strings.Contains("/"+file, "/src/") && !strings.Contains(file, "grails-app/")
}

// PlatformToken reports whether a name in a workflow stands for the token that the platform itself gives to it.
func PlatformToken(data []byte, at, end int) bool {
	from, to := Line(data, at)
	line := bytes.ToLower(data[from:to])
	own := bytes.Contains(line, []byte("secrets.github_token")) || bytes.Contains(line, []byte("github.token"))
	return own && bytes.HasPrefix(bytes.ToLower(data[at:end]), []byte("github"))
}

// actions finds the steps of a workflow that run a vendor's action.
func (f *finder) actions() {
	for pos := 0; ; {
		i := bytes.Index(f.data[pos:], []byte("uses:"))
		if i < 0 {
			return
		}
		at := pos + i + len("uses:")
		pos = at
		for at < len(f.data) && (f.data[at] == ' ' || f.data[at] == '"' || f.data[at] == '\'') {
			at++
		}
		_, to := Line(f.data, at)
		if end := bytes.IndexAny(f.data[at:to], "@ \"'#"); end >= 0 {
			to = at + end
		}
		name := string(f.data[at:to])
		if vendor, ok := f.c.actionOf(name); ok {
			f.add(Hit{Kind: Action, Vendor: vendor, At: at, End: to})
		}
	}
}

// actionOf returns the vendor of an action, by its repository.
func (c *Catalogue) actionOf(name string) (int, bool) {
	parts := strings.SplitN(name, "/", 3)
	if len(parts) < 2 {
		return 0, false
	}
	for _, ecosystem := range []string{"githubactions", "github"} {
		if found, ok := c.packageOf(ecosystem, parts[0]+"/"+parts[1]); ok {
			return int(found.vendor), true
		}
	}
	return 0, false
}
