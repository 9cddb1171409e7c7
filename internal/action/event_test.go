package action_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/action"
	"github.com/vendorgate/vendorgate/internal/corpus"
)

const (
	mergeSHA = "1111111111111111111111111111111111111111"
	headSHA  = "2222222222222222222222222222222222222222"
	baseSHA  = "3333333333333333333333333333333333333333"
	zeros    = "0000000000000000000000000000000000000000"
)

// read reads an event from a payload in memory.
func read(name, payload string, vars map[string]string) (action.Event, error) {
	env := map[string]string{
		"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": "event.json", "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SHA": mergeSHA,
		"GITHUB_RUN_ID": "77", "GITHUB_RUN_ATTEMPT": "2", "GITHUB_SERVER_URL": "https://github.example",
	}
	maps.Copy(env, vars)
	return action.ReadEvent(func(name string) string { return env[name] }, func(string) ([]byte, error) { return []byte(payload), nil })
}

func pull(head string) string {
	return `{"number":5,"pull_request":{"number":5,"head":{"sha":"` + headSHA + `","ref":"x","repo":` + head + `},"base":{"sha":"` + baseSHA + `","ref":"main"}},"repository":{"id":7,"full_name":"acme/shop","default_branch":"main"}}`
}

// ReadEvent handles each event, including unusual payloads.
func TestReadEvent(t *testing.T) {
	t.Parallel()
	const repository = `"repository":{"id":7,"full_name":"acme/shop","default_branch":"main"}`
	run := action.Event{Repository: "acme/shop", RunID: 77, Attempt: 2, RunURL: "https://github.example/acme/shop/actions/runs/77"}
	with := func(change func(*action.Event)) action.Event {
		e := run
		change(&e)
		return e
	}
	for _, c := range []struct {
		title, name, payload string
		vars                 map[string]string
		want                 action.Event
	}{
		{"pull request", "pull_request", pull(`{"full_name":"acme/shop"}`), nil, with(func(e *action.Event) {
			e.Pull, e.Head, e.HeadRepo, e.Default, e.Target, e.Rules, e.Merge, e.Tips = 5, headSHA, "acme/shop", "main", "main", baseSHA, mergeSHA, []string{mergeSHA, headSHA}
		})},
		{"from a fork that was deleted", "pull_request", pull("null"), nil, with(func(e *action.Event) {
			e.Pull, e.Head, e.Default, e.Target, e.Rules, e.Merge, e.Tips = 5, headSHA, "main", "main", baseSHA, mergeSHA, []string{mergeSHA, headSHA}
		})},
		{"into another branch than the default one", "pull_request", strings.Replace(pull("null"), `"ref":"main"`, `"ref":"mine"`, 1), nil, with(func(e *action.Event) {
			e.Pull, e.Head, e.Default, e.Target, e.RulesBranch, e.Merge, e.Tips = 5, headSHA, "main", "mine", "main", mergeSHA, []string{mergeSHA, headSHA}
		})},
		{"target, from a fork", "pull_request_target", pull(`{"full_name":"mallory/shop"}`), nil, with(func(e *action.Event) {
			e.Pull, e.Head, e.HeadRepo, e.Default, e.Target, e.Rules, e.Away, e.Forbidden = 5, headSHA, "mallory/shop", "main", "main", baseSHA, true, headSHA
		})},
		{"caller's event under the callee's name", "workflow_call", pull("null"), nil, with(func(e *action.Event) {
			e.Pull, e.Head, e.Default, e.Target, e.Rules, e.Away, e.Forbidden = 5, headSHA, "main", "main", baseSHA, true, headSHA
		})},
		{"merge group", "merge_group", `{"merge_group":{"head_sha":"` + headSHA + `","base_sha":"` + baseSHA + `","base_ref":"refs/heads/main"},` + repository + `}`, nil, with(func(e *action.Event) {
			e.Head, e.HeadRepo, e.Base, e.Rules, e.Tips = headSHA, "acme/shop", baseSHA, baseSHA, []string{headSHA}
		})},
		{"merge group without base_sha", "merge_group", `{"merge_group":{"head_sha":"` + headSHA + `","base_ref":"refs/heads/release/1"},` + repository + `}`, nil, with(func(e *action.Event) {
			e.Head, e.HeadRepo, e.BaseBranch, e.Default, e.RulesBranch, e.Tips = headSHA, "acme/shop", "release/1", "main", "main", []string{headSHA}
		})},
		{"push to the default branch", "push", `{"ref":"refs/heads/main","before":"` + baseSHA + `","after":"` + headSHA + `",` + repository + `}`, map[string]string{"GITHUB_SHA": headSHA}, with(func(e *action.Event) {
			e.Head, e.HeadRepo, e.Default, e.Target, e.Unchanged, e.Tips = headSHA, "acme/shop", "main", "main", "a push to the default branch has no change to check", []string{headSHA, headSHA}
		})},
		{"push of a new branch", "push", `{"ref":"refs/heads/x","before":"` + zeros + `","after":"` + headSHA + `",` + repository + `}`, nil, with(func(e *action.Event) {
			e.Head, e.HeadRepo, e.RulesBranch, e.Default, e.Target, e.Tips = headSHA, "acme/shop", "main", "main", "x", []string{headSHA, mergeSHA}
		})},
		{"push that deletes", "push", `{"ref":"refs/heads/x","before":"` + headSHA + `","after":"` + zeros + `","deleted":true,` + repository + `}`, nil, with(func(e *action.Event) {
			e.Deleted = true
		})},
		{"push of a second commit", "push", `{"ref":"refs/heads/x","before":"` + baseSHA + `","after":"` + headSHA + `",` + repository + `}`, nil, with(func(e *action.Event) {
			e.Head, e.HeadRepo, e.RulesBranch, e.Default, e.Target, e.Tips = headSHA, "acme/shop", "main", "main", "x", []string{headSHA, mergeSHA}
		})},
		{"push of a tag", "push", `{"ref":"refs/tags/v1","before":"` + zeros + `","after":"` + headSHA + `",` + repository + `}`, map[string]string{"GITHUB_SHA": headSHA}, with(func(e *action.Event) {
			e.Head, e.HeadRepo, e.RulesBranch, e.Default, e.Tips = headSHA, "acme/shop", "main", "main", []string{headSHA, headSHA}
		})},
		{"schedule without a repository", "schedule", `{"schedule":"17 4 * * *"}`, map[string]string{"GITHUB_REF": "refs/heads/main"}, with(func(e *action.Event) {
			e.Head, e.HeadRepo, e.Unchanged = mergeSHA, "acme/shop", "a schedule run has no change to check"
		})},
		{"dispatch on the default branch", "workflow_dispatch", `{"ref":"refs/heads/main",` + repository + `}`, nil, with(func(e *action.Event) {
			e.Head, e.HeadRepo, e.Default, e.Target, e.Unchanged = mergeSHA, "acme/shop", "main", "main", "a workflow_dispatch run on the default branch has no change to check"
		})},
		{"dispatch on another branch", "workflow_dispatch", `{"ref":"refs/heads/x",` + repository + `}`, nil, with(func(e *action.Event) {
			e.Head, e.HeadRepo, e.Default, e.Target, e.RulesBranch = mergeSHA, "acme/shop", "main", "x", "main"
		})},
		{"dispatch by API", "repository_dispatch", `{"branch":"main",` + repository + `}`, map[string]string{"GITHUB_REF": "refs/heads/main"}, with(func(e *action.Event) {
			e.Head, e.HeadRepo, e.Default, e.Target, e.Unchanged = mergeSHA, "acme/shop", "main", "main", "a repository_dispatch run on the default branch has no change to check"
		})},
		{"workflow run of a fork", "workflow_run", `{"workflow_run":{"head_sha":"` + headSHA + `","head_repository":{"full_name":"mallory/shop"},"pull_requests":[]},` + repository + `}`, nil, with(func(e *action.Event) {
			e.Head, e.HeadRepo, e.Away, e.Forbidden, e.RulesBranch, e.Default = headSHA, "mallory/shop", true, headSHA, "main", "main"
		})},
		{"workflow run of a pull request from a fork", "workflow_run", `{"workflow_run":{"event":"pull_request","head_sha":"` + headSHA + `","head_branch":"x","head_repository":{"full_name":"mallory/shop"},"pull_requests":[]},` + repository + `}`, nil, with(func(e *action.Event) {
			e.Head, e.Away, e.Forbidden, e.HeadRepo, e.Default, e.RulesBranch = headSHA, true, headSHA, "mallory/shop", "main", "main"
			e.Sought, e.Branch = true, "x"
		})},
		{"workflow run of a pull request", "workflow_run", `{"workflow_run":{"head_sha":"` + headSHA + `","pull_requests":[{"number":5,"head":{"sha":"` + headSHA + `"},"base":{"sha":"` + baseSHA + `","ref":"main","repo":{"id":7}}}]},` + repository + `}`, nil, with(func(e *action.Event) {
			e.Head, e.Away, e.Forbidden, e.Pull, e.Default, e.Target, e.Rules = headSHA, true, headSHA, 5, "main", "main", baseSHA
		})},
		{"workflow run of a pull request that a fork made to itself", "workflow_run", `{"workflow_run":{"head_sha":"` + headSHA + `","pull_requests":[{"number":5,"head":{"sha":"` + headSHA + `"},"base":{"sha":"` + baseSHA + `","repo":{"id":8}}}]},` + repository + `}`, nil, with(func(e *action.Event) {
			e.Head, e.Away, e.Forbidden, e.RulesBranch, e.Default = headSHA, true, headSHA, "main", "main"
		})},
		{"workflow run after a push to the default branch", "workflow_run", `{"workflow_run":{"head_sha":"` + headSHA + `","pull_requests":[]},` + repository + `}`, map[string]string{"GITHUB_SHA": headSHA}, with(func(e *action.Event) {
			e.Head, e.Away, e.RulesBranch, e.Default = headSHA, true, "main", "main"
		})},
	} {
		c.want.Name = c.name
		got, err := read(c.name, c.payload, c.vars)
		if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
			t.Errorf("%s: error %v; want, got:\n%s", c.title, err, diff)
		}
	}
}

