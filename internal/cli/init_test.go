package cli_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/cli"
)

// On a terminal, init asks what one answer settles for all uses. What is not answered is a question in the file, which a check refuses.
func TestInitAsks(t *testing.T) {
	t.Parallel()
	const code = "import Stripe from \"stripe\";\nconst client = new Stripe(process.env.STRIPE_SECRET_KEY);\n"
	for _, c := range []struct {
		name, answers string
		args          []string
		questions     int
		want          []string
	}{
		{"both", "team-growth\nstaging, prod\n", nil, 2, []string{"owner: team-growth\n", "environments: [staging, prod]\n"}},
		{"one", "\nprod\n", nil, 2, []string{"owner: TODO # the team", "environments: [prod]\n"}},
		{"neither", "\n\n", nil, 2, []string{"owner: TODO # the team", "environments: [TODO] # one or more of dev"}},
		{"no more answers", "", nil, 1, []string{"owner: TODO # the team", "environments: [TODO] # one or more of dev"}},
		{"wrong", "someone\nthe team\nteam-growth\nlive\nprod\n", nil, 5, []string{"owner: team-growth\n", "environments: [prod]\n"}},
		{"by flag", "prod\n", []string{"--owner", "team-growth"}, 1, []string{"owner: team-growth\n", "environments: [prod]\n"}},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "pay.js"), []byte(code), 0o600); err != nil {
			t.Fatal(err)
		}
		run := newRun()
		run.env.Stdin, run.env.StdinTerminal = strings.NewReader(c.answers), true
		if code := run.main(t, append([]string{"init", dir}, c.args...)...); code != 0 {
			t.Fatalf("%s: exit code %d\n%s", c.name, code, &run.stderr)
		}
		said := run.stderr.String()
		if asked := strings.Count(said, "(Enter: answer in the file)"); asked != c.questions {
			t.Errorf("%s: %d questions, want %d\n%s", c.name, asked, c.questions, said)
		}
		data, err := os.ReadFile(filepath.Join(dir, "vendors.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		got := string(data)
		for _, want := range append(c.want, "  # The code calls these:\n", "data: [TODO] # ", "purpose: TODO # ") {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in\n%s", c.name, want, got)
			}
		}
		if !strings.Contains(said, "then run `vendorgate check ") {
			t.Errorf("%s: no next commands in\n%s", c.name, said)
		}
	}
}

// Once it is told to stop, init asks nothing more and writes nothing.
func TestInitStops(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "pay.js"), []byte("import Stripe from \"stripe\";\nnew Stripe(process.env.STRIPE_SECRET_KEY);\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	run := newRun()
	run.env.Stdin, run.env.StdinTerminal = interrupted(stop), true
	if code := cli.Main(ctx, run.env, []string{"init", dir}); code == 0 {
		t.Error("exit code 0")
	}
	if said := run.stderr.String(); strings.Count(said, "(Enter: answer in the file)") != 1 || !strings.HasSuffix(said, "vendorgate: stopped before the last question; nothing was written\n") {
		t.Errorf("got %s", said)
	}
	if _, err := os.Stat(filepath.Join(dir, "vendors.yaml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("vendors.yaml is there: %v", err)
	}
}

// interrupted is the terminal of somebody who presses Ctrl-C, which ends no read.
type interrupted func()

func (i interrupted) Read([]byte) (int, error) {
	i()
	select {}
}
