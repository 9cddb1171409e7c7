package cli_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// onPath makes requests fail whose path contains a text.
func onPath(part string, fault http.HandlerFunc) func(int, *http.Request) http.HandlerFunc {
	return func(_ int, r *http.Request) http.HandlerFunc {
		if strings.Contains(r.URL.Path, part) {
			return fault
		}
		return nil
	}
}

// What can be wrong with registry, base and comment: none of it passes, each says something of its own, and no failure to
// report changes the verdict.
func TestFaultMatrix(t *testing.T) {
	t.Parallel()
	const limited = "You have exceeded a secondary rate limit"
	reset := "4102444800" // in 2100
	files := func(change map[string]string) func(*world) {
		return func(w *world) {
			all := registryFiles()
			for name, text := range change {
				if all[name] = text; text == "" {
					delete(all, name)
				}
			}
			w.options.Repos = []githubtest.Repo{{
				Owner: "acme", Name: "other-registry", Default: "main", Branches: map[string]string{"main": mainCommit},
				Commits: map[string]githubtest.Commit{mainCommit: {Date: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), Files: all}},
			}}
			w.inputs["registry"] = "acme/other-registry"
		}
	}
	fault := func(part string, handler http.HandlerFunc) func(*world) {
		return func(w *world) { w.options.Fault = onPath(part, handler) }
	}
	seen := map[string]string{}
	for _, c := range []struct {
		name  string
		spoil func(*world)
		code  int
		want  string // in what the run says
	}{
		{"none", func(*world) {}, 1, "VG-REG-001"},
		{"registry 404", fault("/vendor-registry/", githubtest.Refuses(404, "Not Found")), 4, "not found, or the token has no access (HTTP 404)"},
		{"registry 401", fault("/vendor-registry/", githubtest.Refuses(401, "Bad credentials")), 4, "the server rejected the token"},
		{"registry 403, permission", fault("/vendor-registry/", githubtest.Refuses(403, "Resource not accessible by integration", "X-Accepted-GitHub-Permissions", "contents=read")), 4, `lacks the permission "contents: read"`},
		{"registry 403, single sign-on", fault("/vendor-registry/", githubtest.Refuses(403, "SAML", "X-GitHub-SSO", "required; url=https://github.com/orgs/acme/sso")), 4, "requires single sign-on"},
		{"registry 403, hour", fault("/vendor-registry/", githubtest.Refuses(403, "API rate limit exceeded", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset)), 4, "the requests an hour of the job's token are used up; the server asks for a wait of 8760 hours"},
		{"registry 403, secondary", fault("/vendor-registry/", githubtest.Refuses(403, limited, "Retry-After", "600")), 4, "(secondary rate limit)"},
		{"registry 429", fault("/vendor-registry/", githubtest.Refuses(429, "Too many requests", "Retry-After", "700")), 4, "the server asks for a wait of 12 minutes"},
		{"registry 500", fault("/vendor-registry/", githubtest.Refuses(500, "boom")), 4, "the server failed"},
		{"registry empty answer", fault("/vendor-registry/", githubtest.Says(200, "")), 4, "the response is empty"},
		{"registry hangs up", fault("/vendor-registry/", githubtest.HangUp), 4, "EOF"},
		{"registry archive cut short", fault("/archive/", githubtest.CutShort), 4, "unexpected EOF"},
		{"registry archive no archive", fault("/archive/", githubtest.Says(200, "<html>")), 4, "the archive is refused"},
		{"registry without vendors", files(map[string]string{"vendors/larkspur-mail.yaml": ""}), 4, "it has no vendors folder"},
		{"registry with bad YAML", files(map[string]string{"policy.yaml": "id: ["}), 4, "policy.yaml could not be understood"},
		{"registry of another version", files(map[string]string{"policy.yaml": strings.ReplaceAll(registryFiles()["policy.yaml"], "v1", "v2")}), 4, "written for vendorgate/v2, which is newer"},
		{"registry with a bad record", files(map[string]string{"vendors/larkspur-mail.yaml": "status: approved"}), 1, "larkspur-mail.yaml could not be understood"},
		{"registry too old", func(w *world) { w.inputs["as-of"] = "2027-01-31" }, 4, "but the policy allows it to be at most 30 days old"},
		{"registry not there", func(w *world) { w.inputs["registry"] = "acme/nowhere" }, 4, "acme/nowhere"},
		{"branch not there", func(w *world) { w.inputs["registry"] = "acme/vendor-registry@v9" }, 4, `there is no branch or tag "v9"`},
		{"base unreadable", fault("/contents/", githubtest.Refuses(500, "boom")), 1, "could not be read, so every use counts as new or changed"},
		{"comments unreadable", fault("/graphql", githubtest.Refuses(500, "boom")), 1, "the comment was not written"},
		{"comment 403", fault("/issues/", githubtest.Refuses(403, "Resource not accessible by integration")), 1, "pull-requests: write"},
		{"comment 404", fault("/issues/", githubtest.Refuses(404, "Not Found")), 1, "the comment was not written: POST"},
		{"comment 422", fault("/issues/", githubtest.Refuses(422, "Validation Failed")), 1, "Validation Failed"},
		{"comment 500", fault("/issues/", githubtest.Refuses(500, "boom")), 1, "the server failed"},
	} {
		w := newWorld()
		c.spoil(w)
		w.start(t)
		code := w.run(t)
		if code != c.code || !strings.Contains(w.output, c.want) {
			t.Errorf("%s: exit code %d, want %d and %q in\n%s", c.name, code, c.code, c.want, w.output)
		}
		said := w.output
		if other, twice := seen[said]; twice {
			t.Errorf("%s and %s say the same:\n%s", c.name, other, said)
		}
		seen[said] = c.name
		leaks(t, c.name, w)
	}
}

