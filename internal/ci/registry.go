package ci

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/snapshot"
)

// InJob reports whether the process runs in a CI job, where a change may control the files in the workspace.
func InJob(env process.Env) bool { return inGitHub(env) || inGitLab(env) }

// How messages name tokens.
const (
	jobToken      = "the job's token"
	projectToken  = "the token in VENDORGATE_TOKEN" //nolint:gosec // a name, and no token
	registryToken = "the registry-token"
)

// RegistrySettings say where a registry is and how to reach its server.
type RegistrySettings struct {
	Name     string
	Token    string // for its repository
	API      string // of its server
	JobToken string // of the CI job
	GitLab   string // API of the server that the CI job runs on, if that is GitLab
}

// RemoteRegistry parses --registry if it names a repository, and returns nil if it names a directory. A value with @, // or gitlab: is
// a repository, and one that starts with . or / is a directory. In a CI job, any other name/name is a repository, because a
// change could add a directory with that name; elsewhere it is the directory, if that exists.
func RemoteRegistry(env process.Env, s RegistrySettings, n process.Network) (*inputs.RemoteRegistry, error) {
	if u, err := url.Parse(s.API); s.API != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		return nil, inputs.Usagef("write the address of a REST API, such as https://github.example/api/v3", "--registry-api-url %q is no address", s.API)
	}
	switch {
	case strings.HasPrefix(s.Name, gitLabScheme):
		return gitLabRegistry(env, s, n)
	case NamesRepository(env, s.Name, InJob(env)):
		if inGitLab(env) && s.API == "" { // somebody else may own that name on GitHub
			return nil, inputs.Usagef("for a project on GitLab, write "+gitLabScheme+s.Name+"; for a repository on GitHub, add --registry-api-url https://api.github.com", "--registry %q: it does not say on which server it is", s.Name)
		}
		return gitHubRegistry(env, s, n)
	case s.Token != "" || s.API != "":
		return nil, inputs.Usagef("pass the repository with --registry owner/repo@ref", "--registry-token and --registry-api-url need a registry in a repository")
	}
	return nil, nil //nolint:nilnil // nil means a directory
}

// fetchHint returns the next step if a registry cannot be fetched.
func fetchHint(noToken bool) string {
	if noToken {
		return "Your change is not the cause. If the registry's repository is private, pass a token that can read its contents with --registry-token. Otherwise, run the check again; if it still fails, tell the maintainers of the registry."
	}
	return "Your change is not the cause. Run the check again; if it still fails, tell the maintainers of the registry."
}

// NamesRepository reports whether a value of --registry names a repository and not a directory.
func NamesRepository(env process.Env, text string, inJob bool) bool {
	switch {
	case strings.HasPrefix(text, gitLabScheme):
		return true
	case text == "" || strings.HasPrefix(text, ".") || strings.HasPrefix(text, "/"):
		return false
	case strings.Contains(text, "@") || strings.Contains(text, "//"):
		return true
	case strings.Count(text, "/") != 1:
		return false
	case inJob:
		return true
	}
	_, err := env.IsDir(text)
	return err != nil
}

// ValidRepository accepts what GitHub and GitLab do: an owner and a name, on GitLab with subgroups in between, without path separators
// in them.
func ValidRepository(name string) bool {
	parts := strings.Split(name, "/")
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._"
	return len(parts) >= 2 && !slices.ContainsFunc(parts, func(part string) bool {
		return part == "" || part == "." || part == ".." || strings.Trim(part, letters) != ""
	})
}

// digest returns 16 hex digits for texts.
func digest(parts []string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// wrongRegistry returns what is wrong with the name of a registry on a server.
func wrongRegistry(name string, err error) error {
	var wrong *snapshot.ReferenceError
	if errors.As(err, &wrong) {
		return inputs.Usagef(wrong.Hint, "--registry %q: %s", name, wrong.Reason)
	}
	return inputs.Usagef("", "--registry: %s", err)
}
