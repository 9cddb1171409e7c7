package source

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// Checkout describes the git repository that was checked out into a folder.
type Checkout struct {
	Commit string // 40 hex digits
	Local  bool   // the remote is a directory, whose name need not be that of a repository
	NoHead bool   // there is no HEAD, so git does not accept it as a repository
	Remote string // owner/name at the end of the URL of the remote "origin"; empty if there is none
}

var (
	hexCommit   = regexp.MustCompile(`^[0-9a-f]{40}$`)
	headRef     = regexp.MustCompile(`^ref: (refs/[A-Za-z0-9._/+@#-]+)$`)
	originURL   = regexp.MustCompile(`^\s*url\s*=\s*(\S*?)([A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+?)(?:\.git)?/?\s*$`)
	gitSection  = regexp.MustCompile(`^\s*\[(.*)\]\s*$`)
	packedEntry = regexp.MustCompile(`^([0-9a-f]{40}) (refs/\S+)$`)
)

// ReadCheckout reads the commit and the repository of a checkout from git's files, without running git. It returns
// false if the folder has no .git of its own. A commit cannot contain a .git, so a folder that has one does not come
// from a pull request. Fields that cannot be read are empty.
func ReadCheckout(files fs.FS, folder string) (Checkout, bool) {
	root := ".git"
	if folder != "." && folder != "" {
		root = folder + "/.git"
	}
	if info, err := Lstat(files, root); err != nil || !info.IsDir() {
		return Checkout{}, false
	}
	out := Checkout{Commit: headOf(files, root), NoHead: line(files, root+"/HEAD") == ""}
	out.Remote, out.Local = remoteOf(files, root+"/config")
	return out, true
}

// headOf returns the commit of HEAD in the folder of git's own files; empty if it cannot be read.
func headOf(files fs.FS, root string) string {
	head := line(files, path.Join(root, "HEAD"))
	if m := headRef.FindStringSubmatch(head); m != nil {
		head = ""
		if fs.ValidPath(m[1]) {
			if head = line(files, path.Join(root, m[1])); head == "" {
				head = packed(files, path.Join(root, "packed-refs"), m[1])
			}
		}
	}
	if !hexCommit.MatchString(head) {
		return ""
	}
	return head
}

// line returns the first line of a small file; empty if it cannot be read.
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

// remoteOf returns the name of the remote, and whether it is a directory.
func remoteOf(files fs.FS, name string) (remote string, local bool) {
	data, err := ReadFile(files, name)
	if err != nil {
		return "", false
	}
	inOrigin := false
	for text := range strings.Lines(string(data)) {
		if m := gitSection.FindStringSubmatch(text); m != nil {
			inOrigin = strings.Join(strings.Fields(m[1]), " ") == `remote "origin"`
		} else if m := originURL.FindStringSubmatch(strings.TrimRight(text, "\r\n")); m != nil && inOrigin {
			hosted := strings.Index(m[1], ":") > 1 && !strings.HasPrefix(m[1], "file:") // one letter is a drive
			return m[2], !hosted
		}
	}
	return "", false
}
