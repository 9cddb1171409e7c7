package source

import (
	"io/fs"
	"regexp"
	"strings"
)

// Checkout is what a folder says of the git repository that was checked out into it.
type Checkout struct {
	Commit string // 40 hex digits
	Remote string // owner/name at the end of the URL of the remote "origin"; empty if there is none
}

var (
	hexCommit   = regexp.MustCompile(`^[0-9a-f]{40}$`)
	headRef     = regexp.MustCompile(`^ref: (refs/[A-Za-z0-9._/+@#-]+)$`)
	originURL   = regexp.MustCompile(`^\s*url\s*=\s*\S*?([A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+?)(?:\.git)?/?\s*$`)
	gitSection  = regexp.MustCompile(`^\s*\[(.*)\]\s*$`)
	packedEntry = regexp.MustCompile(`^([0-9a-f]{40}) (refs/\S+)$`)
)

// ReadCheckout reads which commit of which repository stands in a folder, from the files of git, without git. It is false if the
// folder has no .git of its own: git lets no commit bring one along, so its files are not those of a pull request. What
// of it cannot be read is left empty.
func ReadCheckout(files fs.FS, folder string) (Checkout, bool) {
	root := ".git"
	if folder != "." && folder != "" {
		root = folder + "/.git"
	}
	if info, err := Lstat(files, root); err != nil || !info.IsDir() {
		return Checkout{}, false
	}
	var out Checkout
	head := line(files, root+"/HEAD")
	if m := headRef.FindStringSubmatch(head); m != nil {
		head = ""
		if fs.ValidPath(m[1]) {
			if head = line(files, root+"/"+m[1]); head == "" {
				head = packed(files, root+"/packed-refs", m[1])
			}
		}
	}
	if hexCommit.MatchString(head) {
		out.Commit = head
	}
	out.Remote = remoteOf(files, root+"/config")
	return out, true
}

// line is the first line of a small file; empty if it cannot be read.
func line(files fs.FS, name string) string {
	data, err := ReadFile(files, name)
	if err != nil {
		return ""
	}
	first, _, _ := strings.Cut(string(data), "\n")
	return strings.TrimSpace(first)
}

func packed(files fs.FS, name, ref string) string {
	data, err := ReadFile(files, name)
	if err != nil {
		return ""
	}
	for entry := range strings.Lines(string(data)) {
		if m := packedEntry.FindStringSubmatch(strings.TrimSpace(entry)); m != nil && m[2] == ref {
			return m[1]
		}
	}
	return ""
}

func remoteOf(files fs.FS, name string) string {
	data, err := ReadFile(files, name)
	if err != nil {
		return ""
	}
	inOrigin := false
	for text := range strings.Lines(string(data)) {
		if m := gitSection.FindStringSubmatch(text); m != nil {
			inOrigin = strings.Join(strings.Fields(m[1]), " ") == `remote "origin"`
		} else if m := originURL.FindStringSubmatch(strings.TrimRight(text, "\r\n")); m != nil && inOrigin {
			return m[1]
		}
	}
	return ""
}
