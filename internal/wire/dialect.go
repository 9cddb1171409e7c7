package wire

import "net/http"

// Dialect is what servers do differently.
type Dialect struct {
	Header, Prefix   string                                                                                     // of a token: the header, and what comes before it there
	Remaining, Reset string                                                                                     // headers about a limit on requests: how many are left, and the Unix time when it starts afresh
	Limit, Resource  string                                                                                     // further headers about it: how many there are in all, and what it is about; may be empty
	Period           string                                                                                     // what time that is for, such as "an hour"
	Page             string                                                                                     // URL of the page about limits
	Burst            string                                                                                     // what the server calls a limit on requests in a short time
	Hidden           []string                                                                                   // headers that the caller must not see
	TooFast          func(text string) bool                                                                     // whether a refusal is about too many requests in a short time; may be nil
	Forbidden        func(t *Transport, e *Error, answer *http.Response)                                        // explains a 403; may be nil
	Odd              func(t *Transport, r *http.Request, answer *http.Response, data []byte, d Demand) *Failure // what is wrong with a good response; may be nil
}
