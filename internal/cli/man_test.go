package cli_test

import (
	"slices"
	"strings"
	"testing"
)

// Every command has a page of the manual, and each line of it is text or a request that man knows.
func TestMan(t *testing.T) {
	t.Parallel()
	run := newRun()
	written := map[string]string{}
	run.env.IsDir = func(name string) (bool, error) { return name == "man1", nil }
	run.env.WriteFile = func(name string, data []byte) error {
		written[name] = string(data)
		return nil
	}
	if code := run.main(t, "man", "man1"); code != 0 || run.stdout.Len() > 0 {
		t.Fatalf("exit code %d\n%s%s", code, &run.stdout, &run.stderr)
	}
	printed := newRun()
	if code := printed.main(t, "man"); code != 0 {
		t.Fatalf("exit code %d\n%s", code, &printed.stderr)
	}
	for _, command := range []string{"", "-check", "-init", "-registry", "-registry-lint", "-policy-test", "-man"} {
		if page := written["man1/vendorgate"+command+".1"]; page == "" || !strings.Contains(printed.stdout.String(), page) {
			t.Errorf("no page of vendorgate%s", command)
		}
	}
	requests := strings.Fields(".TH .SH .TP .B .BR .nf .fi")
	for name, page := range written {
		for line := range strings.Lines(page) {
			request, _, _ := strings.Cut(strings.TrimSpace(line), " ")
			if strings.HasPrefix(line, "'") || strings.HasPrefix(line, ".") && !slices.Contains(requests, request) {
				t.Errorf("%s: %q", name, line)
			}
		}
	}
	check := written["man1/vendorgate-check.1"]
	for _, want := range []string{".TH VENDORGATE\\-CHECK 1 \"\" \"vendorgate 0.1.0\"\n", "\n.B \\-\\-fail\\-on string\nLowest severity that fails the check: error, warning, note, or off. (default error)\n", ".SH SEE ALSO\n.BR vendorgate (1)\n"} {
		if !strings.Contains(check, want) {
			t.Errorf("no %q in\n%s", want, check)
		}
	}
	for _, args := range [][]string{{"man", "none"}, {"man", "a", "b"}} {
		if code := run.main(t, args...); code != 2 {
			t.Errorf("%q: exit code %d", args, code)
		}
	}
}

// Shells complete the values of flags, and rules and vendors, without asking a server.
func TestCompletion(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		"check --fail-on ":                      {"error", "warning", "note", "off"},
		"check --fail-scope ":                   {"all", "changed"},
		"check --scan ":                         {"auto", "on", "off"},
		"check --missing-manifest ":             {"fail", "pass", "when-used"},
		"check --format ":                       {"text", "json", "markdown"},
		"check --policy ":                       {"vendorgate/essentials@1", "vendorgate/fintech-eu@1"},
		"registry lint --fail-on ":              {"error", "off"},
		"registry new x --category ":            {"payments", "email"},
		"registry new x --data ":                {"personal", "health"},
		"registry init . --preset ":             {"vendorgate/strict@1"},
		"explain ":                              {"VG-APR-002", "stripe"},
		"explain --registry registry ":          {"VG-APR-002", "larkspur-mail"},
		"add ":                                  {"stripe"},
		"registry approve --registry registry ": {"larkspur-mail"},
		"schema ":                               {"manifest", "vendor"},
		"gitlab --comment ":                     {"on-failure", "never"},
		"registry forecast --by ":               {"week", "month"},
		"registry import --from ":               {"csv", "cyclonedx"},
		"help ":                                 {"check", "registry", "exit-codes"},
		"help registry ":                        {"lint", "export"},
	} {
		run := newRun().with(goodDirs())
		args := strings.Split(line, " ")
		if code := run.main(t, append([]string{"__complete"}, args...)...); code != 0 {
			t.Errorf("%q: exit code %d\n%s", line, code, &run.stderr)
		}
		got := strings.Split(run.stdout.String(), "\n")
		for _, word := range want {
			if !slices.Contains(got, word) {
				t.Errorf("%q: no %q in %.300q", line, word, got)
			}
		}
	}
	server := newWorld().start(t)
	run := newRun()
	run.vars["GITHUB_API_URL"] = server.API
	if code := run.main(t, "__complete", "explain", "--registry", "acme/vendor-registry@main", ""); code != 0 || server.asked() != "" {
		t.Errorf("exit code %d, asked for %q", code, server.asked())
	}
}
