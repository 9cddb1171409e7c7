package gitlab

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strconv"

	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// Event is what a job is about, as the API says.
type Event struct {
	Project       Project      // whose rules apply: the target of a merge request, or the project of the job
	JobProject    Project      // that the pipeline runs in: Project, or a fork
	Commit        string       // that is checked out
	Merged        bool         // Commit merges the merge request into its target
	Branch        string       // that the pipeline runs for; empty for a tag or a merge request
	Change        MergeRequest // zero if the pipeline is not about one
	Job, Pipeline int64
	Name          string // of the job
	URL           string // of the job's page
}

// Project is a project.
type Project struct {
	ID            int64  `json:"id"`
	Path          string `json:"path_with_namespace"`
	DefaultBranch string `json:"default_branch"`
	URL           string `json:"web_url"`
}

// MergeRequest is a merge request.
type MergeRequest struct {
	IID           int64  `json:"iid"`
	Head          string `json:"sha"`
	Target        string `json:"target_branch"`
	Project       int64  `json:"target_project_id"`
	SourceProject int64  `json:"source_project_id"`
	Author        struct {
		Login string `json:"username"`
	} `json:"author"`
}

type job struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Ref      string `json:"ref"`
	Tag      bool   `json:"tag"`
	URL      string `json:"web_url"`
	Pipeline struct {
		ID      int64  `json:"id"`
		Project int64  `json:"project_id"`
		Ref     string `json:"ref"`
		SHA     string `json:"sha"`
	} `json:"pipeline"`
}

// ContradictionError means that a variable of the job says something else than the API. Whoever set it wants another verdict than the
// job's own, or does not know that the variable is GitLab's.
type ContradictionError struct{ Variable, Value, Truth string }

func (e *ContradictionError) Error() string {
	return fmt.Sprintf("the variable %s is %q, but the job token says %s; remove the variable from .gitlab-ci.yml, the settings of the project and the pipeline", e.Variable, e.Value, e.Truth)
}

var mergeRequestRef = regexp.MustCompile(`^refs/merge-requests/([1-9][0-9]{0,8})/(head|merge|train)$`)

// Event asks what job the job token belongs to, and reads its project and its merge request: three or four requests. It compares the
// answer with the variables of the job, because a variable that was set by somebody else is a sign of an attack, or of a mistake with
// the same effect. Only for a merge request of a fork, whose pipeline does not name it, a variable says which one it is; the merge
// request must then be about the commit of the job.
func (c *Client) Event(ctx context.Context, getenv func(string) string) (Event, error) {
	var j job
	if _, err := c.get(ctx, c.job, "job", nil, &j); err != nil {
		return Event{}, fmt.Errorf("ask what job CI_JOB_TOKEN belongs to: %w", err)
	}
	if j.ID <= 0 || j.Pipeline.ID <= 0 || j.Pipeline.Project <= 0 || j.Pipeline.Ref == "" || !snapshot.IsHash(j.Pipeline.SHA) {
		return Event{}, c.wrong(http.MethodGet, "job", wire.Unreadable, "the response names no pipeline, project or commit")
	}
	e := Event{Commit: j.Pipeline.SHA, Job: j.ID, Pipeline: j.Pipeline.ID, Name: j.Name, URL: j.URL}
	for _, said := range []struct{ variable, truth string }{
		{"CI_JOB_ID", number(j.ID)},
		{"CI_PIPELINE_ID", number(j.Pipeline.ID)},
		{"CI_PROJECT_ID", number(j.Pipeline.Project)},
		{"CI_COMMIT_SHA", j.Pipeline.SHA},
	} {
		if value := getenv(said.variable); value != "" && value != said.truth {
			return Event{}, &ContradictionError{said.variable, value, said.truth}
		}
	}
	var err error
	if e.JobProject, err = c.project(ctx, projectPath(j.Pipeline.Project)); err != nil {
		return Event{}, fmt.Errorf("read the project of the job: %w", err)
	}
	e.Project = e.JobProject
	if value := getenv("CI_PROJECT_PATH"); value != "" && value != e.Project.Path {
		return Event{}, &ContradictionError{"CI_PROJECT_PATH", value, e.Project.Path}
	}
	switch ref := mergeRequestRef.FindStringSubmatch(j.Pipeline.Ref); {
	case ref != nil:
		e.Merged = ref[2] != "head"
		return c.inTarget(ctx, e, ref[1], getenv)
	case getenv("CI_MERGE_REQUEST_IID") != "":
		return c.inFork(ctx, e, getenv)
	case !j.Tag:
		e.Branch = j.Pipeline.Ref
	}
	return e, nil
}

