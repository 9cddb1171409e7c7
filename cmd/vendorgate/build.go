package main

import (
	"cmp"
	_ "embed"
	"runtime/debug"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"

	"github.com/vendorgate/vendorgate/internal/process"
)

// archive holds what Git recorded when it made an archive of the source: what git describe says of the commit, its hash and
// its time. In a work tree and in a module's zip file, the placeholders are still there.
//
//go:embed archive.txt
var archive string

// What the linker sets in a release: its version, such as v0.1.0, and the repository that published it. .goreleaser.yaml passes
// both, and no commit. So the image, which is built before the commit that names it in action.yml, contains the same program
// as the archives, which are built from that commit.
var version, repository string //nolint:gochecknoglobals // only the linker sets them

// thisBuild describes this program.
func thisBuild() process.Build {
	info, ok := debug.ReadBuildInfo()
	return buildOf(info, ok, archive, version, repository)
}

// buildOf reads what Go recorded when it built this program. A build with `go install module@version` records the version,
// and one in a Git work tree also the commit. A build from an archive records neither; then archived tells them. The linker
// knows better, if it set a version.
func buildOf(info *debug.BuildInfo, ok bool, archived, linked, repository string) process.Build {
	if !ok {
		return process.Build{}
	}
	out := process.Build{Go: info.GoVersion, Repository: repository}
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
	version := cmp.Or(linked, info.Main.Version)
	if lines := strings.Split(archived, "\n"); !semver.IsValid(version) && out.Revision == "" && len(lines) > 2 && !strings.Contains(archived, "$") {
		version, out.Revision, out.Time = lines[0], lines[1], lines[2]
	}
	if semver.IsValid(version) {
		out.Version, out.Release = strings.TrimPrefix(version, "v"), release(version)
	}
	return out
}

// release returns the release that a version is or follows, such as 0.1.0 for v0.1.0+dirty and for a commit after v0.1.0.
// A release candidate counts as its release, and a commit described as v0.1.0-5-g3f2c1a9 follows v0.1.0. It is empty for a
// commit before the first release.
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
