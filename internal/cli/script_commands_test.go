package cli_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/vendorgate/vendorgate"
	"github.com/vendorgate/vendorgate/internal/cli"
	"github.com/vendorgate/vendorgate/internal/disk"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/gitindex"
	"github.com/vendorgate/vendorgate/internal/gitindex/indextest"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// commands are the commands of scripts in addition to those of testscript.
func commands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"gate":  gate,
		"bytes": writeBytes,
		"fill":  fill,

		"answer": answer,
		"lacks":  lacks,
		"lines":  lines,
		"track":  track,

		"oddname": moveToOddName,

		"github":   startGitHub,
		"comments": showComments,
	}
}

// gate CODE ARGS... runs vendorgate inside the process of the test, in the directory and with the variables of the script, and
// wants that exit code.
func gate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: gate code args...")
	}
	files := disk.Disk{Dir: ts.MkAbs(".")}
	code := cli.Main(context.Background(), process.Env{
		Stdout: sink.To(ts.Stdout()), Stderr: sink.To(ts.Stderr()), Now: time.Now, Registry: vendorgate.Registry,
		Getenv: ts.Getenv, Environ: func() []string { return environ(ts) },
		Open: files.Open, Abs: files.Abs, IsDir: files.IsDir,
		ReadFile: files.ReadFile, WriteFile: files.WriteFile, WriteFiles: files.WriteFiles, AppendFile: files.AppendFile, NewFile: files.NewFile,
	}, args[1:])
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s\n[stdout]\n%s[stderr]\n%s", code, args[0], ts.Stdout(), ts.Stderr())
	}
}

// environ lists the inputs that a script has set. A script cannot set one without naming it, and testscript lists none.
func environ(ts *testscript.TestScript) []string {
	script, err := os.ReadFile(filepath.Join("testdata", "script", ts.Name()+".txtar"))
	ts.Check(err)
	var out []string
	for _, name := range regexp.MustCompile(`\bINPUT_[A-Z_-]+`).FindAllString(string(script), -1) {
		if value := ts.Getenv(name); value != "" {
			out = append(out, name+"="+value)
		}
	}
	return out
}

// writeBytes writes hex to a file: bytes FILE 6869...
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	data, err := hex.DecodeString(strings.Join(args[1:], ""))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

// track DIR NAME... makes a directory a checkout in which git tracks some files. A name that ends in @ is a submodule, one that ends
// in ! was left out by a sparse checkout.
func track(ts *testscript.TestScript, _ bool, args []string) {
	var entries []gitindex.Entry
	for _, name := range args[1:] {
		e := gitindex.Entry{Path: strings.TrimRight(name, "@!"), Absent: strings.HasSuffix(name, "!")}
		if strings.HasSuffix(name, "@") {
			e.Kind = gitindex.Submodule
		}
		entries = append(entries, e)
	}
	dir := filepath.Join(ts.MkAbs(args[0]), ".git")
	ts.Check(os.MkdirAll(dir, 0o755))
	ts.Check(os.WriteFile(filepath.Join(dir, "index"), indextest.Write(entries...), 0o644))
}

// moveToOddName DIR FILE moves a file of a directory to a folder whose name is not UTF-8.
func moveToOddName(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(os.Mkdir(filepath.Join(dir, "caf\xe9"), 0o755))
	ts.Check(os.Rename(filepath.Join(dir, args[1]), filepath.Join(dir, "caf\xe9", args[1])))
}

// lines NAME VALUE... sets a variable to several lines.
func lines(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], strings.Join(args[1:], "\n"))
}

// server is the one that a script has started.
type server struct{ *githubtest.Server }

// startGitHub OWNER/NAME SHA:DIR... [-- OWNER/NAME SHA:DIR...]... runs a server with repositories whose commits hold the files of
// folders; the first is the tip of the default branch, main. Each has a pull request 5. The run finds the server through
// GITHUB_API_URL. What breaks GitHub's description fails the script.
func startGitHub(ts *testscript.TestScript, _ bool, args []string) {
	o := githubtest.Options{}
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

// serverKey is the key of a script's server.
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

// fill writes lines to a file, each as often as the number after it says; %d in a line becomes the number: fill FILE LINE 1000...
func fill(ts *testscript.TestScript, _ bool, args []string) {
	var out strings.Builder
	for i := 1; i+1 < len(args); i += 2 {
		times, err := strconv.Atoi(args[i+1])
		ts.Check(err)
		for n := range times {
			out.WriteString(strings.ReplaceAll(args[i], "%d", strconv.Itoa(n)) + "\n")
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(out.String()), 0o644))
}

// answer replaces each TODO in a manifest with what its comment offers: answer FILE.
func answer(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(gatetest.Answered(ts.ReadFile(args[0]))), 0o644))
}

// lacks TEXT checks that the last command did not print the text.
func lacks(ts *testscript.TestScript, _ bool, args []string) {
	for _, stream := range []string{"stdout", "stderr"} {
		if bytes.Contains([]byte(ts.ReadFile(stream)), []byte(args[0])) {
			ts.Fatalf("%s holds %q", stream, args[0])
		}
	}
}
