package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/source"
)

// publicAPI is where GitHub's REST API is unless the run or a flag says otherwise.
const publicAPI = "https://api.github.com"

// remote is a registry in a repository.
type remote struct {
	reference github.Reference
	token     github.Token
	apiURL    string
	webURL    string // of the same server, for people; empty if unknown
}

// readRemote reads --registry where it names a repository; nil where it names a directory. What has @ or // in it is a
// repository, and what begins with . or / a directory. Of the rest, one name/name is a repository in GitHub Actions,
// where a pull request could bring a directory of that name along; elsewhere it is the directory, if there is one.
func readRemote(env Env, o *checkOptions) (*remote, error) {
	inActions := env.Getenv("GITHUB_ACTIONS") == "true"
	if !namesRepository(env, o.registry, inActions) {
		if o.registryToken != "" || o.registryAPI != "" {
			return nil, usagef("name the repository with --registry owner/repo@ref", "--registry-token and --registry-api-url are for a registry in a repository")
		}
		return nil, nil
	}
	reference, err := github.ParseReference(o.registry)
	var wrong *github.ReferenceError
	if errors.As(err, &wrong) {
		return nil, usagef(wrong.Hint, "--registry %q: %s", o.registry, wrong.Reason)
	}
	if err != nil {
		return nil, usagef("", "--registry: %s", err)
	}
	token := o.registryToken
	if token == "" && o.registryAPI == "" { // of the job, for a registry that is public or in the same repository
		token = o.token
	}
	if token == "" && !inActions && o.registryAPI == "" { // in Actions an earlier step of the job can set any variable
		token = env.Getenv("GITHUB_TOKEN")
	}
	api := o.registryAPI
	if api == "" {
		api = env.Getenv("GITHUB_API_URL")
	}
	if api == "" {
		api = publicAPI
	}
	return &remote{reference, github.NewToken(token), api, webOf(env, api)}, nil
}

// webOf is the address for people of the server with an API.
func webOf(env Env, api string) string {
	if server := env.Getenv("GITHUB_SERVER_URL"); server != "" && api == env.Getenv("GITHUB_API_URL") {
		return server
	}
	if api == publicAPI {
		return "https://github.com"
	}
	server, _ := strings.CutSuffix(api, "/api/v3")
	if server == api {
		return ""
	}
	return server
}

func namesRepository(env Env, text string, inActions bool) bool {
	switch {
	case text == "" || strings.HasPrefix(text, ".") || strings.HasPrefix(text, "/"):
		return false
	case strings.Contains(text, "@") || strings.Contains(text, "//"):
		return true
	case strings.Count(text, "/") != 1:
		return false
	case inActions:
		return true
	}
	_, err := env.IsDir(text)
	return err != nil
}

// fetch reads the registry at one commit; nil if it cannot be read, and the report then says why.
func (r *remote) fetch(ctx context.Context, s settings, rep *diag.Report) *source.Tree {
	rep.Origin = r.reference.String()
	client, err := s.network.connect(r.apiURL, "", r.token)
	if err != nil {
		noRegistry(rep, r.reference.String(), err.Error(), r.hint())
		return nil
	}
	tree, commit, err := client.Registry(ctx, r.reference)
	if err != nil {
		noRegistry(rep, r.reference.String(), err.Error(), r.hint())
		return nil
	}
	rep.Ref, rep.Committed = commit.Ref, commit.Date
	if r.webURL != "" {
		rep.RequestURL = r.webURL + "/" + r.reference.Owner + "/" + r.reference.Repo + "/issues/new"
	}
	return tree
}

// hint is the next step where a registry cannot be fetched.
func (r *remote) hint() string {
	if r.token.IsZero() {
		return "Nothing is wrong with your change. If the repository is private, pass a token that may read its contents with --registry-token; else run again, and if it repeats, tell whoever keeps the registry."
	}
	return "Nothing is wrong with your change. Run again; if it repeats, tell whoever keeps the registry."
}

// tooOld reports a registry that is older than its policy lets it be. The age is that of the commit.
func tooOld(rep *diag.Report, rules *policy.Policy) bool {
	if rep.Committed.IsZero() || rules.RegistryMaxAge.Value.IsZero() {
		return false
	}
	most := rules.RegistryMaxAge
	last := scalar.DateOf(rep.Committed, time.UTC).Plus(most.Value).Start(time.UTC)
	last = last.Add(rep.Committed.Sub(scalar.DateOf(rep.Committed, time.UTC).Start(time.UTC)) + most.Value.Time)
	if !rep.AsOf.After(last) {
		return false
	}
	reason := fmt.Sprintf("its last commit is of %s, and the policy trusts a registry for %s", rep.Committed.UTC().Format(time.DateOnly), most.Value.Words())
	rep.Gaps = append(rep.Gaps, diag.Gap{Target: rep.Origin, Reason: reason})
	rep.Findings = append(rep.Findings, gate.Unreadable("", rep.Origin, []diag.Problem{{Pos: most.Pos, Message: reason}})...)
	return true
}
