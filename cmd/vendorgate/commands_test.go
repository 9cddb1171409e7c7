package main

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

var update = flag.Bool("update", false, "rewrite the golden parts of the scripts")

// commands are what the scripts have besides those of testscript.
func commands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"gate":  gate,
		"bytes": writeBytes,
		"lacks": lacks,
		"lines": lines,

		"github":   startGitHub,
		"comments": showComments,
	}
}

// gate CODE ARGS... runs vendorgate and wants that exit code.
func gate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: gate code args...")
	}
	err := ts.Exec("vendorgate", args[1:]...)
	code := 0
	if exit := (*exec.ExitError)(nil); asExit(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

func asExit(err error, target **exec.ExitError) bool {
	e, ok := err.(*exec.ExitError) //nolint:errorlint // Exec returns it bare
	*target = e
	return ok
}

// writeBytes writes hex to a file: bytes FILE 6869...
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	data, err := hex.DecodeString(strings.Join(args[1:], ""))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

// lines NAME VALUE... sets a variable of several lines.
func lines(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], strings.Join(args[1:], "\n"))
}

// server is the one that a script has started.
type server struct{ *githubtest.Server }

// startGitHub OWNER/NAME SHA:DIR... [-- OWNER/NAME SHA:DIR...]... runs a server with repositories whose commits hold the files of
// folders; the first is the tip of the default branch, main. Each has a pull request 5. The run finds the server through
// GITHUB_API_URL. What breaks GitHub's description fails the script.
func startGitHub(ts *testscript.TestScript, _ bool, args []string) {
	o := githubtest.Options{Description: filepath.FromSlash("../../../shared/data/github-openapi/api.github.com.cut.json")}
	for len(args) > 0 {
		repo := githubtest.Repo{Default: "main", Branches: map[string]string{}, Commits: map[string]githubtest.Commit{}, Pulls: map[int][]githubtest.Comment{5: nil}}
		repo.Owner, repo.Name, _ = strings.Cut(args[0], "/")
		for args = args[1:]; len(args) > 0; args = args[1:] {
			if args[0] == "--" {
				args = args[1:]
				break
			}
			sha, dir, _ := strings.Cut(args[0], ":")
			files, err := githubtest.FilesIn(os.DirFS(ts.MkAbs(dir)))
			ts.Check(err)
			parent := repo.Branches["main"]
			if parent == "" {
				repo.Branches["main"] = sha
			}
			repo.Commits[sha] = githubtest.Commit{Parent: parent, Date: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), Files: files}
		}
		o.Repos = append(o.Repos, repo)
	}
	if _, err := os.Stat(o.Description); err != nil {
		o.Description = ""
	}
	running, err := githubtest.New(o)
	ts.Check(err)
	ts.Defer(func() {
		if violations := running.Close(); len(violations) > 0 {
			ts.Fatalf("%v", errors.Join(violations...))
		}
	})
	ts.Setenv("GITHUB_API_URL", running.API)
	ts.Setenv("GITHUB_GRAPHQL_URL", running.GraphQL)
	ts.Value(serverKey{}).(*server).Server = running
}

// serverKey finds the server of a script.
type serverKey struct{}

// showComments OWNER/NAME NUMBER FILE writes the comments of a pull request to a file.
func showComments(ts *testscript.TestScript, _ bool, args []string) {
	owner, name, _ := strings.Cut(args[0], "/")
	number, err := strconv.Atoi(args[1])
	ts.Check(err)
	var out strings.Builder
	for _, c := range ts.Value(serverKey{}).(*server).Comments(owner, name, number) {
		out.WriteString("== " + c.Login + "\n" + c.Body)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(out.String()), 0o644))
}

// lacks TEXT wants that the last command printed it nowhere.
func lacks(ts *testscript.TestScript, _ bool, args []string) {
	for _, stream := range []string{"stdout", "stderr"} {
		if bytes.Contains([]byte(ts.ReadFile(stream)), []byte(args[0])) {
			ts.Fatalf("%s holds %q", stream, args[0])
		}
	}
}