// leaks fails the test if a run printed a token, except in the command that masks it.
func leaks(t *testing.T, what string, w *world) {
	t.Helper()
	encoded := base64.StdEncoding.EncodeToString([]byte(canary))
	for line := range strings.Lines(w.all()) {
		if strings.HasPrefix(line, "::add-mask::") {
			continue
		}
		for _, secret := range []string{canary, strings.TrimRight(encoded, "="), url.QueryEscape(canary), githubtest.ArchivePermission} {
			if strings.Contains(line, secret) {
				t.Errorf("%s: a secret is told: %s", what, line)
			}
		}
	}
}

// Every call of a run fails once, with every fault: the verdict is the same or none, and never a better one.
// A short run tries every third failure.
func TestEveryCallFailsOnce(t *testing.T) {
	t.Parallel()
	health := strings.ReplaceAll(goodManifest, "personal", "source-code")
	scenes := map[string]func(*world){
		"fail": func(*world) {},
		"pass": func(w *world) { w.head["vendors.yaml"] = goodManifest },
		"pass by base": func(w *world) {
			w.head["vendors.yaml"], w.base["vendors.yaml"], w.inputs["fail-scope"] = health, health, "changed"
		},
		"fail by the base's settings": func(w *world) {
			w.inputs["fail-on"] = "off"
			w.base["vendors.yaml"] = strings.Replace(health, "vendors:", "settings: {fail_on: error}\nvendors:", 1)
			w.head["vendors.yaml"] = health
		},
		"away": func(w *world) { w.about("pull_request_target") },
		"away, by the code": func(w *world) {
			w.about("pull_request_target")
			w.workspace = fstest.MapFS{}
			w.head["vendors.yaml"], w.head["src/pay.js"], w.head[".gitattributes"] = goodManifest, callsStripe, "src/pay.js export-ignore\n"
		},
		"in place": inPlace,
	}
	faults := githubtest.Faults(time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), canary)
	faults = slices.DeleteFunc(faults, func(f githubtest.NamedFault) bool { return f.Name == "slow" })
	for name, change := range scenes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld()
			change(w)
			w.start(t)
			want := w.run(t)
			calls := len(w.Requests())
			none := 0
			for k := 1; k <= calls; k++ {
				for i, f := range faults {
					if (k+i)%2 == 1 || !effort.Takes((k+i)/2, 2) { // every call, and every fault
						continue
					}
					w := newWorld()
					change(w)
					w.options.Unchecked = true // the healthy run is held to it
					w.options.Fault = func(n int, _ *http.Request) http.HandlerFunc {
						if n == k {
							return f.Answer
						}
						return nil
					}
					w.start(t)
					got := w.run(t)
					if got != want && got != 4 {
						t.Errorf("call %d of %d: %s: exit code %d, without the fault %d\n%s", k, calls, f.Name, got, want, w.output)
					}
					if got == 4 {
						none++
					}
					if n := len(w.comments()); n > 1 {
						t.Errorf("call %d of %d: %s: %d comments", k, calls, f.Name, n)
					}
					leaks(t, f.Name, w)
				}
			}
			t.Logf("%d calls, %d faults each: %d times no verdict, else exit code %d", calls, len(faults), none, want)
			if none == 0 {
				t.Error("no fault was ever noticed")
			}
		})
	}
}

// inPlace is a registry in the repository itself, which the change tries to edit in its favour.
func inPlace(w *world) {
	w.inputs["registry"] = "./registry"
	for name, text := range registryFiles() {
		w.base["registry/"+name], w.head["registry/"+name] = text, text
	}
	w.head["registry/vendors/halloway-maps.yaml"] = strings.ReplaceAll(goodRecord, "larkspur-mail", "halloway-maps")
}
