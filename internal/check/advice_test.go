package check_test

import (
	"fmt"
	"strings"
	"testing"
)

// states are the states of a record, as edits.
func states() map[string][]string {
	return map[string][]string{
		"approved":          nil,
		"lapsed":            {"expires: 2027-08-31", "expires: 2026-10-31"},
		"overdue review":    {"approved_on: ", "last_review: 2025-02-01, approved_on: "},
		"overdue condition": {"status: approved", "status: conditional", "approved_on: ", "conditions: [{id: sign, text: Sign it, due: 2026-10-01, status: open}], approved_on: "},
		"no approvers":      {"approved_by: [{user: a.ferreira, role: security-architect}]", "approved_by: []"},
		"deprecated":        {"status: approved", "status: deprecated\nsunset: 2027-06-30"},
		"sunset":            {"status: approved", "status: deprecated\nsunset: 2026-10-31"},
		"pilot":             {"status: approved", "status: pilot"},
		"proposed":          {"status: approved", "status: proposed"},
		"in review":         {"status: approved", "status: in-review"},
		"suspended":         {"status: approved", "status: suspended"},
		"denied":            {"status: approved", "status: denied"},
		"retired":           {"status: approved", "status: retired"},
		"unknown":           {"status: approved\napproval: {approved_by: [{user: a.ferreira, role: security-architect}], approved_on: 2026-09-01, expires: 2027-08-31}\n", ""},
	}
}

const larkspur = `await fetch("https://api.larkspur.example/v1/send", {headers: {Authorization: process.env.LARKSPUR_KEY}})` + "\n"

// TestDroppedEntry: whoever removes an entry and keeps the code is told to restore it, and that is enough: the entry is not new.
func TestDroppedEntry(t *testing.T) {
	t.Parallel()
	for state, edits := range states() {
		base := files("vendors.yaml", fmt.Sprintf(declares, "larkspur-mail", "personal"), "src/mail.js", larkspur)
		for _, c := range []struct {
			why, manifest, message, hint string
			others                       []string
		}{
			{"the entry", noUses, "the change removes the entry that declares it", "estore the entry, which was in base/vendors.yaml:5.", nil},
			{"the manifest", "", "the change removes the manifest that declares it", "estore head/vendors.yaml as it was; its entry for the vendor was in base/vendors.yaml:5.", nil},
			{"one of two manifests", "", "the change removes the manifest that declares it", "estore head/vendors.yaml as it was; its entry for the vendor was in base/vendors.yaml:5.", []string{"jobs/vendors.yaml", noUses}},
		} {
			before := with(base, c.others...)
			var told int
			for _, f := range judge(t, before, with(before, "vendors.yaml", c.manifest), edits...).Findings {
				if f.Vendor != "larkspur-mail" || f.Rule == "VG-MAN-005" {
					continue
				}
				if told++; !f.Introduced || strings.Contains(f.Message, "new or changed") || strings.Contains(f.Hint, "No code change") || f.Paste != "" || !strings.Contains(f.Message, c.message) {
					t.Errorf("%s, %s: got %q, hint %q, introduced %v, paste %q", state, c.why, f.Message, f.Hint, f.Introduced, f.Paste)
				}
				if restore := strings.Contains(f.Hint, c.hint); restore == f.Everywhere {
					t.Errorf("%s, %s: got the hint %q", state, c.why, f.Hint)
				}
			}
			if told == 0 {
				t.Errorf("%s, %s: nothing is said of the entry that is gone", state, c.why)
			}
		}
		for _, f := range judge(t, base, base, edits...).Findings {
			if f.Introduced {
				t.Errorf("%s: with the entry restored, %q is new", state, f.Message)
			}
		}
	}
}

// TestHintsOfUndeclared: the hint for an undeclared use does not say to add it and to leave it, or that there is nothing to do.
func TestHintsOfUndeclared(t *testing.T) {
	t.Parallel()
	for state, edits := range states() {
		for _, isNew := range []bool{false, true} {
			head := files("vendors.yaml", noUses, "src/mail.js", larkspur)
			base := head
			if isNew {
				base = files("vendors.yaml", noUses)
			}
			for _, f := range judge(t, base, head, edits...).Findings {
				add, leave := strings.Contains(f.Hint, "dd the entry"), false
				for _, words := range []string{"Stop ", "Remove the vendor", "Start with", "to start with", "No code change", "no code change", "Wait for"} {
					leave = leave || strings.Contains(f.Hint, words)
				}
				both := state == "proposed" || state == "in review" // a waiver needs an entry
				if f.Rule != "VG-MAN-005" && ((add && leave) != both || !add && !leave || add != (f.Paste != "")) {
					t.Errorf("%s, new %v: got %q, hint %q, paste %q", state, isNew, f.Message, f.Hint, f.Paste)
				}
			}
		}
	}
}

// TestCredentialsOfSuspended: whether or not a suspended vendor is declared, the hint names the credentials of the entry and of the code.
func TestCredentialsOfSuspended(t *testing.T) {
	t.Parallel()
	entry := fmt.Sprintf(declares, "larkspur-mail", "personal")
	for manifest, want := range map[string]string{
		noUses: "Stop all calls, rotate LARKSPUR_KEY, and",
		entry:  "Stop all calls, rotate LARKSPUR_KEY, and",
		strings.Replace(entry, "data:", "secrets: [MAIL_KEY], data:", 1): "Stop all calls, rotate MAIL_KEY, LARKSPUR_KEY, and",
	} {
		head := files("vendors.yaml", manifest, "src/mail.js", larkspur)
		var hints []string
		for _, f := range judge(t, head, head, states()["suspended"]...).Findings {
			if f.Rule == "VG-APR-001" {
				hints = append(hints, f.Hint)
			}
		}
		if len(hints) != 1 || !strings.HasPrefix(hints[0], want) {
			t.Errorf("%s: got the hints %q, want %q", manifest, hints, want)
		}
	}
}