// An unclear event is an error.
func TestReadEventRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		title, name, payload, want string
		vars                       map[string]string
	}{
		{"no event", "", "{}", "GITHUB_EVENT_NAME is not set", nil},
		{"an event that it does not know", "issue_comment", "{}", `the event "issue_comment"`, nil},
		{"no payload", "push", "{}", "GITHUB_EVENT_PATH is not set", map[string]string{"GITHUB_EVENT_PATH": ""}},
		{"no JSON", "push", "{", "not the JSON", nil},
		{"an array", "push", "[]", "not the JSON", nil},
		{"an empty object", "pull_request", "{}", "it has no pull_request", nil},
		{"null", "pull_request", `{"pull_request":null}`, "it has no pull_request", nil},
		{"a short head", "pull_request", strings.ReplaceAll(pull("null"), headSHA, "2222222"), "pull_request.head.sha is not a commit", nil},
		{"a ref for a base", "pull_request", strings.ReplaceAll(pull("null"), baseSHA, "../main"), "pull_request.base.sha is not a commit", nil},
		{"a pull request that names no default branch", "pull_request", strings.Replace(pull("null"), `"default_branch"`, `"x"`, 1), "does not name the default branch", nil},
		{"no merge group", "merge_group", "{}", "it has no merge_group", nil},
		{"no base at all", "merge_group", `{"merge_group":{"head_sha":"` + headSHA + `","base_ref":"refs/tags/x"}}`, "neither merge_group.base_sha nor a branch", nil},
		{"push of nothing", "push", `{}`, "after is not a commit", nil},
		{"push that names no default branch", "push", `{"ref":"refs/heads/main","after":"` + headSHA + `"}`, "does not name the default branch", nil},
		{"dispatch that names no default branch", "workflow_dispatch", `{"ref":"refs/heads/main"}`, "does not name the default branch", nil},
		{"workflow run of nothing", "workflow_run", `{}`, "it has no workflow_run", nil},
	} {
		if _, err := read(c.name, c.payload, c.vars); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q in it", c.title, err, c.want)
		}
	}
	_, err := action.ReadEvent(func(string) string { return "push" }, func(string) ([]byte, error) { return nil, fs.ErrNotExist })
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a payload that is not there: error %v", err)
	}
	_, err = action.ReadEvent(func(string) string { return "push" }, func(string) ([]byte, error) { return make([]byte, action.MaxEvent+1), nil })
	if err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("a payload without end: error %v", err)
	}
}

