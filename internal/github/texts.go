package github

import (
	"context"
	"fmt"

	"github.com/vendorgate/vendorgate/internal/snapshot"
)

// texts asks for contents with one query.
func (c *Client) texts(ctx context.Context, owner, repo string, blobs []snapshot.Wanted) (map[string]snapshot.Fetched, error) {
	query := []byte("query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {\n")
	for i, want := range blobs {
		text := ""
		if want.Text {
			text = " text"
		}
		query = fmt.Appendf(query, "b%d: object(oid: %q) { ... on Blob { oid isBinary%s } }\n", i, want.Blob, text)
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
	out := map[string]snapshot.Fetched{}
	for _, found := range answer.Repository {
		if found != nil {
			out[found.OID] = snapshot.Fetched{Text: found.Text, Binary: found.IsBinary}
		}
	}
	return out, nil
}
