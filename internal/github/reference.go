package github

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/vendorgate/vendorgate/internal/snapshot"
)

// Names that GitHub allows. The patterns are strict because names become parts of a URL, and go-github does not escape
// them.
var (
	ownerPattern  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$`)
	repoPattern   = regexp.MustCompile(`^[A-Za-z0-9._-]{1,100}$`)
	refPattern    = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._/+@-]*$`)
	shortPattern  = regexp.MustCompile(`^[0-9a-fA-F]{7,39}$`)
	commitPattern = regexp.MustCompile(`^[0-9a-f]{40}$`)
)

// Reference names a folder of a repository at a ref: owner/repo[@ref][//path].
type Reference struct {
	Owner, Repo string
	Ref         string // as given: a branch or tag, refs/heads/…, refs/tags/… or 40 hex digits; empty for the default branch
	Path        string // of the folder; empty for the root
}

// String returns the reference as it is written.
func (r Reference) String() string {
	text := r.Owner + "/" + r.Repo
	if r.Ref != "" {
		text += "@" + r.Ref
	}
	if r.Path != "" {
		text += "//" + r.Path
	}
	return text
}

// ParseReference reads owner/repo[@ref][//path]. The caller decides whether the text names a local directory instead.
// Errors are of type *snapshot.ReferenceError.
func ParseReference(text string) (Reference, error) {
	var r Reference
	wrong := func(reason, hint string) (Reference, error) {
		return Reference{}, &snapshot.ReferenceError{Text: text, Reason: reason, Hint: hint}
	}
	if strings.Contains(text, "://") || strings.HasPrefix(text, "git@") {
		return wrong("it is a URL", "write owner/repo[@ref][//path]; set the server separately")
	}
	before, path, hasPath := strings.Cut(text, "//")
	name, ref, hasRef := strings.Cut(before, "@")
	owner, repo, hasRepo := strings.Cut(name, "/")
	if !hasRepo {
		return wrong("it has no repository", "write owner/repo[@ref][//path]")
	}
	if strings.Contains(repo, "/") {
		return wrong("it has too many parts", "write a folder after two slashes: "+suggestion(owner, repo, hasRef, ref))
	}
	r = Reference{Owner: owner, Repo: repo, Ref: ref, Path: strings.TrimSuffix(path, "/")}
	if !ownerPattern.MatchString(owner) {
		return wrong(fmt.Sprintf("%q is not a valid owner name", owner), "use up to 39 letters, digits and hyphens")
	}
	if reason, hint := wrongRepo(repo); reason != "" {
		return wrong(reason, hint)
	}
	if hasRef {
		if reason, hint := wrongRef(ref); reason != "" {
			return wrong(reason, hint)
		}
	}
	if hasPath {
		if reason, hint := wrongPath(r.Path); reason != "" {
			return wrong(reason, hint)
		}
	}
	if commitPattern.MatchString(strings.ToLower(ref)) {
		r.Ref = strings.ToLower(ref)
	}
	return r, nil
}

// suggestion rewrites owner/repo/path@ref, which other tools accept.
func suggestion(owner, rest string, hasRef bool, ref string) string {
	repo, path, _ := strings.Cut(rest, "/")
	if hasRef {
		ref = "@" + ref
	}
	return owner + "/" + repo + ref + "//" + path
}

// wrongRepository returns an error if an untrusted repository name is not valid.
func wrongRepository(owner, repo string) error {
	if !ownerPattern.MatchString(owner) {
		return &snapshot.ReferenceError{Text: owner, Reason: "it is not a valid owner name"}
	}
	if reason, hint := wrongRepo(repo); reason != "" {
		return &snapshot.ReferenceError{Text: repo, Reason: reason, Hint: hint}
	}
	return nil
}

// wrongPlace returns an error if an untrusted repository name or commit is not valid.
func wrongPlace(owner, repo, commit string) error {
	if err := wrongRepository(owner, repo); err != nil {
		return err
	}
	if !commitPattern.MatchString(commit) {
		return &snapshot.ReferenceError{Text: commit, Reason: "it is not a commit of 40 lower-case hexadecimal digits"}
	}
	return nil
}

func wrongRepo(repo string) (reason, hint string) {
	switch {
	case repo == "." || repo == "..", !repoPattern.MatchString(repo):
		return fmt.Sprintf("%q is not a valid repository name", repo), "use letters, digits, '.', '-' and '_'; write a ref after @ and a folder after //"
	case strings.HasSuffix(repo, ".git"):
		return fmt.Sprintf("%q is not a valid repository name", repo), "remove .git"
	}
	return "", ""
}

// wrongRef checks a ref against git's rules (git check-ref-format), and against characters that a URL would need to
// escape.
func wrongRef(ref string) (reason, hint string) {
	if ref == "" {
		return "the ref after @ is empty", "name a branch, a tag or a commit, or remove the @ for the default branch"
	}
	if !refPattern.MatchString(ref) || !snapshot.IsRef(ref) {
		return fmt.Sprintf("%q is not a valid branch or tag name", ref), "use letters, digits and . _ / + @ -, without empty parts or '..'"
	}
	if strings.HasPrefix(ref, "refs/") && !strings.HasPrefix(ref, "refs/heads/") && !strings.HasPrefix(ref, "refs/tags/") {
		return fmt.Sprintf("%q is neither a branch nor a tag", ref), "write refs/heads/NAME or refs/tags/NAME, or only the name"
	}
	return "", ""
}

func wrongPath(path string) (reason, hint string) {
	switch {
	case path == "":
		return "the path after // is empty", "name the folder, or remove the // for the root"
	case strings.Contains(path, "@"):
		return fmt.Sprintf("%q is not a valid folder path", path), "write the ref before the path: owner/repo@ref//path"
	case !snapshot.IsFolder(path):
		return fmt.Sprintf("%q is not a valid folder path", path), "use letters, digits and . _ + -, with single slashes and without '..'"
	}
	return "", ""
}