// GitHub's own example payloads are read, as they are and as a deleted fork leaves them.
func TestRealPayloads(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"pull_request", "merge_group", "push", "workflow_dispatch", "repository_dispatch"} {
		for i, example := range corpus.Payloads(t, name) {
			e := checkPayload(t, name, i, example)
			if name != "pull_request" {
				continue
			}
			checkPayload(t, "pull_request_target", i, example)
			var changed map[string]any
			if err := json.Unmarshal(example, &changed); err != nil {
				t.Fatal(err)
			}
			changed["pull_request"].(map[string]any)["head"].(map[string]any)["repo"] = nil
			text, err := json.Marshal(changed)
			if err != nil {
				t.Fatal(err)
			}
			for _, as := range []string{name, "pull_request_target"} {
				if gone, err := read(as, string(text), payloadRun()); err != nil || gone.HeadRepo != "" || gone.Head != e.Head {
					t.Errorf("%s, example %d, fork deleted: %+v, error %v", as, i, gone, err)
				}
			}
		}
	}
}

// GitHub publishes no example of the payload of a schedule: it has the cron expression, the repository, and at times the
// organisation or the file of the workflow.
func TestSchedulePayloads(t *testing.T) {
	t.Parallel()
	const repository = `"repository":{"id":7,"full_name":"acme/shop","default_branch":"master","owner":{"login":"acme"}}`
	for i, payload := range []string{
		`{"schedule":"30 5 * * 1",` + repository + `}`,
		`{"schedule":"30 5 * * 1","workflow":".github/workflows/vendors.yml","organization":{"login":"acme"},` + repository + `}`,
		`{"schedule":"30 5 * * 1","enterprise":null,"sender":{"login":"acme-bot"},` + repository + `}`,
	} {
		if e := checkPayload(t, "schedule", i, []byte(payload)); e.Head != mergeSHA || e.RulesBranch != "" {
			t.Errorf("schedule, example %d: %+v", i, e)
		}
	}
}

