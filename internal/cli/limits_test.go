package cli_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// A run says once that few requests are left, whoever asks with the token, and the verdict is the same.
func TestFewRequestsAreLeft(t *testing.T) {
	t.Parallel()
	const said = "less than a tenth of the 1,000 requests an hour of the job's token is left until 2026-11-23 13:00 UTC; a check that needs more has no verdict; " +
		"how to need fewer: https://github.com/vendorgate/vendorgate/blob/main/docs/platform-team.md#limits-on-requests"
	for _, c := range []struct {
		name, left, head string
		change           func(w *world)
		code, times      int
	}{
		{"enough", "100", goodManifest, func(*world) {}, 0, 0},
		{"few", "99", goodManifest, func(*world) {}, 0, 1},
		{"few where the check fails", "99", goodManifest + newVendor, func(*world) {}, 1, 1},
		{"none", "0", goodManifest, func(*world) {}, 0, 1},
		{"few for the job only", "99", goodManifest, func(w *world) { w.inputs["registry"] = "" }, 1, 1},
	} {
		w := newWorld()
		w.head["vendors.yaml"] = c.head
		c.change(w)
		w.options.Wrap = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				rw.Header().Set("X-RateLimit-Limit", "1000")
				rw.Header().Set("X-RateLimit-Remaining", c.left)
				rw.Header().Set("X-RateLimit-Reset", "1795438800")
				rw.Header().Set("X-RateLimit-Resource", "core")
				next.ServeHTTP(rw, r)
			})
		}
		w.start(t)
		code := w.run(t)
		if got := strings.Count(w.output, "vendorgate: "+said+"\n"); code != c.code || got != c.times {
			t.Errorf("%s: exit code %d, want %d; said %d times, want %d:\n%s", c.name, code, c.code, got, c.times, w.output)
		}
		if noticed := slices.Contains(w.report(t).Notices, said); noticed != (c.times > 0) {
			t.Errorf("%s: it is a notice of the report: %t", c.name, noticed)
		}
	}
}

// A registry that cannot be fetched because of a limit is nobody's fault. The report says whose limit it is, when it ends, and where to read on.
func TestRequestsAreUsedUp(t *testing.T) {
	t.Parallel()
	for token, want := range map[string]string{
		"": "the 1,000 requests an hour of the job's token are used up", "registry": "the 1,000 requests an hour of the registry-token are used up",
	} {
		w := newWorld()
		if token != "" {
			w.inputs["registry-token"] = canary
		}
		w.options.Fault = onPath("/vendor-registry/", githubtest.Refuses(403, "API rate limit exceeded",
			"X-RateLimit-Limit", "1000", "X-RateLimit-Remaining", "0", "X-RateLimit-Resource", "core", "X-RateLimit-Reset", "1795438800"))
		w.start(t)
		code := w.run(t)
		found := w.report(t).Findings
		if code != 4 || len(found) != 1 || !strings.Contains(found[0].Message, want) || !strings.Contains(found[0].Message, ", until 2026-11-23 13:00 UTC, ") {
			t.Fatalf("exit code %d, want %q in %+v", code, want, found)
		}
		for _, part := range []string{"Your change is not the cause. Run the check again after 2026-11-23 13:00 UTC.", "docs/platform-team.md#limits-on-requests"} {
			if !strings.Contains(found[0].Hint, part) {
				t.Errorf("no %q in the hint %q", part, found[0].Hint)
			}
		}
	}
}
