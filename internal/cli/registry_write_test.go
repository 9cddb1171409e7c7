package cli_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/source"
)

// If the files of a registry cannot be written, there is no success, and nothing is printed as if it had changed.
func TestRegistryWriteFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	record := "apiVersion: vendorgate/v1\nkind: Vendor\nid: acme-sms\nstatus: approved\n" +
		"approval: {approved_by: [{user: a.ferreira, role: architect}], approved_on: 2026-06-01, expires: 2026-12-01}\n" +
		"risk: {tier: 3}\nscope: {environments: [prod], data_classes: [internal]}\nencryption: {in_transit: {min_tls: \"1.2\"}}\n"
	write(t, filepath.Join(dir, "policy.yaml"), "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\n")
	write(t, filepath.Join(dir, "vendors", "acme-sms.yaml"), record)
	write(t, filepath.Join(dir, "vendors", "acme-mail.yaml"), strings.NewReplacer("acme-sms", "acme-mail", "approved\n", "in-review\n").Replace(record))
	for _, args := range [][]string{
		{"suspend", "acme-sms", "--reason", "Breach"},
		{"approve", "acme-mail", "--by", "a.ferreira", "--role", "architect"},
		{"renew", "acme-sms", "--write"},
		{"renew", "--all", "--write"},
		{"new", "sentry", "posthog", "--tier", "3"},
		{"init", filepath.Join(dir, "other"), "--name", "acme", "--approver", "architect=a.ferreira"},
	} {
		run := newRun()
		run.env.WriteFiles = func([]source.Edit) error { return errors.New("the disk is full") }
		args = append([]string{"registry"}, args...)
		if args[1] != "init" {
			args = append(args, "--registry", dir)
		}
		if code := run.main(t, args...); code != 4 || run.stdout.Len() > 0 || !strings.Contains(run.stderr.String(), "the disk is full") {
			t.Errorf("%q: exit code %d\n%s%s", args, code, &run.stdout, &run.stderr)
		}
	}
	if data, err := os.ReadFile(filepath.Join(dir, "vendors", "acme-sms.yaml")); err != nil || string(data) != record {
		t.Errorf("%v\n%s", err, data)
	}
}

// A change that somebody else makes while a command works is not lost.
func TestTwoWriters(t *testing.T) {
	t.Parallel()
	const record = "apiVersion: vendorgate/v1\nkind: Vendor\nid: acme-sms\nstatus: approved\n" +
		"approval: {approved_by: [{user: a.ferreira, role: architect}], approved_on: 2026-06-01, expires: 2026-12-01}\n" +
		"risk: {tier: 3}\nscope:  {environments: [prod], data_classes: [internal]}\nencryption: {in_transit: {min_tls: \"1.2\"}}\n"
	const manifest = "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team\nvendors: []\n"
	for _, c := range []struct {
		file, before string
		args         []string
	}{
		{"vendors/acme-sms.yaml", record, []string{"registry", "suspend", "acme-sms", "--reason", "Breach", "--registry", "DIR"}},
		{"vendors/acme-sms.yaml", record, []string{"registry", "renew", "acme-sms", "--write", "--registry", "DIR"}},
		{"vendors/acme-sms.yaml", record, []string{"registry", "import", "--from", "csv", "DIR/list.csv", "--merge", "--registry", "DIR"}},
		{"vendors/acme-sms.yaml", strings.Replace(record, "risk: {tier: 3}\n", "", 1) + "risk: {tier: 3}\n", []string{"registry", "fmt", "DIR"}},
		{"vendors/sentry.yaml", "", []string{"registry", "new", "sentry", "--registry", "DIR"}},
		{"new/policy.yaml", "", []string{"registry", "init", "DIR/new", "--name", "acme", "--approver", "architect=a.ferreira"}},
		{"map.yaml", "", []string{"registry", "import", "--from", "csv", "DIR/list.csv", "--save-map", "DIR/map.yaml", "--registry", "DIR"}},
		{"vendors.yaml", manifest, []string{"add", "sentry", "DIR"}},
		{"vendors.yaml", "", []string{"init", "DIR"}},
	} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "policy.yaml"), "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\n")
		write(t, filepath.Join(dir, "vendors", "acme-mail.yaml"), strings.Replace(record, "acme-sms", "acme-mail", 1))
		write(t, filepath.Join(dir, "list.csv"), "id,country\nacme-sms,IE\n")
		if c.before != "" {
			write(t, filepath.Join(dir, filepath.FromSlash(c.file)), c.before)
		}
		run := newRun()
		inTime := run.env.WriteFiles
		run.env.WriteFiles = func(edits []source.Edit) error {
			write(t, filepath.Join(dir, filepath.FromSlash(c.file)), c.before+"# theirs\n")
			return inTime(edits)
		}
		args := strings.Split(strings.ReplaceAll(strings.Join(c.args, "\x00"), "DIR", dir), "\x00")
		code := run.main(t, args...)
		said := strings.Contains(run.stderr.String(), "somebody else has changed it") || strings.Contains(run.stderr.String(), "already exists")
		if code == 0 || !said || run.stdout.Len() > 0 {
			t.Errorf("%q: exit code %d\n%s%s", args, code, &run.stdout, &run.stderr)
		}
		if data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(c.file))); err != nil || string(data) != c.before+"# theirs\n" {
			t.Errorf("%q: %v\n%s", args, err, data)
		}
	}
}
