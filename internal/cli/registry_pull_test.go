package cli_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// registryPull is a pull request by mallory in the registry's own repository, which declares no vendors.
func registryPull(change map[string]string) *world {
	w := newWorld()
	w.inputs["registry"] = "."
	w.base = registryFiles()
	w.base["vendors/new.yaml"] = strings.NewReplacer("larkspur-mail", "new", "status: approved", "status: in-review\nstatus_since: 2026-10-01").Replace(goodRecord)
	w.head = maps.Clone(w.base)
	maps.Copy(w.head, change)
	for name, text := range change {
		if text == "" {
			delete(w.head, name)
		}
	}
	return w
}

// approvedRecord is the record under review, approved.
func approvedRecord(pairs ...string) string {
	return strings.NewReplacer(append([]string{"larkspur-mail", "new", "status: approved", "status: approved\nstatus_since: 2026-11-20"}, pairs...)...).Replace(goodRecord)
}

// The comment on a registry's pull request says what each edited record, waiver and policy means, who must open it, and what expires soon.
func TestRegistryPullComment(t *testing.T) {
	t.Parallel()
	policy := registryFiles()["policy.yaml"]
	for _, c := range []struct {
		name   string
		change map[string]string
		code   int
		want   []string
		lacks  []string
	}{
		{
			"an approval",
			map[string]string{"vendors/new.yaml": approvedRecord()},
			0,
			[]string{
				"### ✅ Vendor registry: no blocking findings", "Nothing takes effect before the merge",
				"- `new`: changed (status: approved instead of in-review; status\\_since: 2026-11-20 instead of 2026-10-01): it permits use in prod with data of the classes personal, until 2027-08-31 (the approval)",
				"- `new`: opened by mallory, approved by a.ferreira (security-architect)",
			},
			[]string{"vendors.yaml` ", "The policy, after"},
		},
		{
			"an approval that fails every repository",
			map[string]string{"vendors/new.yaml": approvedRecord(`"1.2"`, `"1.0"`)},
			1,
			[]string{"### ❌ Vendor registry: 1 finding to fix before merging", "and a use of all of that fails: \"new\" accepts TLS 1.0 (VG-ENC-001)", "Ask the vendor to require TLS 1.2 or later."},
			nil,
		},
		{
			"an approval by its author",
			map[string]string{"vendors/new.yaml": approvedRecord("a.ferreira", "Mallory", "approval: {", "approval: {requested_by: s.marchetti, ")},
			1,
			[]string{"mallory opened this and approves it (approved by Mallory (security-architect)). s.marchetti, who requested it, or anybody else who does not approve it, must open it instead"},
			nil,
		},
		{
			"a suspension",
			map[string]string{"vendors/larkspur-mail.yaml": strings.Replace(goodRecord, "status: approved", "status: suspended\nstatus_since: 2026-11-22\nstatus_reason: Keys were published", 1)},
			0,
			[]string{"it permits no use: \"larkspur-mail\" has been suspended since 2026-11-22: Keys were published"},
			[]string{"Who opens"},
		},
		{
			"a removal",
			map[string]string{"vendors/larkspur-mail.yaml": ""},
			0,
			[]string{"- `larkspur-mail`: removed, so every use of the vendor fails; the record that is removed permits use in prod"},
			nil,
		},
		{
			"a waiver",
			map[string]string{"waivers/WVR-1.yaml": strings.NewReplacer("ID", "WVR-1", "VENDOR", "larkspur-mail").Replace(lintWaiver)},
			0,
			[]string{"- `WVR-1`: new: it covers VG-APR-002 of larkspur-mail in acme/shop until 2026-12-31", "- `WVR-1`: opened by mallory, approved by a.ferreira (security-architect)"},
			nil,
		},
		{
			"a requirement that no record meets",
			map[string]string{"policy.yaml": policy + "requirements: [{id: MFA, attr: access.mfa.enforced, eq: true}]\n"},
			0,
			[]string{
				"- `policy.yaml`: 1 of 1 record that permits use would newly fail",
				"- `MFA`: new: access.mfa.enforced is true; error at tier 1, 2, 3, 4",
				"- `MFA`: 1 of 1 record would newly fail (1 because the record does not say): larkspur-mail",
			},
			nil,
		},
		{
			"a policy that is not one",
			map[string]string{"policy.yaml": "id: ["},
			1,
			[]string{"- `policy.yaml`: it is not valid, so checks that use the registry give no verdict"},
			nil,
		},
		{
			"a requirement that is only a warning",
			map[string]string{"policy.yaml": policy + "requirements: [{id: TLS13, attr: encryption.in_transit.min_tls, gte: \"1.3\", severity: warning}]\n"},
			0,
			[]string{
				"#### The policy, after the merge\n\n- `policy.yaml`: 0 of 1 record that permits use would newly fail, 1 would newly get a warning\n- `TLS13`: 1 of 1 record would newly get a warning: larkspur-mail",
				"under the edited policy, 0 of 1 record that permits use would newly fail, 1 would newly get a warning: larkspur-mail",
			},
			nil,
		},
		{
			"a record that its own policy fails",
			map[string]string{"vendors/new.yaml": approvedRecord(), "policy.yaml": policy + "requirements: [{id: MFA, attr: access.mfa.enforced, eq: true}]\n"},
			1,
			[]string{"and a use of all of that fails: the policy requires", "- `policy.yaml`: 2 of 2 records that permit use would newly fail"},
			nil,
		},
		{
			"a policy that lets its own record pass says so first",
			map[string]string{"vendors/new.yaml": approvedRecord(`"1.2"`, `"1.0"`), "policy.yaml": policy + "rules: {VG-ENC-001: {severity: note}}\n"},
			0,
			[]string{"#### The policy, after the merge\n\n- `policy.yaml`: 0 of 2 records that permit use would newly fail, 1 would no longer fail", "accepts TLS 1.0"},
			nil,
		},
		{
			"hostile text",
			map[string]string{"vendors/larkspur-mail.yaml": strings.Replace(goodRecord, "status: approved", "status: suspended\nstatus_since: 2026-11-22\nstatus_reason: \"**bold** <script>alert(1)</script> @everyone <img src=x> [x](https://evil.example)\"", 1)},
			0,
			[]string{"2026-11-22: \\*\\*bold\\*\\* "},
			[]string{"<script>", "<img", "[x](https://evil.example)", " @everyone"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := registryPull(c.change).start(t)
			code, comments := w.run(t), w.comments()
			if code != c.code || len(comments) != 1 {
				t.Fatalf("exit code %d, want %d; %d comments\n%s", code, c.code, len(comments), w.all())
			}
			for _, want := range c.want {
				if !strings.Contains(comments[0], want) {
					t.Errorf("no %q in\n%s", want, comments[0])
				}
			}
			for _, lacks := range c.lacks {
				if strings.Contains(comments[0], lacks) || strings.Contains(string(w.written["summary"]), lacks) {
					t.Errorf("there is %q in\n%s\n%s", lacks, comments[0], w.written["summary"])
				}
			}
		})
	}
}

