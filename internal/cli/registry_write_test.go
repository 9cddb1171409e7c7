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
		run.env.WriteFiles = func([]source.File) error { return errors.New("the disk is full") }
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
