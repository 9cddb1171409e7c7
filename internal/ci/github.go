package ci

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/action"
	"github.com/vendorgate/vendorgate/internal/comment"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// This is the only file above the edges that knows GitHub. It translates between GitHub and the neutral types of package
// inputs and of System. gitlab.go is a file like it.

// publicAPI is the default URL of GitHub's REST API.
const publicAPI = "https://api.github.com"

// Help texts that name GitHub.
const (
	ActionShort    = "Run as a step of GitHub Actions"
	TokenHelp      = "Token that can read the contents of the registry's repository. Outside CI jobs, GITHUB_TOKEN or GITLAB_TOKEN is used by default"
	APIHelp        = "REST API of the server that hosts the registry's repository, such as https://github.example/api/v3 or https://gitlab.example/api/v4. By default, the API of the current run."
	RepositoryHelp = "GitHub Actions provides it, and no other name is accepted there."
)

// inGitHub reports whether the process runs in GitHub Actions.
func inGitHub(env process.Env) bool { return env.Getenv("GITHUB_ACTIONS") == "true" }

// Repository returns the repository of the CI job as owner/name, and where the name comes from. It is empty outside a job, and in GitLab,
// where anybody can set the variable.
func Repository(env process.Env) (name, origin string) {
	return env.Getenv("GITHUB_REPOSITORY"), "the variable GITHUB_REPOSITORY"
}

// ContainsRegistry returns an error if a job of the action needs the registry that is embedded in the program, but the action is a
// fork and runs the image of the repository that it was forked from: the fork's vendors, policy and waivers are not in there.
func ContainsRegistry(env process.Env, registry string) error {
	image, action := env.Build.Repository, env.Getenv("GITHUB_ACTION_REPOSITORY")
	if registry != "" || image == "" || action == "" || strings.EqualFold(image, action) {
		return nil
	}
	return inputs.Usagef("set `image: Dockerfile` in the action.yml of "+action+", or pass a registry with the input `registry`",
		"the action %s runs the image of %s, which does not contain the vendors, policy and waivers of %s", action, image, action)
}

// apiURL returns the URL of the API of the server that the job runs on.
func apiURL(env process.Env) string {
	if api := env.Getenv("GITHUB_API_URL"); api != "" {
		return api
	}
	return publicAPI
}

// connect returns a client. It makes no requests.
func connect(n process.Network, apiURL, graphQLURL string, token wire.Token) (*github.Client, error) {
	return github.New(github.Options{
		APIURL: apiURL, GraphQLURL: graphQLURL, Token: token, Transport: n.Transport, Now: n.Now, Sleep: n.Sleep, Proxy: n.Proxy, CA: n.CA,
	})
}

// gitHubRegistry returns a registry in a repository on GitHub.
func gitHubRegistry(env process.Env, s RegistrySettings, n process.Network) (*inputs.RemoteRegistry, error) {
	reference, err := github.ParseReference(s.Name)
	if err != nil {
		return nil, wrongRegistry(s.Name, err)
	}
	token, api := s.gitHubToken(env), s.API
	if api == "" {
		api = apiURL(env)
	}
	out := &inputs.RemoteRegistry{
		Name: reference.String(), Repository: reference.Owner + "/" + reference.Repo, Path: reference.Path, Hint: fetchHint(token.IsZero()),
		Fetch: func(ctx context.Context) (*source.Tree, inputs.Commit, error) {
			client, err := connect(n, api, "", token)
			if err != nil {
				return nil, inputs.Commit{}, err
			}
			tree, commit, err := client.Registry(ctx, reference)
			return tree, inputs.Commit{Ref: commit.Ref, Date: commit.Date, Low: client.Low()}, err
		},
	}
	if web := webOf(env, api); web != "" {
		out.Page = web + "/" + out.Repository
		out.RequestURL = out.Page + "/issues/new"
	}
	return out, nil
}

// PublicRegistry returns the owner/name of a registry that whoever sees the repository of the job can see, too; empty if that is unknown.
// Without a token of its own, a job can only read its own repository and public ones.
func PublicRegistry(env process.Env, s RegistrySettings) string {
	reference, err := github.ParseReference(s.Name)
	if err != nil || s.Token != "" || s.API != "" || !NamesRepository(env, s.Name, true) {
		return ""
	}
	return reference.Owner + "/" + reference.Repo
}

