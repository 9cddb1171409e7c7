package ci

import (
	"context"
	"errors"
	"strings"

	"github.com/vendorgate/vendorgate/internal/comment"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gitlab"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// This is the only file above the edges that knows GitLab. It translates between GitLab and the neutral types of package inputs and of
// System.

// Texts that name GitLab.
const (
	GitLabShort  = "Check in a job of GitLab CI/CD, and write a note on the merge request"
	GitLabServer = "https://gitlab.com"
	ServerHelp   = "Address of the GitLab server that the job runs on. The tokens are sent there and nowhere else, so it is never read from a variable of the job."
)

// GitLabHelp describes flags in a job of GitLab CI/CD.
func GitLabHelp() map[string]string {
	return map[string]string{
		"registry-token":   registryTokenHelp + " By default, the value of VENDORGATE_REGISTRY_TOKEN, which is not seen on the command line.",
		"base":             "Directory or manifest as it was before the change, outside of the project's directory. By default, the merge base of the merge request, from the server.",
		"as-of":            jobAsOfHelp,
		"repository":       "The project's path, such as acme/checkout. The server provides it, and no other is accepted.",
		"token":            "Access token that reads the merge base, and writes the note if it has the scope api. By default, the value of VENDORGATE_TOKEN, which is not seen on the command line.",
		"comment":          "When to write a note on the merge request: on-failure, on-warning (also on a pass with warnings or waived findings), always or never. The policy can ask for more. There is a single note, updated in place.",
		"comment-recreate": "When to replace the note so that people are notified again: never, or when-worse if the verdict got worse.",
		"matrix-jobs":      "Number of jobs of the pipeline that check this project. If there is only one, a note under other settings is outdated.",
	}
}

const gitLabScheme = gitlab.Scheme

// publicGitLab is the URL of the REST API of gitlab.com.
const publicGitLab = GitLabServer + "/api/v4"

// inGitLab reports whether the process runs in a job of GitLab CI/CD.
func inGitLab(env process.Env) bool { return env.Getenv("GITLAB_CI") == "true" }

func connectGitLab(n process.Network, api string, token, job wire.Token) (*gitlab.Client, error) {
	return gitlab.New(gitlab.Options{
		APIURL: api, Token: token, JobToken: job, Transport: n.Transport, Now: n.Now, Sleep: n.Sleep, Proxy: n.Proxy, CA: n.CA,
	})
}

// gitLabRegistry returns a registry in a project on GitLab.
func gitLabRegistry(env process.Env, s RegistrySettings, n process.Network) (*inputs.RemoteRegistry, error) {
	reference, err := gitlab.ParseReference(s.Name)
	if err != nil {
		return nil, wrongRegistry(s.Name, err)
	}
	api, token, whose := s.API, s.Token, registryToken
	switch {
	case api != "": // another server gets only the token that was given for it
	case s.GitLab != "":
		api = s.GitLab
		if token == "" { // enough for a registry that is public, or that the token for the project can read
			token, whose = s.JobToken, projectToken
		}
	default:
		api = publicGitLab
		if token == "" && !InJob(env) { // in a job, an earlier step can set any variable
			token, whose = env.Getenv("GITLAB_TOKEN"), "GITLAB_TOKEN"
		}
	}
	out := &inputs.RemoteRegistry{
		Name: reference.String(), Repository: reference.Project, Path: reference.Path, Hint: fetchHint(token == ""),
		Fetch: func(ctx context.Context) (*source.Tree, inputs.Commit, error) {
			client, err := connectGitLab(n, api, wire.NewToken(token).Named(whose), wire.Token{})
			if err != nil {
				return nil, inputs.Commit{}, err
			}
			tree, commit, err := client.Registry(ctx, reference)
			return tree, inputs.Commit{Ref: commit.Ref, Date: commit.Date, Low: client.Low()}, err
		},
	}
	if server, ok := strings.CutSuffix(strings.TrimSuffix(api, "/"), "/api/v4"); ok {
		out.Page = server + "/" + reference.Project
		out.RequestURL = out.Page + "/-/issues/new"
	}
	return out, nil
}

// GitLab is a job of GitLab CI/CD.
type GitLab struct {
	env    process.Env
	server string // as --server has it
	event  gitlab.Event
	client *gitlab.Client
}

// NewGitLab returns GitLab CI/CD, which the process runs in.
func NewGitLab(env process.Env) *GitLab { return &GitLab{env: env} }

// At sets the address of the server, and returns the URL of its API. It is an error if the job runs on another one.
func (g *GitLab) At(server string) (api string, err error) {
	g.server = strings.TrimRight(server, "/")
	switch said := strings.TrimRight(g.env.Getenv("CI_SERVER_URL"), "/"); {
	case !inGitLab(g.env):
		return "", inputs.Usagef("run it in a job of GitLab CI/CD; elsewhere, run `vendorgate check`", "GITLAB_CI is not set, so this is no job of GitLab CI/CD")
	case said != "" && said != g.server:
		return "", inputs.Usagef("if this job runs there, pass --server "+diag.ShellWord(said)+"; otherwise, remove the variable", "the job says that it runs on %q, and --server is %q", said, g.server)
	}
	return g.server + "/api/v4", nil
}

// Arguments returns the tokens, which should not be on a command line. All other settings are flags.
func (g *GitLab) Arguments([]Input) ([]string, error) {
	var out []string
	for flag, variable := range map[string]string{"token": "VENDORGATE_TOKEN", "registry-token": "VENDORGATE_REGISTRY_TOKEN"} {
		if value := g.env.Getenv(variable); value != "" {
			out = append(out, "--"+flag+"="+value)
		}
	}
	return out, nil
}

// Hide does nothing. GitLab masks variables that are set to be masked, and no text is ever printed that a token is in.
func (g *GitLab) Hide(string) error { return nil }

// Job asks the server what the job is about.
func (g *GitLab) Job(ctx context.Context, token string, n process.Network) (*inputs.Job, error) {
	job := wire.NewToken(g.env.Getenv("CI_JOB_TOKEN"))
	if job.IsZero() {
		return nil, errors.New("CI_JOB_TOKEN is not set, so it is unknown what to check")
	}
	var err error
	if g.client, err = connectGitLab(n, g.server+"/api/v4", wire.NewToken(token).Named(projectToken), job); err != nil {
		return nil, err
	}
	if g.event, err = g.client.Event(ctx, g.env.Getenv); err != nil {
		return nil, err
	}
	e := g.event
	// There is no Head: what is not checked out is not read from the server. So somebody who gives a job the token of another one, and
	// keeps the runner from checking out its own commit, gets no verdict about the other one.
	out := inputs.Event{
		Name: "branch pipeline", Repository: e.Project.Path, Author: e.Change.Author.Login, Change: int(e.Change.IID),
		HeadRepo: e.JobProject.Path, Tips: []string{e.Commit}, Default: e.Project.DefaultBranch, Target: e.Branch, RulesBranch: e.Project.DefaultBranch,
	}
	switch {
	case out.Change != 0:
		out.Name, out.Target = "merge request pipeline", e.Change.Target
		if e.Merged {
			out.Merge = e.Commit
		}
	case e.Branch == out.Default:
		out.RulesBranch, out.Unchanged = "", "a pipeline on the default branch has no change to check"
	case e.Branch == "":
		out.Name = "tag pipeline"
	}
	return &inputs.Job{
		Event: out, Forge: g.client.Repository(e.Project), Low: g.client.Low,
		ReadAccess: "set VENDORGATE_TOKEN to an access token with the scope read_api",
	}, nil
}

// Place returns what the links of the note point to.
func (g *GitLab) Place() report.Place {
	return report.Place{Server: g.server, Repository: g.event.JobProject.Path, Commit: g.event.Commit, Run: g.event.URL, Blob: []string{"-"}}
}

// Keep stores nothing: a job passes files to later ones as artifacts, with --format json=FILE.
func (g *GitLab) Keep(string, sink.Document) (string, error) { return "", nil }

// Publish does nothing, because a job of GitLab has no outputs.
func (g *GitLab) Publish([]sink.Output) error { return nil }

// Annotate does nothing: GitLab shows the findings of a code quality report on their lines, with --format codequality=FILE.
func (g *GitLab) Annotate([]diag.Finding) error { return nil }

// Notify prints a message to the log of the job.
func (g *GitLab) Notify(message string) error {
	g.env.Say(sink.Linef("vendorgate: %s", message))
	return nil
}

// Summarise does nothing: a job of GitLab has its log and its artifacts.
func (g *GitLab) Summarise(*diag.Report, report.Place) error { return nil }

// Comment writes or updates the note on the merge request.
func (g *GitLab) Comment(ctx context.Context, c Comment) (hint string, err error) {
	head := g.event.Commit
	if g.event.Merged {
		head = g.event.Change.Head
	}
	_, err = g.client.Sync(ctx, gitlab.Note{Project: g.event.Project.ID, IID: g.event.Change.IID, Wanted: comment.Wanted{
		Mark:   comment.Mark{Key: digest(g.portable(c.Settings)), Place: digest([]string{g.event.Name}), Run: g.event.Pipeline, Attempt: 1, Head: head},
		Create: c.Create,
		Write: func(before string) (state, text string) {
			state, document := c.Write(before, maxComment)
			return state, inWords(document)
		},
		Same: report.SameComment, RecreateIf: c.RecreateIf, Alone: c.Alone, Tip: g.event.Change.Head, Superseded: inWords(report.Superseded()),
	}})
	var refused *wire.Error
	if errors.As(err, &refused) && (refused.Cause == wire.Permission || refused.Cause == wire.BadToken) {
		hint = "To get the note, set VENDORGATE_TOKEN to an access token of the target project with the scope api. Pipelines in forks do not have it."
	}
	return hint, err
}

// inWords returns a comment in the words of GitLab.
func inWords(document sink.Document) string {
	return strings.NewReplacer("pull request", "merge request", "Pull request", "Merge request").Replace(string(document.Bytes()))
}

// portable takes the folder of the project out of settings, because it differs between runners.
func (g *GitLab) portable(settings []string) []string {
	out := make([]string, len(settings))
	for i, setting := range settings {
		out[i] = setting
		if folder := g.env.Getenv("CI_PROJECT_DIR"); folder != "" {
			out[i] = strings.Replace(setting, "="+folder+"/", "=", 1)
		}
	}
	return out
}