// An edited policy does not decide who may approve, or for how long, in the pull request that brings it.
func TestRegistryPullGrants(t *testing.T) {
	t.Parallel()
	policy := registryFiles()["policy.yaml"]
	waiver := strings.NewReplacer("ID", "WVR-1", "VENDOR", "larkspur-mail").Replace(lintWaiver)
	for _, c := range []struct {
		name   string
		change map[string]string
		code   int
		want   string
	}{
		{"an approver of both", map[string]string{"vendors/new.yaml": approvedRecord(), "waivers/WVR-1.yaml": waiver}, 0, ""},
		{"a new approver", map[string]string{"vendors/new.yaml": approvedRecord("a.ferreira", "eve")}, 1, "the approval is not valid: the policy does not let eve approve as security-architect"},
		{"a longer term", map[string]string{"vendors/new.yaml": approvedRecord("2027-08-31", "2028-08-31")}, 1, "the approval is not valid: it runs from 2026-09-01 to 2028-08-31"},
		{"a new approver of a waiver", map[string]string{"waivers/WVR-1.yaml": strings.Replace(waiver, "a.ferreira", "eve", 1)}, 1, "the waiver is not valid: the policy does not let eve approve as security-architect"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := registryPull(c.change)
			w.base["policy.yaml"] = policy + "approvers: {security-architect: [a.ferreira]}\n"
			w.head["policy.yaml"] = policy + "approvers: {security-architect: [a.ferreira, eve]}\nparams: {approval_max_term: P3Y}\n"
			w.start(t)
			code, comments := w.run(t), w.comments()
			if code != c.code || len(comments) != 1 || !strings.Contains(string(w.written["summary"])+w.all(), c.want) || (c.want != "") != strings.Contains(w.all(), "erge the change of the policy first") {
				t.Errorf("exit code %d, want %d and %q\n%s", code, c.code, c.want, w.all())
			}
		})
	}
}

// The comment of a registry's pull request is updated in place, and one that edits nothing of the registry gets none.
func TestRegistryPullCommentLife(t *testing.T) {
	t.Parallel()
	w := registryPull(map[string]string{"vendors/new.yaml": approvedRecord(`"1.2"`, `"1.0"`)})
	w.start(t)
	w.run(t)
	first := w.comments()
	w.head["vendors/new.yaml"] = approvedRecord()
	w.vars["GITHUB_RUN_ID"] = "78"
	w.run(t)
	second := w.comments()
	if len(first) != 1 || len(second) != 1 || !strings.Contains(second[0], "### ✅ Vendor registry: resolved") || !strings.Contains(second[0], "- `new`: changed (") {
		t.Errorf("first %q\nthen %q", first, second)
	}
	before := len(w.Requests())
	w.vars["GITHUB_RUN_ID"] = "79"
	w.run(t)
	if n := w.writes(before); n != 0 || !slices.Equal(w.comments(), second) {
		t.Errorf("%d writes, then %q", n, w.comments())
	}
	quiet := registryPull(map[string]string{"README": "x"}).start(t)
	if code := quiet.run(t); code != 0 || len(quiet.comments()) != 0 {
		t.Errorf("exit code %d, %q", code, quiet.comments())
	}
}
