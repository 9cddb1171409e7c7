package gitrepo

import (
	"regexp"
	"slices"
	"strings"
)

// setting is a line of git's config.
type setting struct{ section, name, value string }

var section = regexp.MustCompile(`^\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]`)

// parseConfig reads the settings of one file, without the files that it includes.
func parseConfig(text string) []setting {
	var out []setting
	in := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if m := section.FindStringSubmatch(line); m != nil {
			if in = strings.ToLower(m[1]); m[2] != "" {
				in += "." + m[2]
			}
			line = strings.TrimSpace(line[len(m[0]):])
		}
		name, value, ok := strings.Cut(line, "=")
		if name = strings.TrimSpace(name); !ok || name == "" || strings.ContainsAny(name[:1], "#;") {
			continue
		}
		if value = strings.TrimSpace(value); strings.HasPrefix(value, `"`) {
			value, _, _ = strings.Cut(value[1:], `"`)
		} else if i := strings.IndexAny(value, "#;"); i >= 0 {
			value = strings.TrimSpace(value[:i])
		}
		out = append(out, setting{in, strings.ToLower(name), value})
	}
	return out
}

// setting returns the last value of a setting, as git does; empty if there is none.
func (r *Repo) setting(section, name string) string {
	for _, s := range slices.Backward(r.config) {
		if s.section == section && s.name == name {
			return s.value
		}
	}
	return ""
}

// remotes are the remotes that a repository can have its name from. A fork has the one that it was made of as upstream.
func remotes() []string { return []string{"upstream", "origin"} }

// Name returns the name of the repository, such as owner/name, and the remote whose URL says so. It is empty if no remote is on a server.
func (r *Repo) Name() (name, remote string) {
	for _, remote := range remotes() {
		for _, s := range r.config { // the first URL is the one to fetch from
			if s.section == "remote."+remote && s.name == "url" {
				if name := nameIn(s.value); name != "" {
					return name, remote
				}
				break
			}
		}
	}
	return "", ""
}

var (
	serverURL = regexp.MustCompile(`^(?:https?|ssh|git|git\+ssh)://[^/]+/+(.+)$`)
	scpURL    = regexp.MustCompile(`^(?:[^/@:]+@)?[^/@:]{2,}:/*(.+)$`) // one letter is a drive
	repoPath  = regexp.MustCompile(`^[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+$`)
)

// nameIn returns the name of a repository in its URL; empty if that is a directory.
func nameIn(url string) string {
	m := serverURL.FindStringSubmatch(url)
	if m == nil && !strings.Contains(url, "://") {
		m = scpURL.FindStringSubmatch(url)
	}
	if m == nil {
		return ""
	}
	name := strings.TrimSuffix(strings.TrimRight(m[1], "/"), ".git")
	if !repoPath.MatchString(name) || slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool { return strings.Trim(part, ".") == "" }) {
		return ""
	}
	return name
}
