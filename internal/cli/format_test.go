package cli_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// formatted lists the commands with --format, and arguments with which they print something.
func formatted() map[string][]string {
	return map[string][]string{
		"check":                    {"check", "--registry", "registry"},
		"scan":                     {"scan", "--registry", "registry"},
		"registry lint":            {"registry", "lint", "untidy"},
		"registry report":          {"registry", "report", "--registry", "registry"},
		"registry forecast":        {"registry", "forecast", "--registry", "registry"},
		"registry evidence verify": {"registry", "evidence", "verify", "filed"},
		"sbom":                     {"sbom", "--registry", "registry", "--as-of", "2026-11-23"},
		"registry export":          {"registry", "export", "--registry", "registry", "--as-of", "2026-11-23"},
		"registry brief":           {"registry", "brief", "larkspur-mail", "--registry", "registry"},
		"registry renew":           {"registry", "renew", "larkspur-mail", "--registry", "registry"},
		"policy diff":              {"policy", "diff", "--base", "registry", "--registry", "registry"},
		"policy show":              {"policy", "show", "--registry", "registry"},
		"policy test":              {"policy", "test", "--registry", "registry"},
	}
}

// formatRun returns a run with registries that have findings.
func formatRun() *testRun {
	dirs := goodDirs()
	dirs["registry"] = files("policy.yaml", plainPolicy, "vendors/larkspur-mail.yaml", strings.ReplaceAll(goodRecord, `"1.2"`, `"1.2", plaintext_http: redirect`))
	dirs["filed"] = files("vendors/larkspur-mail.yaml", goodRecord, "evidence/nobody.txt", "Nobody names this.\n")
	dirs["untidy"] = files("vendors/larkspur-mail.yaml", strings.ReplaceAll(goodRecord, "category:", "categry:"))
	return newRun().with(dirs)
}

var formatNames = regexp.MustCompile(`--format .*Format of [^:]+: ([a-z0-9.,\- ]+?)(, with| *\(|\. )`)

// formatsOf returns the formats in the help of a command; nil if it has no --format flag.
func formatsOf(t *testing.T, args []string) []string {
	t.Helper()
	run := formatRun()
	run.main(t, append(slices.Clone(args), "--help")...)
	m := formatNames.FindStringSubmatch(run.stdout.String())
	if m == nil {
		if strings.Contains(run.stdout.String(), "      --format ") {
			t.Fatalf("%q: the help of --format cannot be read:\n%s", args, &run.stdout)
		}
		return nil
	}
	return strings.Split(strings.ReplaceAll(m[1], " or ", ", "), ", ")
}

// Every command with --format is in the table for the tests below.
func TestFormattedIsComplete(t *testing.T) {
	t.Parallel()
	var walk func(path []string) []string
	walk = func(path []string) []string {
		run := formatRun()
		run.main(t, append(slices.Clone(path), "--help")...)
		_, list, ok := strings.Cut(run.stdout.String(), "\nCommands:\n")
		if !ok {
			if formatsOf(t, path) != nil {
				return []string{strings.Join(path, " ")}
			}
			return nil
		}
		var out []string
		list, _, _ = strings.Cut(list, "\n\n")
		for line := range strings.Lines(list) {
			if name := strings.Fields(line)[0]; name != "completion" && name != "gitlab" { // gitlab has the formats of check, and needs a job
				out = append(out, walk(append(slices.Clone(path), name))...)
			}
		}
		return out
	}
	all := walk(nil)
	if len(all) != len(formatted()) {
		t.Errorf("commands with --format: %q; the table has %d", all, len(formatted()))
	}
	for _, name := range all {
		if formatted()[name] == nil {
			t.Errorf("%s takes --format and is not in the table", name)
		}
	}
}

// Every format that a command offers prints something of its own, a shell completes exactly these, and no other name falls
// through to one of them.
func TestEveryFormatRenders(t *testing.T) {
	t.Parallel()
	for name, args := range formatted() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			offered := formatsOf(t, args)
			if len(offered) < 2 {
				t.Fatalf("the help offers %q", offered)
			}
			printed := map[string]string{}
			for _, format := range offered {
				run := formatRun()
				code := run.main(t, append(slices.Clone(args), "--format="+format)...)
				out := run.stdout.String()
				if code == 2 || code == 4 || out == "" {
					t.Errorf("--format %s: exit code %d, printed %q\n%s", format, code, out, &run.stderr)
				}
				if other, taken := printed[out]; taken {
					t.Errorf("--format %s prints what %s does", format, other)
				}
				printed[out] = format
			}
			for _, wrong := range []string{"no-such-format", "", "TEXT", "tex"} {
				run := formatRun()
				code := run.main(t, append(slices.Clone(args), "--format="+wrong)...)
				want := "use one of " + strings.Join(offered, ", ")
				if code != 2 || run.stdout.Len() > 0 || !strings.Contains(run.stderr.String(), "unknown format") || !strings.Contains(run.stderr.String(), want) {
					t.Errorf("--format %q: exit code %d, want 2 and %q\n%s%s", wrong, code, want, &run.stdout, &run.stderr)
				}
			}
			run := formatRun()
			run.main(t, append([]string{"__complete"}, append(slices.Clone(args), "--format", "")...)...)
			completed, _, _ := strings.Cut(run.stdout.String(), ":")
			if got := strings.Fields(completed); !slices.Equal(got, offered) {
				t.Errorf("a shell completes %q, and the help offers %q\n%s", got, offered, &run.stderr)
			}
		})
	}
}

// The documentation lists the formats of check.
func TestDocsNameFormats(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/platform-team.md")
	if err != nil {
		t.Fatal(err)
	}
	names := formatsOf(t, []string{"check"})
	last := len(names) - 1
	want := "`--format` accepts `" + strings.Join(names[:last], "`, `") + "` and `" + names[last] + "`"
	if *update {
		said := regexp.MustCompile("`--format` accepts `[a-z-]+`((, | and )`[a-z-]+`)*")
		guide = said.ReplaceAllLiteral(guide, []byte(want))
		if err := os.WriteFile("../../docs/platform-team.md", guide, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(string(guide), want) {
		t.Errorf("docs/platform-team.md does not say %s; run the test with -update", want)
	}
}
