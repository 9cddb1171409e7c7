package cli_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// A repository without a manifest gets one draft with all vendors that its code uses, and is told of the command that writes it.
func TestCommentDraft(t *testing.T) {
	t.Parallel()
	w := newWorld()
	w.base = map[string]string{"README": "x"}
	w.head = map[string]string{"README": "x", "pay.js": "import Stripe from \"stripe\"\nfetch('https://api.twilio.com/x')\n"}
	w.start(t)
	w.workspace = mapFS(w.head)
	if code := w.run(t); code != 1 || len(w.comments()) != 1 {
		t.Fatalf("exit code %d, comments %q\n%s", code, w.comments(), w.output)
	}
	got := w.comments()[0]
	_, draft, _ := strings.Cut(got, "<details><summary>Draft of vendors.yaml, as vendorgate init writes it</summary>\n\n```yaml\n")
	draft, _, _ = strings.Cut(draft, "```\n")
	if strings.Count(draft, "kind: VendorManifest\n") != 1 || strings.Count(draft, "\n  - id: stripe\n") != 1 || strings.Count(draft, "\n  - id: twilio\n") != 1 {
		t.Errorf("the draft is\n%s", draft)
	}
	if strings.Count(got, "**What to do:** Run `vendorgate init`, or create vendors.yaml with the content below, and fill it in.") != 2 || strings.Count(got, "kind: VendorManifest") != 1 {
		t.Errorf("the comment is\n%s", got)
	}
	if report := string(w.written["vendorgate-report.json"]); !strings.Contains(report, `"draft": "apiVersion: vendorgate/v1\n`) {
		t.Errorf("the report has no draft:\n%s", report)
	}
}

// Findings link to records that whoever sees the comment can see: in the repository itself and in a public one, which a run reads without a
// token of its own.
func TestCommentRecords(t *testing.T) {
	t.Parallel()
	const expired = "2026-11-01"
	for name, c := range map[string]struct {
		change func(*world)
		want   string // where the link leads; empty for none
	}{
		"public":             {func(*world) {}, "https://github.example/acme/vendor-registry/blob/"},
		"with its own token": {func(w *world) { w.inputs["registry-token"] = canary }, ""},
		"of the repository": {func(w *world) {
			w.inputs["registry"] = "./registry"
			for _, files := range []map[string]string{w.base, w.head} {
				for name, text := range w.registry {
					files["registry/"+name] = text
				}
			}
		}, "https://github.example/acme/shop/blob/" + shopBase + "/registry/"},
	} {
		w := newWorld()
		w.registry["vendors/larkspur-mail.yaml"] = strings.ReplaceAll(goodRecord, "2027-08-31", expired)
		w.options.Tokens = map[string]githubtest.Access{canary: githubtest.Bot()}
		c.change(w)
		w.start(t)
		if code := w.run(t); code != 1 || len(w.comments()) != 1 {
			t.Errorf("%s: exit code %d, comments %q\n%s", name, code, w.comments(), w.output)
			continue
		}
		got := w.comments()[0]
		if linked := strings.Contains(got, "[the last day of the approval]("); linked != (c.want != "") || linked && !strings.Contains(got, "[the last day of the approval]("+c.want) {
			t.Errorf("%s: want a link to %q in\n%s", name, c.want, got)
		}
		if !strings.Contains(got, "expired on "+expired) {
			t.Errorf("%s: no lapse in\n%s", name, got)
		}
	}
}
