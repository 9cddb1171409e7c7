// Package construct finds the clients that a file creates with an SDK, and those that get the URL of another service. It does not know
// whose the SDK or the URL is.
//
// # Why
//
// An SDK that can call other services says nothing about its own vendor if all of its clients get another URL. detect asks about that
// in one place, and the answer needs only the text of the file.
package construct

import (
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/search"
)

// Clients are the clients that a file creates with an SDK.
type Clients struct {
	data   []byte
	golang bool
	names  Names
	ids    []around.Name // identifiers of the file in code, not in comments or strings

	redirected []span   // calls with another vendor's URL
	variables  []string // configurations and clients with such a URL
	everything bool     // a setting of the whole SDK has such a URL
}

type span struct{ from, end int }

// Of returns the clients in a file that refers to an SDK by some names.
func Of(name string, data []byte, names Names) *Clients {
	c := &Clients{data: data, golang: path.Ext(name) == ".go", names: names}
	ids := around.Identifiers(data)
	places := make([]int, len(ids))
	for i, id := range ids {
		places[i] = id.At
	}
	for i, span := range lexer.At(lexer.Of(name), data, places) {
		if span.State == lexer.Code {
			c.ids = append(c.ids, ids[i])
		}
	}
	return c
}

// inCode reports whether an identifier in code starts at an offset.
func (c *Clients) inCode(at int) bool {
	_, found := slices.BinarySearchFunc(c.ids, at, func(n around.Name, at int) int { return n.At - at })
	return found
}

// Any reports whether a client gets the URL of another service.
func (c *Clients) Any() bool { return c.everything || len(c.redirected)+len(c.variables) > 0 }

// RedirectedBy reports whether a URL is the base URL of a client, and records the client.
func (c *Clients) RedirectedBy(url int) bool {
	isBase, found := false, false
	for _, e := range around.Enclosing(c.data, url) {
		if e.Assigned {
			isBase = isBase || c.names.baseURL(e.Chain[len(e.Chain)-1])
			if isBase && len(e.Chain) > 1 && !found && c.inCode(e.At) {
				found = c.assign(e.Chain[0])
			}
			continue
		}
		isBase = isBase || c.names.baseURL(e.Key)
		if len(e.Chain) == 0 {
			continue
		}
		last := e.Chain[len(e.Chain)-1]
		isBase = isBase || c.names.baseURL(last)
		switch {
		case isBase && c.inCode(e.At) && slices.ContainsFunc(e.Chain, c.names.match):
			c.redirected = append(c.redirected, span{e.At, e.End(c.data)})
			c.everything = c.everything || len(e.Chain) > 1 && (last == "init" || last == "configure" || last == "setup")
			found = true
		case !found && !c.names.baseURL(last) && !wrapper(last):
			return false // the URL goes to something else
		}
	}
	return found
}

// assign records that a base URL is assigned to a field of the SDK itself, or of a configuration that the SDK created. It returns
// false for any other target.
func (c *Clients) assign(target string) bool {
	switch {
	case slices.Contains(c.names.exact, target):
		c.everything = true
	case c.made(target), c.names.match(target):
		c.variables = append(c.variables, target)
	default:
		return false
	}
	return true
}

// made reports whether the SDK created the value of a variable: config := openai.DefaultConfig(key), or |config| of a block.
func (c *Clients) made(variable string) bool {
	const near = 6 // words
	ids := c.ids
	matches := func(n around.Name) bool { return c.names.match(n.Text) }
	for i, id := range ids {
		if id.Text != variable {
			continue
		}
		_, line := search.Line(c.data, id.End)
		rest := strings.TrimLeft(string(c.data[id.End:line]), " \t")
		switch {
		case strings.HasPrefix(rest, "=") && !strings.HasPrefix(rest, "=="), strings.HasPrefix(rest, ":="):
			if slices.ContainsFunc(ids[i+1:min(len(ids), i+near)], func(n around.Name) bool { return n.At < line && matches(n) }) {
				return true
			}
		case strings.HasPrefix(rest, "|") && id.At > 0 && c.data[id.At-1] == '|':
			if slices.ContainsFunc(ids[max(0, i-near):i], matches) {
				c.everything = true
				return true
			}
		}
	}
	return false
}

// Others reports whether the file creates a client that is not redirected.
func (c *Clients) Others() bool {
	if c.everything {
		return false
	}
	for _, r := range c.redirected {
		for _, v := range around.AssignedTo(c.data, r.from) {
			if !slices.Contains(c.names.exact, v) {
				c.variables = append(c.variables, v)
			}
		}
	}
	const most = 500 // names to look at; in a file with more, the SDK's own vendor counts
	looked := 0
	for _, id := range c.ids {
		if !c.names.match(id.Text) || slices.Contains(c.variables, id.Text) || id.At > 0 && c.data[id.At-1] == '.' || c.imported(id.At) {
			continue
		}
		chain, open, called := around.Forward(c.data, id)
		if !called || !c.makesClient(chain) {
			continue
		}
		if looked++; looked > most || !c.isRedirected(id.At, open) {
			return true
		}
	}
	return false
}

func (c *Clients) imported(at int) bool {
	for i := range c.names.from {
		if c.names.from[i] <= at && at < c.names.end[i] {
			return true
		}
	}
	return false
}

// isRedirected reports whether a call contains another vendor's URL, is part of such a call, or shares a variable with one.
func (c *Clients) isRedirected(at, open int) bool {
	shut, targets := around.Matching(c.data, open), around.AssignedTo(c.data, at)
	for _, r := range c.redirected {
		if r.from <= at && at < r.end || at <= r.from && r.from < shut {
			return true
		}
		if slices.ContainsFunc(around.Identifiers(c.data[r.from:r.end]), func(n around.Name) bool { return slices.Contains(targets, n.Text) }) {
			return true
		}
	}
	arguments := around.Identifiers(c.data[open:shut])
	return slices.ContainsFunc(c.variables, func(v string) bool {
		return slices.Contains(targets, v) || slices.ContainsFunc(arguments, func(n around.Name) bool { return n.Text == v })
	})
}

// makesClient reports whether a call creates a client, or uses the SDK as a client. If in doubt it returns true, so that the SDK's
// own vendor counts.
func (c *Clients) makesClient(chain []string) bool {
	last := chain[len(chain)-1]
	if c.golang {
		return strings.HasPrefix(last, "New") || strings.HasPrefix(last, "Default") || strings.HasSuffix(last, "Client") || strings.HasSuffix(last, "Config")
	}
	for _, ending := range []string{"Command", "Error", "Exception", "Credential", "Credentials"} {
		if strings.HasSuffix(last, ending) {
			return false
		}
	}
	return true
}

// wrapper reports whether a function only converts a URL or returns it as a default.
func wrapper(name string) bool {
	switch strings.ToLower(name) {
	case "url", "uri", "string", "parse", "create", "getenv", "get", "env", "fetch", "option", "some", "pointer", "ptr", "of":
		return true
	}
	return false
}
