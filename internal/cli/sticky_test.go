package cli_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// The comment is created when the check fails, edited while it does, and finally says that all is resolved.
func TestCommentLife(t *testing.T) {
	t.Parallel()
	w := newWorld().start(t)
	step := func(what string, code, calls int, want string) {
		t.Helper()
		since := len(w.Requests())
		if got := w.run(t); got != code {
			t.Fatalf("%s: exit code %d, want %d\n%s", what, got, code, w.output)
		}
		if api, _ := w.calls(since); api > calls {
			t.Errorf("%s: %d calls of the API, want at most %d", what, api, calls)
		}
		if got := w.comments(); len(got) != 1 || !strings.Contains(got[0], want) {
			t.Fatalf("%s: want one comment with %q, got %q\n%s", what, want, got, w.output)
		}
	}
	step("fail", 1, 9, "### ❌ API vendors: 1 finding to fix before merging")
	first := w.comments()[0]
	for _, want := range []string{
		`"halloway-maps" is not in the approved-vendor registry`, "[vendors.yaml, line 6](https://github.example/acme/shop/blob/" + shopHead + "/vendors.yaml#L6)",
		"new or changed in this pull request", "[VG-REG-001](https://github.com/vendorgate/vendorgate/blob/main/docs/rules.md#vg-reg-001)", "#vg-reg-001): A pull request can bring in a vendor that nobody has reviewed", "**Who:** #\u2060vendor-security",
		"[the prefilled request form](https://github.example/acme/vendor-registry/issues/new?body=", "title=Vendor+request%3A+halloway-maps", "(main at 3f2c1a9, 2 days old)", "https://github.example/acme/shop/actions/runs/77",
	} {
		if !strings.Contains(first, want) {
			t.Errorf("no %q in\n%s", want, first)
		}
	}
	w.vars["GITHUB_RUN_ID"] = "78"
	step("the same again", 1, 9, "### ❌ API vendors: 1 finding")
	w.head["vendors.yaml"] = goodManifest + newVendor + strings.ReplaceAll(newVendor, "halloway", "other")
	w.vars["GITHUB_RUN_ID"] = "79"
	step("worse", 1, 9, "### ❌ API vendors: 2 findings")
	w.vars["GITHUB_RUN_ID"] = "70"
	w.payload = strings.ReplaceAll(w.payload, shopHead, shopMerge)
	w.head["vendors.yaml"] = goodManifest
	step("an old run that ends late", 0, 8, "### ❌ API vendors: 2 findings")
	w.payload = strings.ReplaceAll(w.payload, shopMerge, shopHead)
	w.vars["GITHUB_RUN_ID"] = "80"
	step("fixed", 0, 8, "### ✅ API vendors: resolved at `c000000`")
	w.vars["GITHUB_RUN_ID"] = "81"
	step("still fixed", 0, 8, "### ✅ API vendors: resolved at `c000000`")
	w.head["vendors.yaml"] = goodManifest + newVendor
	w.payload = strings.ReplaceAll(w.payload, shopHead, shopMerge)
	w.vars["GITHUB_RUN_ID"] = "79"
	step("an old run that ends after one that said nothing new", 1, 8, "### ✅ API vendors: resolved at `c000000`")
	w.payload = strings.ReplaceAll(w.payload, shopMerge, shopHead)
	w.head["vendors.yaml"] = goodManifest + newVendor
	w.vars["GITHUB_RUN_ID"], w.inputs["comment-recreate"] = "82", "when-worse"
	before := w.Comments("acme", "shop", 5)[0].ID
	step("failed anew", 1, 10, "### ❌ API vendors: 1 finding")
	if after := w.Comments("acme", "shop", 5)[0].ID; after == before {
		t.Error("the comment was edited, which notifies nobody")
	}
}

// The input comment says when to comment.
func TestCommentWhen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		comment, manifest string
		want              int
	}{
		{"", goodManifest, 0},
		{"", goodManifest + newVendor, 1},
		{"on-failure", goodManifest, 0},
		{"on-failure", goodManifest + newVendor, 1},
		{"always", goodManifest, 1},
		{"always", goodManifest + newVendor, 1},
		{"never", goodManifest, 0},
		{"never", goodManifest + newVendor, 0},
	} {
		w := newWorld().start(t)
		w.inputs["comment"], w.head["vendors.yaml"] = c.comment, c.manifest
		w.run(t)
		if got := w.comments(); len(got) != c.want {
			t.Errorf("comment %q: %d comments, want %d\n%s", c.comment, len(got), c.want, w.output)
		}
		if w.inputs["comment"] == "never" {
			for _, r := range w.Requests() {
				if r.Method != http.MethodGet {
					t.Errorf("comment never: %s %s", r.Method, r.URL)
				}
			}
		}
	}
	w := newWorld().start(t)
	w.inputs["comment"] = "allways"
	if code := w.run(t); code != 2 || !strings.Contains(w.output, `did you mean "always"?`) {
		t.Errorf("exit code %d\n%s", code, w.output)
	}
}

// The verdict needs no write permissions: findings, exit code and report are the same without them.
func TestTokenRights(t *testing.T) {
	t.Parallel()
	rights := map[string]githubtest.Access{
		"write":     githubtest.Bot(),
		"read":      {Login: "github-actions[bot]", Type: "Bot", Contents: githubtest.Read, PullRequests: githubtest.Read},
		"contents":  {Login: "github-actions[bot]", Type: "Bot", Contents: githubtest.Read},
		"dependent": {Login: "dependabot[bot]", Type: "Bot", Contents: githubtest.Read, PullRequests: githubtest.Read},
	}
	for _, manifest := range []string{goodManifest, goodManifest + newVendor} {
		var code int
		var report string
		for i, right := range []string{"write", "read", "contents", "dependent", "none"} {
			w := newWorld()
			w.head["vendors.yaml"] = manifest
			w.options.Tokens = map[string]githubtest.Access{canary: rights[right]}
			if right == "none" {
				w.inputs["token"] = ""
			}
			w.start(t)
			got, document := w.run(t), string(w.written["vendorgate-report.json"])
			if i == 0 {
				code, report = got, document
				continue
			}
			if got != code || document != report {
				t.Errorf("%s: exit code %d, want %d; report\n%s\nwant\n%s", right, got, code, document, report)
			}
			notices := strings.Count(w.output, "::notice title=vendorgate::the comment was not written")
			if want := map[string]int{"contents": 1, "none": 1}[right]; got == 0 && notices != want {
				t.Errorf("%s, pass: %d notices, want %d\n%s", right, notices, want, w.output)
			}
			if got == 1 && notices != 1 {
				t.Errorf("%s, fail: %d notices, want 1\n%s", right, notices, w.output)
			}
			if got == 1 && right != "none" && !strings.Contains(w.output, "pull-requests: write") {
				t.Errorf("%s: no permission is named\n%s", right, w.output)
			}
			if got == 1 && (!strings.Contains(w.output, "::error ") || !strings.Contains(string(w.written["summary"]), "halloway-maps")) {
				t.Errorf("%s: no annotation, or no summary\n%s", right, w.all())
			}
		}
	}
}
