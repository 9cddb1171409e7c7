package action

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Event says what a run checks, what it compares it with, and where the rules come from. Commits are 40 hex digits, or
// empty if the event has none.
type Event struct {
	Name       string // pull_request, ... as GITHUB_EVENT_NAME has it
	Repository string // owner/name of the repository that the run belongs to
	Pull       int    // number of the pull request; zero if there is none
	Author     string // login of its author; empty if unknown
	Branch     string // of HeadRepo, whose tip is Head; empty unless Sought
	Sought     bool   // the run is about a pull request that the payload does not name; see Found

	Head      string   // commit to check, for links and for reading it through the API
	Away      bool     // the head is not in the workspace but is read through the API
	Tips      []string // commits that may be checked out in the workspace; empty if the event does not say
	Forbidden string   // commit that must not be checked out, because the run has secrets and a token with write access
	HeadRepo  string   // owner/name of the repository that Head was pushed to; empty if that was deleted

	Merge     string // merge commit of the pull request; empty if the event does not name it
	Default   string // default branch; empty if nothing is compared with it
	Target    string // branch that a pull request goes into, or that the run is for; empty if there is none
	Unchanged string // why the run checks no change; empty if it does

	Base       string // commit to compare with, instead of a merge base: that of a merge group
	BaseBranch string // branch to compare with, if the merge group names no commit

	Rules       string // commit that the repository's own registry and settings are read from
	RulesBranch string // branch that they are read from, if there is no commit
	// If both are empty, they are read from the workspace, which is the default branch.

	Deleted bool // the push deleted its branch or tag, so there is nothing to check

	RunID   int64 // of the workflow run; zero if unknown
	Attempt int   // of the run, from 1
	RunURL  string
}

// Events lists the supported events, sorted.
func Events() []string {
	return []string{
		"merge_group", "pull_request", "pull_request_target", "push", "repository_dispatch", "schedule",
		"workflow_call", "workflow_dispatch", "workflow_run",
	}
}

// MaxEvent is the size in bytes above which a payload is refused; GitHub's own limit is 25 MB.
const MaxEvent = 32 << 20

var commitPattern = regexp.MustCompile(`^[0-9a-f]{40}$`)

// payload has the fields of event payloads that we use.
type payload struct {
	Ref         string       `json:"ref"`
	Before      string       `json:"before"`
	After       string       `json:"after"`
	Deleted     bool         `json:"deleted"`
	Repository  *repository  `json:"repository"`
	PullRequest *pullRequest `json:"pull_request"`
	MergeGroup  *mergeGroup  `json:"merge_group"`
	WorkflowRun *workflowRun `json:"workflow_run"`
}

type repository struct {
	ID            int64  `json:"id"`
	FullName      string `json:"full_name"`
	DefaultBranch string `json:"default_branch"`
}

type end struct {
	SHA  string      `json:"sha"`
	Ref  string      `json:"ref"`
	Repo *repository `json:"repo"` // null if the fork was deleted
}

type pullRequest struct {
	Number int  `json:"number"`
	Head   end  `json:"head"`
	Base   end  `json:"base"`
	User   user `json:"user"`
}

type user struct {
	Login string `json:"login"`
}

type mergeGroup struct {
	HeadSHA string `json:"head_sha"`
	BaseSHA string `json:"base_sha"` // not in every payload
	BaseRef string `json:"base_ref"`
}

type workflowRun struct {
	Event          string        `json:"event"` // of the run before
	HeadSHA        string        `json:"head_sha"`
	HeadBranch     string        `json:"head_branch"`
	HeadRepository *repository   `json:"head_repository"`
	PullRequests   []pullRequest `json:"pull_requests"` // empty for forks
}

// ReadEvent determines what a run checks. read returns the payload file. For workflow_call, the name and payload are
// the caller's. An unsupported event, or a payload that lacks something, is an error: vendorgate must not guess what to
// check.
func ReadEvent(getenv func(string) string, read func(name string) ([]byte, error)) (Event, error) {
	e := Event{Name: getenv("GITHUB_EVENT_NAME"), Repository: getenv("GITHUB_REPOSITORY")}
	if e.Name == "" {
		return e, errors.New("GITHUB_EVENT_NAME is not set, so it is unknown what to check")
	}
	if !slices.Contains(Events(), e.Name) {
		return e, fmt.Errorf("the event %q does not say what to check; use one of %s", e.Name, strings.Join(Events(), ", "))
	}
	p, err := readPayload(getenv("GITHUB_EVENT_PATH"), read)
	if err != nil {
		return e, err
	}
	if e.Repository == "" && p.Repository != nil {
		e.Repository = p.Repository.FullName
	}
	e.run(getenv)
	switch name := caller(e.Name, p); name {
	case "pull_request", "pull_request_target":
		err = e.pullRequest(p, name == "pull_request_target", getenv("GITHUB_SHA"))
	case "merge_group":
		err = e.mergeGroup(p)
	case "push":
		err = e.push(p, getenv)
	case "workflow_run":
		err = e.workflowRun(p, getenv("GITHUB_SHA"))
	default:
		err = e.branch(p, getenv)
	}
	if err != nil {
		return e, fmt.Errorf("the payload of the event %s: %w", e.Name, err)
	}
	return e, nil
}

