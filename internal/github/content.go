package github

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// rawFile is the media type for raw files of up to 100 MB. As JSON, a file above 1 MB would be empty.
const rawFile = "application/vnd.github.raw+json"

// File reads a file of a repository at a commit of 40 digits, at most source.MaxFile+1 bytes, so that the caller can
// tell that it is too big. The error is an *wire.Error with Cause NotFound if there is no such file, NotFile for a folder, a
// submodule or a link that does not lead to a file, and Empty for an empty file, which looks like a lost response. The
// server follows links to files of the same commit without saying so.
func (c *Client) File(ctx context.Context, owner, repo, path, commit string) ([]byte, error) {
	if err := wrongPlace(owner, repo, commit); err != nil {
		return nil, err
	}
	if !fs.ValidPath(path) || path == "." || len(path) > snapshot.MaxPath {
		return nil, &snapshot.ReferenceError{Text: path, Reason: "it is not a file path"}
	}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	below := "repos/" + owner + "/" + repo + "/contents/" + strings.Join(parts, "/")
	request, err := c.api.NewRequest(http.MethodGet, below+"?ref="+commit, nil)
	if err != nil {
		return nil, c.plain(c.at(below), err)
	}
	request.Header.Set("Accept", rawFile)
	var data bytes.Buffer
	answer, err := c.api.Do(wire.Demanding(ctx, wire.Demand{Limit: source.MaxFile + 1, Cut: true, Raw: true}), request, &data)
	if err != nil {
		return nil, c.plain(c.at(below), err)
	}
	kind := strings.ToLower(answer.Header.Get("Content-Type"))
	if !strings.HasPrefix(kind, "application/vnd.github.") || !strings.Contains(kind, "raw") {
		return nil, &wire.Error{Request: c.at(below), Cause: wire.NotFile, Detail: "it is " + kindOf(data.Bytes()) + ", not a file"}
	}
	return data.Bytes(), nil
}

// kindOf returns the kind of object that a JSON response describes.
func kindOf(data []byte) string {
	if strings.HasPrefix(strings.TrimSpace(string(data)), "[") {
		return "a folder"
	}
	var described struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(data, &described) != nil {
		return "something unreadable"
	}
	switch described.Type {
	case "symlink":
		return "a symbolic link that does not lead to a file"
	case "submodule":
		return "a submodule"
	}
	return fmt.Sprintf("described as %q", diag.OneLine(described.Type))
}