// payloadRun are the variables of a run whose repository only the payload names.
func payloadRun() map[string]string {
	return map[string]string{"GITHUB_REPOSITORY": "", "GITHUB_REF": "refs/heads/master"}
}

// checkPayload reads a payload and holds the event to what is true of all.
func checkPayload(t *testing.T, name string, i int, payload []byte) action.Event {
	t.Helper()
	e, err := read(name, string(payload), payloadRun())
	if err != nil || e.Repository == "" || e.Head == "" && !e.Deleted || (e.Pull > 0) != strings.HasPrefix(name, "pull_request") {
		t.Errorf("%s, example %d: %+v, error %v", name, i, e, err)
	}
	return e
}

func TestEventsAreSorted(t *testing.T) {
	t.Parallel()
	if !slices.IsSorted(action.Events()) {
		t.Errorf("Events: %q", action.Events())
	}
}

func FuzzReadEvent(f *testing.F) {
	f.Add("pull_request", pull("null"))
	f.Add("merge_group", `{"merge_group":{"head_sha":"`+headSHA+`","base_ref":"refs/heads/main"}}`)
	f.Add("push", `{"ref":"refs/heads/main","after":"`+headSHA+`"}`)
	f.Fuzz(func(t *testing.T, name, payload string) {
		e, err := read(name, payload, nil)
		if err != nil {
			return
		}
		for _, sha := range append([]string{e.Head, e.Base, e.Rules, e.Forbidden}, e.Tips...) {
			if sha != "" && (len(sha) != 40 || strings.Trim(sha, "0123456789abcdef") != "") {
				t.Errorf("%s: %q is no commit", name, sha)
			}
		}
	})
}

// A pull request that was found says where the rules come from, as one in a payload does.
func TestFound(t *testing.T) {
	t.Parallel()
	sought := action.Event{Head: headSHA, Default: "main", RulesBranch: "main", Sought: true, Branch: "x"}
	if got, want := sought.Found(5, "mallory", "main", baseSHA), (action.Event{Head: headSHA, Default: "main", Branch: "x", Pull: 5, Author: "mallory", Target: "main", Rules: baseSHA}); !reflect.DeepEqual(got, want) {
		t.Errorf("into the default branch: got %+v, want %+v", got, want)
	}
	if got, want := sought.Found(5, "", "release/1", baseSHA), (action.Event{Head: headSHA, Default: "main", Branch: "x", Pull: 5, Target: "release/1", RulesBranch: "main"}); !reflect.DeepEqual(got, want) {
		t.Errorf("into another branch: got %+v, want %+v", got, want)
	}
}
