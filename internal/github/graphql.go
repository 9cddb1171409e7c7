package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// query sends a GraphQL query, and decodes the data into out. It must not be a mutation, because it is retried like a GET.
func (c *Client) query(ctx context.Context, text string, variables map[string]any, out any) error {
	if c.graph == nil {
		return errors.New("GITHUB_GRAPHQL_URL is empty, so no comment can be written")
	}
	name := http.MethodPost + " " + c.graph.String()
	request, err := c.api.NewRequest(http.MethodPost, c.graph.String(), map[string]any{"query": text, "variables": variables})
	if err != nil {
		return c.plain(name, err)
	}
	answer := struct {
		Data any `json:"data"`
	}{out}
	_, err = c.api.Do(demanding(ctx, demand{limit: maxList, does: reads, graph: true}), request, &answer)
	return c.plain(name, err)
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
func (t *transport) refusedGraph(request *http.Request, answer *http.Response, data []byte) *failure {
	var said struct {
		Errors []graphRefusal `json:"errors"`
	}
	e := &Error{Request: t.name(request), Cause: Unreadable, Detail: "the response has an unexpected form"}
	if err := json.Unmarshal(data, &said); err != nil {
		return &failure{err: e}
	}
	for _, one := range said.Errors {
		if one.Type == "RATE_LIMITED" || abusive(one.Message) {
			wait := t.patience(answer)
			return &failure{err: &LimitError{Request: e.Request, Secondary: abusive(one.Message), Wait: wait, Left: t.run.rest()}, again: true, wait: wait}
		}
	}
	if len(said.Errors) == 0 {
		return nil
	}
	first := said.Errors[0]
	message := t.quoted(first.Message)
	switch first.Type {
	case "FORBIDDEN", "INSUFFICIENT_SCOPES":
		e.Cause, e.Detail = Permission, "the token does not permit this"+message
		if first.Extensions.SSO {
			e.Cause, e.Detail = SSO, "the organisation requires single sign-on; authorise the token for it"
			break
		}
		e.Missing = permissionLines(answer.Header.Get("X-Accepted-Github-Permissions"))
	case "NOT_FOUND":
		e.Cause, e.Detail = NotFound, "not found, or the token has no access"+message
	case "INTERNAL", "SERVICE_UNAVAILABLE":
		e.Cause, e.Detail = Server, "the server failed"+message
	default:
		e.Cause, e.Detail = Rejected, fmt.Sprintf("the server refused the request%s", message)
	}
	return &failure{err: e, again: e.Cause == Server}
}
