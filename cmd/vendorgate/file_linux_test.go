package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// WriteFile writes through a link to the file behind standard output, because readers of the log read that file.
func TestWriteThroughProc(t *testing.T) {
	t.Parallel()
	dir := small(t)
	if err := os.Mkdir(filepath.Join(dir, "dev"), 0o755); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "dev", "stdout")
	if err := os.Symlink("/proc/self/fd/1", link); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"dev/stdout", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"} {
		log := filepath.Join(t.TempDir(), "log")
		write(t, log, "before\n")
		f, err := os.OpenFile(log, os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			t.Fatal(err)
		}
		cmd := check(dir, "--format", "json="+name)
		cmd.Stdout = f
		err = errors.Join(cmd.Run(), f.Close())
		got, _ := os.ReadFile(log)
		if err != nil || !strings.HasPrefix(string(got), "before\n{\n") || !strings.Contains(string(got), `"verdict": "pass"`) {
			t.Errorf("json=%s: error %v, the log holds %q", name, err, got)
		}
		if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Fatalf("json=%s: the link became %v, error %v", name, info, err)
		}
	}
}

// A pipe is neither a base nor a directory. Opening one could block forever.
func TestPipes(t *testing.T) {
	t.Parallel()
	dir := small(t)
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args string
		code int
		want string
	}{
		{"check repo --registry registry --base pipe", 2, "--base pipe: not a regular file"},
		{"check repo --registry registry --base /dev/zero", 2, "--base /dev/zero: not a regular file"},
		{"check pipe --registry registry", 2, `"pipe" cannot be opened: not a directory`},
		{"check repo --registry pipe", 4, `there is no registry in "pipe", so there is no verdict: not a directory`},
		{"explain --registry pipe", 4, `there is no registry in "pipe"`},
	} {
		cmd := exec.Command("vendorgate", strings.Fields(test.args)...)
		cmd.Dir = dir
		out, code := finish(t, cmd, start(t, cmd))
		if code != test.code || !strings.Contains(out, test.want) {
			t.Errorf("%s: exit code %d, want %d and %s\n%s", test.args, code, test.code, test.want, out)
		}
	}
}

// A report that cannot be written is not a pass, and neither is help that cannot be printed.
func TestStdoutLost(t *testing.T) {
	t.Parallel()
	dir := small(t)
	for shell, want := range map[string]int{
		`"$@" >/dev/full`: 4, `"$@" >/dev/null`: 0, `"$@" --format json=report.json >/dev/full`: 0,
	} {
		cmd := exec.Command("sh", append([]string{"-c", shell, "sh"}, check(dir).Args...)...)
		cmd.Dir = dir
		out, code := finish(t, cmd, start(t, cmd))
		if code != want {
			t.Errorf("%s: exit code %d, want %d\n%s", shell, code, want, out)
		}
		if passed := strings.Contains(out, "vendorgate: pass"); passed != (want == 0) {
			t.Errorf("%s: exit code %d and\n%s", shell, code, out)
		}
	}
	cmd := exec.Command("sh", "-c", "vendorgate check --help >/dev/full")
	if out, code := finish(t, cmd, start(t, cmd)); code != 4 {
		t.Errorf("help: exit code %d, want 4\n%s", code, out)
	}
}

// One signal ends a run that waits for the reader of a pipe within a second or two, a second one at once.
func TestSignals(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		again bool
		code  int
	}{{"one", false, 4}, {"two", true, -1}} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := small(t)
			for _, pipe := range []string{"first", "second"} {
				if err := syscall.Mkfifo(filepath.Join(dir, pipe), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			cmd := check(dir, "--format", "json=first", "--format", "text=second")
			done := start(t, cmd)
			if _, err := os.ReadFile(filepath.Join(dir, "first")); err != nil { // then it waits for the second
				t.Fatal(err)
			}
			began := time.Now()
			stop := make(chan struct{})
			go func() {
				tick := time.NewTicker(20 * time.Millisecond)
				defer tick.Stop()
				for sent := 0; sent == 0 || test.again; sent++ {
					cmd.Process.Signal(syscall.SIGTERM) //nolint:errcheck // it may have ended
					select {
					case <-stop:
						return
					case <-tick.C:
					}
				}
			}()
			out, code := finish(t, cmd, done)
			close(stop)
			if code != test.code || strings.Contains(out, "pass") {
				t.Errorf("after %v: exit code %d, want %d\n%s", time.Since(began), code, test.code, out)
			}
		})
	}
}

func start(t *testing.T, cmd *exec.Cmd) <-chan struct{} {
	t.Helper()
	var out bytes.Buffer
	cmd.Stderr = &out
	if cmd.Args[0] != "sh" {
		cmd.Stdout = &out
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		cmd.Wait() //nolint:errcheck // its exit code is looked at
	}()
	return done
}

func finish(t *testing.T, cmd *exec.Cmd, done <-chan struct{}) (output string, code int) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		cmd.Process.Kill() //nolint:errcheck // it may have ended
		<-done
		t.Fatalf("%q does not end", cmd.Args)
	}
	return cmd.Stderr.(*bytes.Buffer).String(), cmd.ProcessState.ExitCode()
}