// inTarget reads the merge request of a pipeline that runs in the target project.
func (c *Client) inTarget(ctx context.Context, e Event, iid string, getenv func(string) string) (Event, error) {
	for _, said := range []struct{ variable, truth string }{{"CI_MERGE_REQUEST_IID", iid}, {"CI_MERGE_REQUEST_PROJECT_ID", number(e.Project.ID)}} {
		if value := getenv(said.variable); value != "" && value != said.truth {
			return Event{}, &ContradictionError{said.variable, value, said.truth}
		}
	}
	var err error
	e.Change, err = c.mergeRequest(ctx, e.Project.ID, iid)
	return e, err
}

// inFork reads the merge request that a pipeline in a fork is about. The variables that name it can be set by the author, so it must
// have the fork as its source, and the commit of the job as its head.
func (c *Client) inFork(ctx context.Context, e Event, getenv func(string) string) (Event, error) {
	target, err := strconv.ParseInt(getenv("CI_MERGE_REQUEST_PROJECT_ID"), 10, 64)
	if err != nil || target <= 0 {
		return Event{}, &ContradictionError{"CI_MERGE_REQUEST_PROJECT_ID", getenv("CI_MERGE_REQUEST_PROJECT_ID"), "nothing about a merge request"}
	}
	iid := getenv("CI_MERGE_REQUEST_IID")
	if !mergeRequestRef.MatchString("refs/merge-requests/" + iid + "/head") {
		return Event{}, &ContradictionError{"CI_MERGE_REQUEST_IID", iid, "nothing about a merge request"}
	}
	if e.Change, err = c.mergeRequest(ctx, target, iid); err != nil {
		return Event{}, err
	}
	switch {
	case e.Change.SourceProject != e.JobProject.ID:
		return Event{}, &ContradictionError{"CI_MERGE_REQUEST_IID", iid, fmt.Sprintf("that the job runs in project %d, which is not the source of that merge request", e.JobProject.ID)}
	case e.Change.Head != e.Commit:
		return Event{}, fmt.Errorf("the head of merge request %s is another commit by now (%.7s) than that of the job (%.7s); run the pipeline of the new commit", iid, e.Change.Head, e.Commit)
	}
	if e.Project, err = c.project(ctx, projectPath(target)); err != nil {
		return Event{}, fmt.Errorf("read the target project of the merge request: %w", err)
	}
	return e, nil
}

func (c *Client) project(ctx context.Context, path string) (Project, error) {
	var out Project
	if _, err := c.get(ctx, c.api, path, nil, &out); err != nil {
		return out, err
	}
	if out.ID <= 0 || !projectPattern.MatchString(out.Path) || len(out.Path) > snapshot.MaxPath || wrongRef(out.DefaultBranch) {
		return out, c.wrong(http.MethodGet, path, wire.Unreadable, "the response has no number, path or default branch that can be used")
	}
	return out, nil
}

func (c *Client) mergeRequest(ctx context.Context, project int64, iid string) (MergeRequest, error) {
	path := projectPath(project) + "/merge_requests/" + iid
	var out MergeRequest
	if _, err := c.get(ctx, c.api, path, nil, &out); err != nil {
		return out, fmt.Errorf("read the merge request: %w", err)
	}
	if number(out.IID) != iid || out.Project != project || !snapshot.IsHash(out.Head) || wrongRef(out.Target) {
		return out, c.wrong(http.MethodGet, path, wire.Unreadable, "the response is about another merge request, or has no head or target branch")
	}
	return out, nil
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
