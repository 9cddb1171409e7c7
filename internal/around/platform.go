package around

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// Platform reports whether a host is the platform that runs the pipeline in a file, or code that
// reads the variables of its runner: the pipeline's own token calls it.
func Platform(file, host string, data []byte) bool {
	switch host {
	case "token.actions.githubusercontent.com": // who signs the tokens of its pipelines
		return true
	case "api.github.com", "github.com", "uploads.github.com", "ghcr.io":
		return search.IsWorkflow(file) || isJenkins(file) || bytes.Contains(data, []byte(`GITHUB_`)) && ofRunner.Match(data)
	case "gitlab.com", "registry.gitlab.com":
		return strings.HasPrefix(path.Base(file), ".gitlab-ci.") || strings.HasPrefix(file, ".gitlab/")
	}
	return false
}

// ofRunner matches the variables that only the runner of a workflow sets.
var ofRunner = regexp.MustCompile(`\bGITHUB_(?:REPOSITORY|EVENT_PATH|OUTPUT|STEP_SUMMARY|RUN_ID|API_URL)\b`)

// isJenkins reports whether a file is a pipeline of Jenkins, or a library of one.
func isJenkins(file string) bool {
	return strings.HasPrefix(strings.ToLower(path.Base(file)), "jenkinsfile") || path.Ext(file) == ".groovy" && !strings.Contains("/"+file, "/src/") && !strings.Contains(file, "grails-app/")
}

// PlatformToken reports whether a name in a workflow stands for the token that the platform itself gives to it, or for one of an app on the
// platform.
func PlatformToken(data []byte, at, end int) bool {
	from, to := search.Line(data, at)
	line := bytes.ToLower(data[from:to])
	own := bytes.Contains(line, []byte("secrets.github_token")) || bytes.Contains(line, []byte("github.token"))
	name := bytes.ToLower(data[at:end])
	return own && bytes.Contains(name, []byte("github")) || bytes.HasPrefix(name, []byte("github_app_"))
}

// ToldByPlatform reports whether a platform sets a variable of this name to tell programs where they run. Settings that only pass it on
// may be for another place.
func ToldByPlatform(name string) bool {
	return strings.HasSuffix(name, "_APP_NAME") || strings.HasSuffix(name, "_SLUG_COMMIT")
}

// PackageSource reports whether the line of an offset in the settings of a package manager says where packages come from.
func PackageSource(name string, data []byte, at int) bool {
	const above = 200
	from, to := search.Line(data, at)
	line := bytes.TrimLeft(data[from:to], " \t-")
	base := strings.ToLower(path.Base(name))
	switch base {
	case "nuget.config", ".npmrc", "podfile", "gemfile", "cartfile", "pip.conf", ".yarnrc", "package.swift", "workspace", "module.bazel", "sources.list", "bunfig.toml":
		return true
	case ".yarnrc.yml":
		return bytes.HasPrefix(line, []byte("spec:")) || bytes.Contains(line, []byte("egistry"))
	case "pom.xml", "settings.xml":
		return bytes.HasPrefix(line, []byte("<url>"))
	case "composer.json":
		return bytes.Contains(data[max(0, from-above):to], []byte(`"type"`))
	}
	if strings.HasSuffix(base, ".gradle") || strings.HasSuffix(base, ".gradle.kts") {
		return bytes.Contains(line, []byte("maven")) || bytes.HasPrefix(line, []byte("url")) || bytes.HasPrefix(line, []byte("setUrl"))
	}
	if strings.HasSuffix(base, ".rb") || strings.HasSuffix(base, ".gemspec") {
		return bytes.HasPrefix(line, []byte("gem ")) || bytes.HasPrefix(line, []byte("source "))
	}
	if strings.HasSuffix(base, ".nix") || base == "nix.conf" {
		return bytes.Contains(line, []byte("substituters")) //nolint:misspell // what Nix calls the places that built packages come from
	}
	return strings.HasSuffix(base, ".bzl")
}