// caller returns the caller's event, in case a called workflow sees its own name. It is then unknown whether the
// workspace of a pull request contains the head, so we assume that it does not.
func caller(name string, p payload) string {
	switch {
	case name != "workflow_call":
		return name
	case p.PullRequest != nil:
		return "pull_request_target"
	case p.MergeGroup != nil:
		return "merge_group"
	case p.After != "":
		return "push"
	}
	return name
}

func readPayload(name string, read func(string) ([]byte, error)) (payload, error) {
	var p payload
	if name == "" {
		return p, errors.New("GITHUB_EVENT_PATH is not set, so it is unknown what to check")
	}
	data, err := read(name)
	switch {
	case err != nil:
		return p, fmt.Errorf("read the payload of the event: %w", err)
	case len(data) > MaxEvent:
		return p, fmt.Errorf("the payload of the event is longer than %d bytes", MaxEvent)
	}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &p); err != nil {
		return p, errors.New("the payload of the event is not the JSON that GitHub writes")
	}
	return p, nil
}

// run reads the id and attempt of the run.
func (e *Event) run(getenv func(string) string) {
	e.Attempt = 1
	if n, err := strconv.ParseInt(getenv("GITHUB_RUN_ID"), 10, 64); err == nil && n > 0 {
		e.RunID = n
	}
	if n, err := strconv.Atoi(getenv("GITHUB_RUN_ATTEMPT")); err == nil && n > 0 {
		e.Attempt = n
	}
	if server := getenv("GITHUB_SERVER_URL"); server != "" && e.RunID > 0 && e.Repository != "" {
		e.RunURL = fmt.Sprintf("%s/%s/actions/runs/%d", server, e.Repository, e.RunID)
	}
}

// pullRequest: the workspace contains the merge of head and base or, under pull_request_target, nothing of the head.
func (e *Event) pullRequest(p payload, target bool, merge string) error {
	pr := p.PullRequest
	switch {
	case pr == nil || pr.Number <= 0:
		return errors.New("it has no pull_request")
	case !commitPattern.MatchString(pr.Head.SHA):
		return errors.New("pull_request.head.sha is not a commit")
	case !commitPattern.MatchString(pr.Base.SHA):
		return errors.New("pull_request.base.sha is not a commit")
	}
	e.Pull, e.Author, e.Head = pr.Number, pr.User.Login, pr.Head.SHA
	if pr.Head.Repo != nil {
		e.HeadRepo = pr.Head.Repo.FullName
	}
	if target {
		e.Away, e.Forbidden = true, pr.Head.SHA
	} else {
		e.Tips = commits(merge, pr.Head.SHA)
		e.Merge = strings.Join(commits(merge), "")
	}
	return e.into(p, pr.Base)
}

// mergeGroup: there is no pull request, and there may be several in the group. Some payloads have no base_sha.
func (e *Event) mergeGroup(p payload) error {
	g := p.MergeGroup
	switch {
	case g == nil:
		return errors.New("it has no merge_group")
	case !commitPattern.MatchString(g.HeadSHA):
		return errors.New("merge_group.head_sha is not a commit")
	}
	e.Head, e.HeadRepo, e.Tips = g.HeadSHA, e.Repository, commits(g.HeadSHA)
	branch, ok := strings.CutPrefix(g.BaseRef, "refs/heads/")
	switch {
	case commitPattern.MatchString(g.BaseSHA):
		e.Base, e.Rules = g.BaseSHA, g.BaseSHA
		if p.Repository != nil && p.Repository.DefaultBranch != "" && branch != p.Repository.DefaultBranch {
			e.Rules, e.RulesBranch = "", p.Repository.DefaultBranch
		}
		return nil
	case !ok || branch == "":
		return errors.New("it has neither merge_group.base_sha nor a branch in merge_group.base_ref")
	}
	e.BaseBranch = branch
	if err := e.rules(p, g.BaseRef); err != nil || e.RulesBranch == "" {
		e.RulesBranch = branch
	}
	return nil
}

