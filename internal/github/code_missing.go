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
	many func(blobs []wanted) (map[string]fetched, error) // nil if there is no way
}

// wanted is a content to fetch.
type wanted struct {
	blob string
	text bool // not only whether it is binary
}

// fetched is what the server says of a content.
type fetched struct {
	text   *string // nil for a binary
	binary bool
}

// complete fetches what the archive lacks or changes, and says what is not fetched.
func (a *codeArchive) complete(ctx context.Context, from fetcher) error {
	missing := a.missing()
	if a.short.Limit != "" {
		return nil // they may come later in the archive
	}
	large := func(name string) bool { return a.tree.files[name].size > a.most.File }
	if from.many != nil && (len(missing) > maxFetched || slices.ContainsFunc(missing, large)) {
		missing = a.inGroups(missing, from.many)
	}
	missing = slices.DeleteFunc(missing, func(name string) bool {
		if large(name) {
			a.short.Large = append(a.short.Large, name)
		}
		return large(name)
	})
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

// missing returns the files of the commit that did not come. It lists the large ones that came, and hands on the empty ones.
func (a *codeArchive) missing() []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(a.tree.files)) {
		binary, came := a.oversized[name]
		switch want := a.tree.files[name]; {
		case want.kind != 0 || a.known[name]:
		case binary:
			a.short.Binary = append(a.short.Binary, name)
		case came, a.short.Limit != "" && want.size > a.most.File:
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

// inGroups fetches texts with few requests, as far as it can, and lists what is not text. It returns the other files.
func (a *codeArchive) inGroups(missing []string, fetch func(blobs []wanted) (map[string]fetched, error)) []string {
	names := map[string][]string{} // by blob
	var blobs []wanted
	for _, name := range missing {
		want := a.tree.files[name]
		if !commitPattern.MatchString(want.blob) {
			continue
		}
		if names[want.blob] == nil {
			blobs = append(blobs, wanted{want.blob, want.size <= longestText})
		}
		names[want.blob] = append(names[want.blob], name)
	}
	binary := map[string]bool{}
	for range maxGroups {
		n := 0
		for size := int64(0); n < min(len(blobs), groupFiles) && size < groupBytes; n++ {
			if blobs[n].text {
				size += a.tree.files[names[blobs[n].blob][0]].size
			}
		}
		if n == 0 {
			break
		}
		found, err := fetch(blobs[:n])
		if err != nil {
			break
		}
		for blob, f := range found {
			for _, name := range names[blob] {
				switch {
				case f.binary:
					binary[name] = true
				case f.text != nil && string(source.BlobOf([]byte(*f.text))) == blob:
					a.hand(name, []byte(*f.text))
				}
			}
		}
		blobs = blobs[n:]
	}
	a.short.Binary = slices.Sorted(slices.Values(slices.AppendSeq(a.short.Binary, maps.Keys(binary))))
	return slices.DeleteFunc(missing, func(name string) bool { return a.known[name] || binary[name] })
}

// texts asks for contents with one query.
func (c *Client) texts(ctx context.Context, owner, repo string, blobs []wanted) (map[string]fetched, error) {
	query := []byte("query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {\n")
	for i, want := range blobs {
		text := ""
		if want.text {
			text = " text"
		}
		query = fmt.Appendf(query, "b%d: object(oid: %q) { ... on Blob { oid isBinary%s } }\n", i, want.blob, text)
	}
	query = append(query, "} }"...)
	var answer struct {
		Repository map[string]*struct {
			OID      string
			IsBinary bool
			Text     *string
		}
	}
	if err := c.query(ctx, string(query), map[string]any{"owner": owner, "name": repo}, &answer); err != nil {
		return nil, err
	}
	out := map[string]fetched{}
	for _, found := range answer.Repository {
		if found != nil {
			out[found.OID] = fetched{text: found.Text, binary: found.IsBinary}
		}
	}
	return out, nil
}
