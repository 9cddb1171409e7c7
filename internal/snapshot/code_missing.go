package snapshot

import (
	"context"
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

// Fetcher reads contents by git's names of them.
type Fetcher struct {
	One  func(blob string) ([]byte, error)
	Many func(blobs []Wanted) (map[string]Fetched, error) // nil if there is no way
}

// Wanted is a content to fetch.
type Wanted struct {
	Blob string
	Text bool // not only whether it is binary
}

// Fetched is what the server says of a content.
type Fetched struct {
	Text   *string // nil for a binary
	Binary bool
}

// Complete fetches what the archive lacks or changes, and says what is not fetched.
func (a *Code) Complete(ctx context.Context, from Fetcher) error {
	missing := a.missing()
	if a.Short.Limit != "" {
		return nil // they may come later in the archive
	}
	large := func(name string) bool { return a.tree.Items[name].Size > a.most.File }
	if from.Many != nil && (len(missing) > maxFetched || slices.ContainsFunc(missing, large)) {
		missing = a.inGroups(missing, from.Many)
	}
	missing = slices.DeleteFunc(missing, func(name string) bool {
		if large(name) {
			a.Short.Large = append(a.Short.Large, name)
		}
		return large(name)
	})
	for _, name := range missing {
		if len(missing) > maxFetched {
			a.Short.LeftOut[name] = "a Git attribute (export-ignore, export-subst) leaves it out of the archive of the commit, and there are too many such files to fetch"
			continue
		}
		if reason := a.alone(name, from.One); reason != "" {
			a.Short.LeftOut[name] = reason
		}
	}
	return ctx.Err()
}

// missing returns the files of the commit that did not come. It lists the large ones that came, and hands on the empty ones.
func (a *Code) missing() []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(a.tree.Items)) {
		binary, came := a.oversized[name]
		switch want := a.tree.Items[name]; {
		case want.Kind != 0 || a.known[name]:
		case binary:
			a.Short.Binary = append(a.Short.Binary, name)
		case came, a.Short.Limit != "" && want.Size > a.most.File:
			a.Short.Large = append(a.Short.Large, name)
		case want.Size == 0:
			a.hand(name, nil)
		default:
			out = append(out, name)
		}
	}
	return out
}

// alone fetches a file with one request. It returns the reason if it does not get it.
func (a *Code) alone(name string, fetch func(blob string) ([]byte, error)) (reason string) {
	blob := a.tree.Items[name].Blob
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
func (a *Code) inGroups(missing []string, fetch func(blobs []Wanted) (map[string]Fetched, error)) []string {
	names := map[string][]string{} // by blob
	var blobs []Wanted
	for _, name := range missing {
		want := a.tree.Items[name]
		if !IsHash(want.Blob) {
			continue
		}
		if names[want.Blob] == nil {
			blobs = append(blobs, Wanted{want.Blob, want.Size <= longestText})
		}
		names[want.Blob] = append(names[want.Blob], name)
	}
	binary := map[string]bool{}
	for range maxGroups {
		n := 0
		for size := int64(0); n < min(len(blobs), groupFiles) && size < groupBytes; n++ {
			if blobs[n].Text {
				size += a.tree.Items[names[blobs[n].Blob][0]].Size
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
				case f.Binary:
					binary[name] = true
				case f.Text != nil && string(source.BlobOf([]byte(*f.Text))) == blob:
					a.hand(name, []byte(*f.Text))
				}
			}
		}
		blobs = blobs[n:]
	}
	a.Short.Binary = slices.Sorted(slices.Values(slices.AppendSeq(a.Short.Binary, maps.Keys(binary))))
	return slices.DeleteFunc(missing, func(name string) bool { return a.known[name] || binary[name] })
}