// into reads the target branch of a pull request. The rules come from its base commit only if the target is the default
// branch, because anyone who can push to another branch can change the rules there.
func (e *Event) into(p payload, base end) error {
	if err := e.rules(p, "refs/heads/"+base.Ref); err != nil {
		return err
	}
	if e.Target = base.Ref; e.RulesBranch == "" {
		e.Rules = base.SHA
	}
	return nil
}

// Found returns the event about a pull request that was sought: its number, its author, its target branch, and the commit there.
func (e Event) Found(number int, author, target, base string) Event {
	e.Pull, e.Author, e.Sought, e.Target = number, author, false, target
	if e.Rules, e.RulesBranch = base, ""; target != e.Default {
		e.Rules, e.RulesBranch = "", e.Default
	}
	return e
}

// push: commits on the default branch are trusted; commits on other branches are not.
func (e *Event) push(p payload, getenv func(string) string) error {
	zeros := strings.Repeat("0", 40)
	if e.Deleted = p.Deleted || p.After == zeros; e.Deleted {
		return nil
	}
	if !commitPattern.MatchString(p.After) {
		return errors.New("after is not a commit")
	}
	e.Head, e.HeadRepo, e.Tips = p.After, e.Repository, commits(p.After, getenv("GITHUB_SHA")) // of an annotated tag, GITHUB_SHA is the commit
	return e.on(p, p.Ref, "a push to the default branch has no change to check")
}

// on is for a run on a ref. On the default branch, unchanged says why there is no change to check.
func (e *Event) on(p payload, ref, unchanged string) error {
	if err := e.rules(p, ref); err != nil {
		return err
	}
	if e.RulesBranch == "" {
		e.Unchanged = unchanged
	}
	e.Target, _ = strings.CutPrefix(ref, "refs/heads/")
	if e.Target == ref {
		e.Target = "" // a tag
	}
	return nil
}

// rules determines where the repository's own rules come from in a run for a ref: the workspace if it is the default
// branch, otherwise the default branch.
func (e *Event) rules(p payload, ref string) error {
	if p.Repository == nil || p.Repository.DefaultBranch == "" {
		return errors.New("it does not name the default branch")
	}
	e.Default = p.Repository.DefaultBranch
	if ref != "refs/heads/"+e.Default {
		e.RulesBranch = e.Default
	}
	return nil
}

// workflowRun: the workspace contains the default branch. GitHub does not list pull requests from forks.
func (e *Event) workflowRun(p payload, workspace string) error {
	r := p.WorkflowRun
	switch {
	case r == nil:
		return errors.New("it has no workflow_run")
	case !commitPattern.MatchString(r.HeadSHA):
		return errors.New("workflow_run.head_sha is not a commit")
	}
	e.Head, e.Away = r.HeadSHA, true
	if r.HeadRepository != nil {
		e.HeadRepo = r.HeadRepository.FullName
	}
	if e.Head != workspace {
		e.Forbidden = e.Head
	}
	ours := slices.DeleteFunc(r.PullRequests, func(pr pullRequest) bool { // the list can contain pull requests in forks
		return p.Repository == nil || pr.Base.Repo == nil || pr.Base.Repo.ID != p.Repository.ID
	})
	if len(ours) == 1 && ours[0].Head.SHA == e.Head && commitPattern.MatchString(ours[0].Base.SHA) {
		e.Pull = ours[0].Number
		return e.into(p, ours[0].Base)
	}
	if strings.HasPrefix(r.Event, "pull_request") {
		e.Sought, e.Branch = true, r.HeadBranch
	}
	return e.rules(p, "")
}

// branch is for events about a branch, not about a change. A schedule runs on the default branch only, and its payload may lack
// the repository.
func (e *Event) branch(p payload, getenv func(string) string) error {
	e.HeadRepo = e.Repository
	if sha := getenv("GITHUB_SHA"); commitPattern.MatchString(sha) {
		e.Head = sha
	}
	if e.Name == "schedule" {
		e.Unchanged = "a schedule run has no change to check"
		return nil
	}
	ref := p.Ref
	if ref == "" {
		ref = getenv("GITHUB_REF")
	}
	return e.on(p, ref, "a "+e.Name+" run on the default branch has no change to check")
}

// commits returns the texts that are commits.
func commits(texts ...string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return !commitPattern.MatchString(s) })
}
