package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// What the documentation tells users to install is what a release contains. The commands need the internet and a release, so the
// last job of release.yml runs them; here, the names in them are compared with those that the release is made with.
func TestInstall(t *testing.T) {
	t.Parallel()
	release, workflow := read(t, ".goreleaser.yaml"), read(t, ".github/workflows/release.yml")
	const repository, image = "vendorgate/vendorgate", "ghcr.io/vendorgate/vendorgate"
	for _, want := range []string{
		"project_name: vendorgate\n", `name_template: "{{ .ProjectName }}_{{ .Version }}_{{ .Os }}_{{ .Arch }}"`, "formats: [tar.gz]\n", "linux_amd64", "formats: [deb, rpm, apk]\n",
		"github: {owner: vendorgate, name: vendorgate}", "directory: Casks\n", "directory: bucket\n",
	} {
		if !strings.Contains(release, want) {
			t.Errorf(".goreleaser.yaml does not contain %q, which the documentation relies on", want)
		}
	}
	if !strings.Contains(workflow, "IMAGE: "+image+"\n") {
		t.Errorf("release.yml does not push %s", image)
	}
	known := []*regexp.Regexp{
		regexp.MustCompile(`^go install github\.com/` + repository + `/cmd/vendorgate@latest$`),
		regexp.MustCompile(`^brew tap ` + repository + ` https://github\.com/` + repository + `$`),
		regexp.MustCompile(`^brew install --cask vendorgate$`),
		regexp.MustCompile(`^scoop bucket add vendorgate https://github\.com/` + repository + `$`),
		regexp.MustCompile(`^scoop install vendorgate$`),
		regexp.MustCompile(`^gh release download --repo ` + repository + ` --pattern "\*_linux_amd64\.tar\.gz"$`),
		regexp.MustCompile(`^gh attestation verify vendorgate_\*_linux_amd64\.tar\.gz --repo ` + repository + ` --signer-workflow ` + repository + `/\.github/workflows/release\.yml$`),
		regexp.MustCompile(`^tar -xzf vendorgate_\*_linux_amd64\.tar\.gz vendorgate$`),
		regexp.MustCompile(`^docker run --rm -v "\$PWD:/src" -w /src --entrypoint /vendorgate ` + regexp.QuoteMeta(image) + `:VERSION check$`),
		regexp.MustCompile(`^skopeo copy --all --preserve-digests docker://` + regexp.QuoteMeta(image) + `:VERSION docker://registry\.acme\.example/vendorgate:VERSION$`),
	}
	flags, ldflags := regexp.MustCompile(`flags: \[(.*)\]`).FindStringSubmatch(release), regexp.MustCompile(`(?s)ldflags:\n(.*?)\n    mod_timestamp`).FindStringSubmatch(release)
	if flags == nil || ldflags == nil {
		t.Fatal(".goreleaser.yaml has no flags")
	}
	linked := strings.ReplaceAll(strings.Join(strings.Fields(strings.ReplaceAll(ldflags[1], "      - ", "")), " "), "{{ .Version }}", "VERSION")
	build := "CGO_ENABLED=0 go build " + strings.ReplaceAll(flags[1], ",", "") + ` -ldflags="` + linked + `" ./cmd/vendorgate`
	known = append(known, regexp.MustCompile("^"+regexp.QuoteMeta(build)+"$"))

	var commands []string
	for _, b := range blocks(t, "../../docs/install.md") {
		if b.comment == "install" {
			commands = append(commands, strings.Split(strings.TrimSpace(b.text), "\n")...)
		}
	}
	_, section, _ := strings.Cut(read(t, "README.md"), "\n## Install\n")
	section, _, _ = strings.Cut(section, "\n## ")
	for _, m := range regexp.MustCompile("`([a-z]+ [^`]*)`").FindAllStringSubmatch(section, -1) {
		commands = append(commands, strings.Split(m[1], " && ")...)
	}
	if len(commands) < 15 {
		t.Errorf("%d commands: too few to be all of them", len(commands))
	}
	for _, command := range commands {
		right := 0
		for _, k := range known {
			if k.MatchString(command) {
				right++
			}
		}
		if right != 1 {
			t.Errorf("%q installs nothing that a release contains", command)
		}
	}
}

