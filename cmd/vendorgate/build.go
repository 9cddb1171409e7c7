package main

import (
	"runtime/debug"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"

	"github.com/vendorgate/vendorgate/internal/cli"
)

// buildOf reads what Go recorded when it built this program. A build with `go install module@version` records the version,
// and one in a Git work tree also the commit. A build from an archive records neither.
func buildOf(info *debug.BuildInfo, ok bool) cli.Build {
	if !ok {
		return cli.Build{}
	}
	out := cli.Build{Go: info.GoVersion}
	if v := info.Main.Version; semver.IsValid(v) {
		out.Version, out.Release = strings.TrimPrefix(v, "v"), release(v)
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			out.Revision = s.Value
		case "vcs.time":
			out.Time = s.Value
		case "vcs.modified":
			out.Modified = s.Value == "true"
		}
	}
	return out
}

// release returns the release that a version is or follows, such as 0.1.0 for v0.1.0+dirty and for a commit after v0.1.0.
// A release candidate counts as its release. It is empty for a commit before the first release.
func release(version string) string {
	version = strings.TrimSuffix(version, semver.Build(version))
	if module.IsPseudoVersion(version) {
		base, err := module.PseudoVersionBase(version)
		if err != nil {
			return ""
		}
		version = base
	}
	return strings.TrimPrefix(strings.TrimSuffix(version, semver.Prerelease(version)), "v")
}