// gitHubToken returns the token for the registry's repository.
func (s RegistrySettings) gitHubToken(env process.Env) wire.Token {
	token, whose := s.Token, registryToken
	if token == "" && s.API == "" && s.GitLab == "" { // enough for a registry that is public or in the same repository
		token, whose = s.JobToken, jobToken
	}
	if token == "" && s.API == "" && !InJob(env) { // in a job, an earlier step can set any variable
		token = env.Getenv("GITHUB_TOKEN")
		whose = "GITHUB_TOKEN"
	}
	return wire.NewToken(token).Named(whose)
}

// webOf returns the web address of the server that has an API URL; empty if unknown.
func webOf(env process.Env, api string) string {
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

// gitHub is a job of GitHub Actions.
type gitHub struct {
	env      process.Env
	event    action.Event
	client   *github.Client // nil if noClient is set
	noClient error
}

// NewGitHub returns GitHub Actions, which the process runs in.
func NewGitHub(env process.Env) System { return &gitHub{env: env} }

func (g *gitHub) Arguments(all []Input) ([]string, error) {
	declared := make([]action.Input, len(all))
	for i, in := range all {
		declared[i] = action.Input{Name: in.Name, List: in.List}
	}
	return action.Arguments(declared, g.env.Environ(), g.env.Getenv)
}

func (g *gitHub) Hide(secret string) error { return g.env.Stdout.Put(sink.Mask(secret)) }

func (g *gitHub) Job(ctx context.Context, token string, n process.Network) (*inputs.Job, error) {
	e, err := action.ReadEvent(g.env.Getenv, func(name string) ([]byte, error) { return g.env.ReadFile(name, action.MaxEvent) })
	if err != nil {
		return nil, inputs.Usagef("run the action on pull_request, merge_group, push, schedule or workflow_dispatch", "%s", err)
	}
	if ValidRepository(e.Repository) {
		g.client, g.noClient = connect(n, apiURL(g.env), g.env.Getenv("GITHUB_GRAPHQL_URL"), wire.NewToken(token).Named(jobToken))
	} else {
		g.noClient = fmt.Errorf("%q is not a repository name", e.Repository)
	}
	e, unmatched := g.seek(ctx, e, token)
	g.event = e
	job := &inputs.Job{ReadAccess: "give the job `permissions: contents: read`", Event: inputs.Event{
		Name: e.Name, Repository: e.Repository, Change: e.Pull, Author: e.Author, Unmatched: unmatched,
		Head: e.Head, Away: e.Away, Tips: e.Tips, Forbidden: e.Forbidden, HeadRepo: e.HeadRepo,
		Merge: e.Merge, Default: e.Default, Target: e.Target, Unchanged: e.Unchanged,
		Base: e.Base, BaseBranch: e.BaseBranch, Rules: e.Rules, RulesBranch: e.RulesBranch, Deleted: e.Deleted,
	}}
	if job.Unavailable = g.noClient; g.noClient == nil {
		job.Forge, job.Low = g.client.Repository(e.Repository), g.client.Low
	}
	return job, nil
}

// seek asks for the pull request that a workflow_run is about, because GitHub names none from a fork. If it is not found, the error
// says why, and the run checks the head alone.
func (g *gitHub) seek(ctx context.Context, e action.Event, token string) (action.Event, error) {
	switch {
	case !e.Sought:
		return e, nil
	case g.noClient != nil:
		return e, g.noClient
	case token == "":
		return e, errors.New("GitHub does not say which pull request the run is about, and there is no token to ask for it")
	case e.HeadRepo == "" || e.Branch == "":
		return e, errors.New("GitHub does not say which pull request the run is about, nor which branch its commit was pushed to")
	}
	owner, name, _ := strings.Cut(e.Repository, "/")
	pull, err := g.client.OpenPull(ctx, owner, name, e.HeadRepo, e.Branch, e.Head)
	if err != nil {
		return e, err
	}
	return e.Found(pull.Number, pull.Author, pull.Base, pull.BaseCommit), nil
}

func (g *gitHub) Place() report.Place {
	return report.Place{Server: g.env.Getenv("GITHUB_SERVER_URL"), Repository: g.event.Repository, Commit: g.event.Head, Run: g.event.RunURL}
}

func (g *gitHub) Keep(name string, document sink.Document) (string, error) {
	temp := g.env.Getenv("RUNNER_TEMP")
	if temp == "" {
		return "", nil
	}
	return g.env.NewFile(temp, name, document.Bytes())
}

func (g *gitHub) Publish(outputs []sink.Output) error {
	file, err := sink.Outputs(outputs)
	name := g.env.Getenv("GITHUB_OUTPUT")
	switch {
	case err != nil:
		return err
	case name == "":
		return errors.New("GITHUB_OUTPUT is not set")
	}
	return g.env.AppendFile(name, file)
}

func (g *gitHub) Annotate(findings []diag.Finding) error {
	return g.env.Stdout.Put(action.Annotations(findings))
}

func (g *gitHub) Notify(message string) error {
	return g.env.Stdout.Put(sink.Annotations([]sink.Annotation{{Kind: sink.Notice, Title: "vendorgate", Message: sink.Text(message)}}))
}

// maxSummary is below 1 MiB. The runner drops larger step summaries.
const maxSummary = 900 << 10

func (g *gitHub) Summarise(rep *diag.Report, at report.Place) error {
	name := g.env.Getenv("GITHUB_STEP_SUMMARY")
	if name == "" {
		return nil
	}
	return g.env.AppendFile(name, report.JobSummary(rep, at, maxSummary).Bytes())
}

// maxComment is below GitHub's limit of 65,536 characters, however it counts them.
const maxComment = 60_000

func (g *gitHub) Comment(ctx context.Context, c Comment) (hint string, err error) {
	if g.noClient != nil {
		return "", g.noClient
	}
	owner, name, _ := strings.Cut(g.event.Repository, "/")
	_, err = g.client.Sync(ctx, github.Comment{Owner: owner, Repo: name, Number: g.event.Pull, Wanted: comment.Wanted{
		Mark:   comment.Mark{Key: digest(g.portable(c.Settings)), Place: g.place(), Run: max(g.event.RunID, 1), Attempt: g.event.Attempt, Head: g.event.Head},
		Create: c.Create,
		Write: func(before string) (state, text string) {
			state, document := c.Write(before, maxComment)
			return state, string(document.Bytes())
		},
		Same: report.SameComment, RecreateIf: c.RecreateIf, Alone: c.Alone, Superseded: string(report.Superseded().Bytes()),
	}})
	return permissionHint(err), err
}

// permissionHint says how to get the permission that comments need, if that is what is missing.
func permissionHint(err error) string {
	var refused *wire.Error
	if errors.As(err, &refused) && refused.Cause == wire.Permission {
		return "To get the comment, give the job `permissions: pull-requests: write`. For pull requests from forks and from Dependabot, the token is always read-only."
	}
	return ""
}

// place identifies the workflow, job and step that a comment is from.
func (g *gitHub) place() string {
	workflow, _, _ := strings.Cut(g.env.Getenv("GITHUB_WORKFLOW_REF"), "@")
	return digest([]string{workflow, g.env.Getenv("GITHUB_JOB"), g.env.Getenv("GITHUB_ACTION")})
}

// randomEnd is what mktemp adds to a name: six characters, or ten if no name is given.
var randomEnd = regexp.MustCompile(`\.(?:[0-9A-Za-z]{6}|[0-9A-Za-z]{10})(/|$)`)

// portable takes out of settings what differs between runners, and between runs: where the workspace and the temporary folder are, and
// the ends that mktemp gives to names there.
func (g *gitHub) portable(settings []string) []string {
	out := slices.Clone(settings)
	for i, setting := range out {
		if workspace := g.env.Getenv("GITHUB_WORKSPACE"); workspace != "" {
			setting = strings.Replace(setting, "="+workspace+"/", "=", 1)
		}
		if before, below, ok := strings.Cut(setting, "="+g.env.Getenv("RUNNER_TEMP")+"/"); ok && g.env.Getenv("RUNNER_TEMP") != "" {
			setting = before + "=temp:" + randomEnd.ReplaceAllString(below, "$1")
		}
		out[i] = setting
	}
	return out
}

// GitHubHelp describes flags in a job of GitHub Actions.
func GitHubHelp() map[string]string {
	return map[string]string{
		"registry-token":   registryTokenHelp,
		"base":             "Directory or manifest as it was before the change, outside of the workspace. By default, the merge base of the change, from the server.",
		"as-of":            jobAsOfHelp,
		"repository":       "The repository's name as owner/name. " + RepositoryHelp,
		"token":            "The job's token. It reads the base of the change, and writes the comment if it has permission.",
		"comment":          "When to comment on the pull request: on-failure, on-warning (also on a pass with warnings or waived findings), always or never. The policy can ask for more. There is a single comment, updated in place.",
		"comment-recreate": "When to replace the comment so that people are notified again: never, or when-worse if the verdict got worse.",
		"matrix-jobs":      "Number of jobs in the matrix of the job. If there is only one, a comment under other settings is outdated. Set it to 2 if a workflow calls a reusable workflow twice.",
	}
}

// Texts about a job, whatever system it runs on.
const (
	registryTokenHelp = "Token that can read the contents of the registry's repository."
	jobAsOfHelp       = "Date (2027-01-31) or time (RFC 3339) to evaluate at. By default, now. The policy must allow it."
)
