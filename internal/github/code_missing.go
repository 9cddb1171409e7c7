package github

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/vendorgate/vendorgate/internal/source"
)

// Limits on the texts that one GraphQL query asks for, and on the number of queries.
const (
	groupFiles  = 50
	groupBytes  = 1 << 20   // roughly
	longestText = 256 << 10 // bytes; the server cuts long texts
	maxGroups   = 20
)

// fetcher reads contents by git's names of them.
type fetcher struct {
	one  func(blob string) ([]byte, error)
	many func(blobs []string) (map[string]string, error) // lacks what is not text; nil if there is no way
}

// complete fetches what the archive lacks or changes, and says what is not fetched.
func (a *codeArchive) complete(ctx context.Context, from fetcher) error {
	missing := a.missing()
	if a.short.Limit != "" {
		return nil // they may come later in the archive
	}
	if len(missing) > maxFetched && from.many != nil {
		missing = a.inGroups(missing, from.many)
	}
	for _, name := range missing {
		if len(missing) > maxFetched {
			a.short.LeftOut[name] = "a Git attribute (export-ignore, export-subst) leaves it out of the archive of the commit, and there are too many such files to fetch"
			continue
		}
		if reason := a.alone(name, from.one); reason != "" {
			a.short.LeftOut[name] = reason
		}
	}
	return ctx.Err()
}

// missing returns the files of the commit that did not come. It lists the large ones, and hands on the empty ones.
func (a *codeArchive) missing() []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(a.tree.files)) {
		switch want := a.tree.files[name]; {
		case want.kind != 0 || a.known[name]:
		case want.size > a.most.File:
			a.short.Large = append(a.short.Large, name)
		case want.size == 0:
			a.hand(name, nil)
		default:
			out = append(out, name)
		}
	}
	return out
}

// alone fetches a file with one request. It returns the reason if it does not get it.
func (a *codeArchive) alone(name string, fetch func(blob string) ([]byte, error)) (reason string) {
	blob := a.tree.files[name].blob
	data, err := fetch(blob)
	switch {
	case err != nil:
		return "the archive of the commit leaves it out, and it cannot be fetched: " + err.Error()
	case string(source.BlobOf(data)) != blob:
		return "it was fetched, but differs from the version in the commit"
	}
	a.hand(name, data)
	return ""
}

// inGroups fetches texts with few requests, as far as it can. It returns the other files.
func (a *codeArchive) inGroups(missing []string, fetch func(blobs []string) (map[string]string, error)) []string {
	names := map[string][]string{} // by blob
	var blobs []string
	for _, name := range missing {
		want := a.tree.files[name]
		if want.size > longestText || !commitPattern.MatchString(want.blob) {
			continue
		}
		if names[want.blob] == nil {
			blobs = append(blobs, want.blob)
		}
		names[want.blob] = append(names[want.blob], name)
	}
	for range maxGroups {
		n := 0
		for size := int64(0); n < min(len(blobs), groupFiles) && size < groupBytes; n++ {
			size += a.tree.files[names[blobs[n]][0]].size
		}
		if n == 0 {
			break
		}
		texts, err := fetch(blobs[:n])
		if err != nil {
			break
		}
		for blob, text := range texts {
			if string(source.BlobOf([]byte(text))) != blob {
				continue
			}
			for _, name := range names[blob] {
				a.hand(name, []byte(text))
			}
		}
		blobs = blobs[n:]
	}
	return slices.DeleteFunc(missing, func(name string) bool { return a.known[name] })
}

// texts reads contents that are text with one query.
func (c *Client) texts(ctx context.Context, owner, repo string, blobs []string) (map[string]string, error) {
	query := []byte("query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {\n")
	for i, blob := range blobs {
		query = fmt.Appendf(query, "b%d: object(oid: %q) { ... on Blob { oid text } }\n", i, blob)
	}
	query = append(query, "} }"...)
	var answer struct {
		Repository map[string]*struct {
			OID  string
			Text *string
		}
	}
	if err := c.query(ctx, string(query), map[string]any{"owner": owner, "name": repo}, &answer); err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, found := range answer.Repository {
		if found != nil && found.Text != nil {
			out[found.OID] = *found.Text
		}
	}
	return out, nil
}
