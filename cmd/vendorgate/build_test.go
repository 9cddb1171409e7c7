package main

import (
	"archive/zip"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/process"
)

func TestBuild(t *testing.T) {
	t.Parallel()
	commit := []debug.BuildSetting{
		{Key: "-trimpath", Value: "true"},
		{Key: "vcs", Value: "git"},
		{Key: "vcs.revision", Value: "3f2c1a9"},
		{Key: "vcs.time", Value: "2026-11-23T10:00:00Z"},
		{Key: "vcs.modified", Value: "true"},
	}
	for _, tt := range []struct {
		name, version string
		settings      []debug.BuildSetting
		want          process.Build
	}{
		{"go install of a release", "v0.1.0", nil, process.Build{Version: "0.1.0", Release: "0.1.0"}},
		{"go install of a release candidate", "v0.2.0-rc.1", nil, process.Build{Version: "0.2.0-rc.1", Release: "0.2.0"}},
		{"go install of a commit after a release", "v0.1.1-0.20261123100000-3f2c1a9d0e4b", nil, process.Build{Version: "0.1.1-0.20261123100000-3f2c1a9d0e4b", Release: "0.1.0"}},
		{"go install of a commit after a release candidate", "v0.2.0-rc.1.0.20261123100000-3f2c1a9d0e4b", nil, process.Build{Version: "0.2.0-rc.1.0.20261123100000-3f2c1a9d0e4b", Release: "0.2.0"}},
		{"a commit before the first release", "v0.0.0-20261123100000-3f2c1a9d0e4b", nil, process.Build{Version: "0.0.0-20261123100000-3f2c1a9d0e4b"}},
		{"a changed work tree at a release", "v0.1.0+dirty", commit, process.Build{Version: "0.1.0+dirty", Release: "0.1.0", Revision: "3f2c1a9", Time: "2026-11-23T10:00:00Z", Modified: true}},
		{"a changed work tree", "v0.1.1-0.20261123100000-3f2c1a9d0e4b+dirty", commit, process.Build{Version: "0.1.1-0.20261123100000-3f2c1a9d0e4b+dirty", Release: "0.1.0", Revision: "3f2c1a9", Time: "2026-11-23T10:00:00Z", Modified: true}},
		{"an archive that Git did not make", "(devel)", nil, process.Build{}},
		{"a work tree without a version", "(devel)", commit, process.Build{Revision: "3f2c1a9", Time: "2026-11-23T10:00:00Z", Modified: true}},
		{"no main module", "", nil, process.Build{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := buildOf(&debug.BuildInfo{GoVersion: "go1.26", Main: debug.Module{Version: tt.version}, Settings: tt.settings}, true, archive, "", "")
			tt.want.Go = "go1.26"
			if got != tt.want {
				t.Errorf("buildOf(%q) = %+v, want %+v", tt.version, got, tt.want)
			}
		})
	}
	if got := buildOf(nil, false, archive, "", ""); got != (process.Build{}) {
		t.Errorf("build without information = %+v", got)
	}
}

// A release says its version and who published it, whatever the work tree or the archive is that it was built from.
func TestBuildOfRelease(t *testing.T) {
	t.Parallel()
	commit := []debug.BuildSetting{{Key: "vcs.revision", Value: "3f2c1a9"}}
	for _, tt := range []struct {
		name, recorded, archived, linked string
		settings                         []debug.BuildSetting
		want                             process.Build
	}{
		{"without a repository", "(devel)", archive, "v1.2.0", nil, process.Build{Version: "1.2.0", Release: "1.2.0"}},
		{"in a work tree after another release", "v1.1.1-0.20261123100000-3f2c1a9d0e4b", archive, "v1.2.0-rc.1", commit, process.Build{Version: "1.2.0-rc.1", Release: "1.2.0", Revision: "3f2c1a9"}},
		{"from an archive", "(devel)", "v1.1.0-3-g3f2c1a9\n3f2c1a9\n2026-11-23T10:00:00Z\n", "v1.2.0", nil, process.Build{Version: "1.2.0", Release: "1.2.0"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.want.Repository = "acme/vendorgate"
			got := buildOf(&debug.BuildInfo{Main: debug.Module{Version: tt.recorded}, Settings: tt.settings}, true, tt.archived, tt.linked, "acme/vendorgate")
			if got != tt.want {
				t.Errorf("buildOf = %+v, want %+v", got, tt.want)
			}
		})
	}
}

// An archive that Git makes records the version and the commit, also for a commit after a release; a v1 that moves is no version.
func TestBuildOfArchive(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	git := func(args ...string) string {
		t.Helper()
		out, err := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=ci", "-c", "user.email=ci@localhost", "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false"}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
		return string(out)
	}
	attributes, err := os.ReadFile("../../.gitattributes")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "cmd/vendorgate/archive.txt")
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(archive), 0o644), os.WriteFile(filepath.Join(dir, ".gitattributes"), attributes, 0o644)); err != nil {
		t.Fatal(err)
	}
	git("init", "-q")
	git("add", ".")
	archived := func() process.Build {
		t.Helper()
		git("commit", "-q", "--allow-empty", "-m", "change")
		git("archive", "-o", filepath.Join(dir, "source.zip"), "HEAD")
		source, err := zip.OpenReader(filepath.Join(dir, "source.zip"))
		if err != nil {
			t.Fatal(err)
		}
		defer source.Close() //nolint:errcheck // nothing was written
		text, err := fs.ReadFile(source, "cmd/vendorgate/archive.txt")
		if err != nil {
			t.Fatal(err)
		}
		return buildOf(&debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, true, string(text), "", "")
	}
	if got := archived(); got.Version != "" || got.Revision != strings.TrimSpace(git("rev-parse", "HEAD")) {
		t.Errorf("before the first release: %+v", got)
	}
	git("tag", "v1.2.3")
	git("tag", "v1")
	if got := archived(); !strings.HasPrefix(got.Version, "1.2.3-1-g") || got.Release != "1.2.3" || !strings.Contains(got.Time, "T") {
		t.Errorf("after the release: %+v", got)
	}
	git("tag", "v1.3.0")
	if got := archived(); got.Release != "1.3.0" {
		t.Errorf("after the next release: %+v", got)
	}
}

// The program reports the version that Go records in the build.
func TestBuildRecorded(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	program := filepath.Join(t.TempDir(), "vendorgate")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	recorded, err := exec.Command("go", "version", "-m", program).Output()
	if err != nil {
		t.Fatal(err)
	}
	printed, err := exec.Command(program, "version").Output()
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(recorded), "\tmod\tgithub.com/vendorgate/vendorgate\t")
	version := strings.TrimPrefix(strings.Fields(rest)[0], "v")
	if first, _, _ := strings.Cut(string(printed), "\n"); first != "vendorgate "+version {
		t.Errorf("version prints %q; Go recorded %q", first, version)
	}
	if _, rest, ok := strings.Cut(string(recorded), "vcs.revision="); ok {
		if commit := strings.Fields(rest)[0]; !strings.Contains(string(printed), "\ncommit: "+commit+" (") {
			t.Errorf("no commit %s in %q", commit, printed)
		}
	}
}
