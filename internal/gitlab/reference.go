package gitlab

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/vendorgate/vendorgate/internal/snapshot"
)

// Names that are accepted. GitLab allows more in the names of branches; what it allows in those of groups and projects is all here.
var (
	projectPattern = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*){1,20}$`)
	refPattern     = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._/+@#-]*$`)
)

// Scheme is what a reference begins with.
const Scheme = "gitlab:"

// Reference names a folder of a project at a ref: gitlab:group/project[@ref][//path]. A project may lie in subgroups.
type Reference struct {
	Project string
	Ref     string // as given: a branch or tag, refs/heads/…, refs/tags/… or 40 hex digits; empty for the default branch
	Path    string // of the folder; empty for the root
}

// String returns the reference as it is written.
func (r Reference) String() string {
	text := Scheme + r.Project
	if r.Ref != "" {
		text += "@" + r.Ref
	}
	if r.Path != "" {
		text += "//" + r.Path
	}
	return text
}

// ParseReference reads gitlab:group/project[@ref][//path]. Errors are of type *snapshot.ReferenceError.
func ParseReference(text string) (Reference, error) {
	wrong := func(reason, hint string) (Reference, error) {
		return Reference{}, &snapshot.ReferenceError{Text: text, Reason: reason, Hint: hint}
	}
	rest, ok := strings.CutPrefix(text, Scheme)
	if !ok || strings.Contains(rest, "://") {
		return wrong("it is not a project on GitLab", "write gitlab:group/project[@ref][//path]; set the server separately")
	}
	before, path, hasPath := strings.Cut(rest, "//")
	project, ref, hasRef := strings.Cut(before, "@")
	r := Reference{Project: project, Ref: ref, Path: strings.TrimSuffix(path, "/")}
	switch {
	case !projectPattern.MatchString(project) || len(project) > snapshot.MaxPath || strings.HasSuffix(project, ".git"):
		return wrong(fmt.Sprintf("%q is not a valid project", project), "write the group, its subgroups and the project, such as gitlab:acme/platform/vendor-registry")
	case hasRef && (wrongRef(ref) || strings.HasPrefix(ref, "refs/") && !strings.HasPrefix(ref, "refs/heads/") && !strings.HasPrefix(ref, "refs/tags/")):
		return wrong(fmt.Sprintf("%q is not a valid branch, tag or commit", ref), "name a branch, a tag or a commit of 40 digits, or remove the @ for the default branch")
	case hasPath && !snapshot.IsFolder(r.Path):
		return wrong(fmt.Sprintf("%q is not a valid folder path", path), "write the ref before the path: gitlab:group/project@ref//path")
	}
	if snapshot.IsHash(strings.ToLower(ref)) {
		r.Ref = strings.ToLower(ref)
	}
	return r, nil
}

// wrongRef checks the name of a branch or tag, also for characters that need an escape.
func wrongRef(ref string) bool { return !refPattern.MatchString(ref) || !snapshot.IsRef(ref) }
