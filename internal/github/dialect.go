package github

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// dialect is how GitHub's API speaks.
func dialect() wire.Dialect {
	return wire.Dialect{
		Header: "Authorization", Prefix: "Bearer ",
		Remaining: "X-Ratelimit-Remaining", Reset: "X-Ratelimit-Reset", Burst: "secondary rate limit", TooFast: abusive,
		Limit: "X-Ratelimit-Limit", Resource: "X-Ratelimit-Resource", Period: "an hour",
		Page: "https://github.com/vendorgate/vendorgate/blob/main/docs/platform-team.md#limits-on-requests",
		// go-github would keep these and judge the next request by its own clock.
		Hidden:    []string{"X-Ratelimit-Limit", "X-Ratelimit-Remaining", "X-Ratelimit-Reset", "X-Ratelimit-Used", "X-Ratelimit-Resource"},
		Forbidden: forbidden, Odd: odd,
	}
}

// forbidden distinguishes single sign-on from a missing permission.
func forbidden(t *wire.Transport, e *wire.Error, answer *http.Response) {
	sso := answer.Header.Get("X-Github-Sso")
	if sso == "" {
		e.Missing = permissionLines(answer.Header.Get("X-Accepted-Github-Permissions"))
		return
	}
	e.Cause, e.Detail = wire.SSO, "the organisation requires single sign-on; authorise the token for it"
	_, link, _ := strings.Cut(sso, "url=")
	if u, err := url.Parse(strings.TrimSpace(link)); err == nil && u.Scheme == "https" && u.User == nil {
		e.Detail += " at " + t.Secret.Redact(diag.OneLine("https://"+u.Host+u.EscapedPath())) // the query is a secret of one request
	}
}

// odd refuses responses that leave something out without an error status.
func odd(t *wire.Transport, request *http.Request, answer *http.Response, data []byte, want wire.Demand) *wire.Failure {
	switch {
	case strings.HasPrefix(answer.Header.Get("X-Github-Sso"), "partial-results"):
		return &wire.Failure{Err: &wire.Error{Request: t.Name(request), Cause: wire.SSO, Detail: "the response omits organisations whose single sign-on the token is not authorised for"}}
	case want.Graph:
		return refusedGraph(t, request, answer, data)
	}
	return nil
}

// abusive reports whether the server's message is about too many requests in a short time.
func abusive(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "secondary rate limit") || strings.Contains(text, "secondary-rate-limits") || strings.Contains(text, "abuse detection")
}

// graphRefusal is an error in a response with HTTP 200, possibly with partial data.
type graphRefusal struct {
	Type       string `json:"type"`
	Message    string `json:"message"`
	Extensions struct {
		SSO bool `json:"saml_failure"`
	} `json:"extensions"`
}

// refusedGraph classifies errors of GraphQL; nil if there is none.
func refusedGraph(t *wire.Transport, request *http.Request, answer *http.Response, data []byte) *wire.Failure {
	var said struct {
		Errors []graphRefusal `json:"errors"`
	}
	e := &wire.Error{Request: t.Name(request), Cause: wire.Unreadable, Detail: "the response has an unexpected form"}
	if err := json.Unmarshal(data, &said); err != nil {
		return &wire.Failure{Err: e}
	}
	for _, one := range said.Errors {
		if one.Type == "RATE_LIMITED" || abusive(one.Message) {
			burst := ""
			if abusive(one.Message) {
				burst = t.Server.Burst
			}
			return t.Limited(request, answer, burst)
		}
	}
	if len(said.Errors) == 0 {
		return nil
	}
	first := said.Errors[0]
	message := t.Quoted(first.Message)
	switch first.Type {
	case "FORBIDDEN", "INSUFFICIENT_SCOPES":
		e.Cause, e.Detail = wire.Permission, "the token does not permit this"+message
		if first.Extensions.SSO {
			e.Cause, e.Detail = wire.SSO, "the organisation requires single sign-on; authorise the token for it"
			break
		}
		e.Missing = permissionLines(answer.Header.Get("X-Accepted-Github-Permissions"))
	case "NOT_FOUND":
		e.Cause, e.Detail = wire.NotFound, "not found, or the token has no access"+message
	case "INTERNAL", "SERVICE_UNAVAILABLE":
		e.Cause, e.Detail = wire.Server, "the server failed"+message
	default:
		e.Cause, e.Detail = wire.Rejected, fmt.Sprintf("the server refused the request%s", message)
	}
	return &wire.Failure{Err: e, Again: e.Cause == wire.Server}
}

var permissionPattern = regexp.MustCompile(`^([a-z_]+)=(read|write|admin)$`)

// permissionLines turns the header X-Accepted-GitHub-Permissions into lines of a workflow's permissions:
// "issues=write; pull_requests=write" are two ways, "contents=read,issues=write" is one that needs both.
func permissionLines(header string) string {
	var ways []string
	for way := range strings.SplitSeq(header, ";") {
		var all []string
		for one := range strings.SplitSeq(way, ",") {
			if m := permissionPattern.FindStringSubmatch(strings.TrimSpace(one)); m != nil {
				all = append(all, fmt.Sprintf("%q", strings.ReplaceAll(m[1], "_", "-")+": "+m[2]))
			}
		}
		if len(all) > 0 {
			ways = append(ways, strings.Join(all, " and "))
		}
	}
	return strings.Join(ways, ", or ")
}