// Pages say that there is no release until CHANGELOG.md has one.
func TestReleasedOrNot(t *testing.T) {
	t.Parallel()
	released := regexp.MustCompile(`(?m)^## \[\d`).MatchString(read(t, "CHANGELOG.md"))
	for name, says := range map[string]string{
		"README.md": "There is no release yet.", "docs/install.md": "There is no release yet.",
		"CHANGELOG.md": "vendorgate has not been released yet.", ".github/SECURITY.md": "vendorgate has not been released yet.",
	} {
		if strings.Contains(read(t, name), says) == released {
			t.Errorf("%s: %q, but CHANGELOG.md has a release: %t", name, says, released)
		}
	}
}

// The pre-commit hook runs for each name that a manifest may have, and what it runs is a command of the program.
func TestPreCommitHook(t *testing.T) {
	t.Parallel()
	hook := read(t, ".pre-commit-hooks.yaml")
	field := func(name string) string {
		m := regexp.MustCompile(`(?m)^(?:- |  )` + name + `: (.*?)(?: #.*)?$`).FindStringSubmatch(hook)
		if m == nil {
			t.Fatalf(".pre-commit-hooks.yaml has no %s", name)
		}
		return m[1]
	}
	files := regexp.MustCompile(field("files"))
	for name, want := range map[string]bool{
		"vendors.yaml": true, ".github/vendors.yml": true, "services/pay/vendors.yaml": true, "Vendors.yaml": false, "my-vendors.yaml": false, "vendors/stripe.yaml": false, "vendors.yaml.bak": false,
	} {
		if files.MatchString(name) != want {
			t.Errorf("the hook runs for %s: %t, want %t", name, !want, want)
		}
	}
	program, err := exec.LookPath("vendorgate")
	if err != nil {
		t.Fatal(err)
	}
	entry, ok := strings.CutPrefix(field("entry"), "vendorgate ")
	if !ok || field("language") != "golang" || field("pass_filenames") != "false" {
		t.Errorf("the hook does not run the program as pre-commit builds it:\n%s", hook)
	}
	for example, want := range map[string]int{"mailer": 0, "checkout": 1} {
		cmd := exec.Command(program, append(strings.Fields(entry), "--registry", "../registry", "--as-of", "2026-11-23")...)
		cmd.Dir = filepath.Join("../../examples", example)
		out, err := cmd.CombinedOutput()
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		if got := cmd.ProcessState.ExitCode(); got != want {
			t.Errorf("the hook in %s: exit code %d, want %d\n%s", example, got, want, out)
		}
	}
	for _, page := range []string{"README.md", "docs/install.md"} {
		if !strings.Contains(read(t, page), "vendorgate") || page == "docs/install.md" && !strings.Contains(read(t, page), "      - id: "+field("id")+"\n") {
			t.Errorf("%s does not name the hook %s", page, field("id"))
		}
	}
}

// .ci/image writes by hand what a build of the Dockerfile would write.
func TestImageOfRelease(t *testing.T) {
	t.Parallel()
	dockerfile, script := read(t, "Dockerfile"), read(t, ".ci/image")
	entry := regexp.MustCompile(`(?m)^ENTRYPOINT (.*)$`).FindStringSubmatch(dockerfile)
	if entry == nil || !strings.Contains(script, `"Entrypoint":`+strings.ReplaceAll(entry[1], `", "`, `","`)) {
		t.Errorf("the entry points differ: %q", entry)
	}
	labels := regexp.MustCompile(`(org\.opencontainers\.image\.\w+)="(.*?)"`).FindAllStringSubmatch(dockerfile, -1)
	for _, label := range labels {
		if !strings.Contains(script, `"`+label[1]+`":"`+label[2]+`"`) {
			t.Errorf("the image of a release has no label %s=%q", label[1], label[2])
		}
	}
	if len(labels) < 3 {
		t.Errorf("found %d labels in the Dockerfile", len(labels))
	}
	if !regexp.MustCompile(`(?m)^FROM golang:1\.\d+\.\d+-\w+@sha256:[0-9a-f]{64} AS build$`).MatchString(dockerfile) {
		t.Error("the Dockerfile does not pin the version and the digest of the image that it builds in")
	}
}
