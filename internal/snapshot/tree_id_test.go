package snapshot_test

import (
	"archive/tar"
	"bytes"
	"maps"
	"os"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/snapshot"
)

// What git itself says of the commit whose archive is testdata/git-archive.tar.gz: executable and empty files, links, long names and names
// that git sorts in its own way.
const (
	archivedCommit = "f41bd269e92f132711e8874f51957e04c6fbde5a"
	archivedTree   = "fbb1d44274c8aa13c87fe15e55759479a62278d3"
)

func read(t *testing.T, data []byte, root, sha string) *snapshot.Registry {
	t.Helper()
	out, err := snapshot.ReadRegistry(bytes.NewReader(data), root, sha, snapshot.RegistryLimits())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestArchiveOfGitIsItsTree(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/git-archive.tar.gz")
	if err != nil {
		t.Fatal(err)
	}
	archive := read(t, data, "", archivedCommit)
	if !archive.Is(archivedTree) {
		t.Error("it is not the tree of the commit")
	}
	for _, tree := range []string{"", archivedCommit, strings.Repeat("0", 40)} {
		if archive.Is(tree) {
			t.Errorf("it is the tree %q", tree)
		}
	}
}

// An archive that lacks a file, or has another content, mode or name, is not the tree, wherever the file is. One that is the tree has
// the registry, and one that has not is neither.
func TestArchiveIsNotTheTree(t *testing.T) {
	t.Parallel()
	const sha = "1111111111111111111111111111111111111111"
	files := map[string]string{
		"policy.yaml": "version: 1\n", "vendors/a.yaml": "id: a\n", "vendors/sub/b.yaml": "id: b\n", "probes/a.json": "{}", "README": "x",
		"in/vendors/c.yaml": "id: c\n", "in.txt": "1", "in-a/x": "2",
	}
	commit := githubtest.Commit{Files: files, Links: map[string]string{"docs/link": "../README"}}
	pack := func(change func(headers []tar.Header, files map[string]string) []tar.Header) []byte {
		files := maps.Clone(files)
		headers := []tar.Header{{Typeflag: tar.TypeDir, Name: "top/", Mode: 0o775}}
		for name := range files {
			headers = append(headers, tar.Header{Typeflag: tar.TypeReg, Name: "top/" + name, Mode: 0o664})
		}
		headers = append(headers, tar.Header{Typeflag: tar.TypeSymlink, Name: "top/docs/link", Linkname: "../README", Mode: 0o777})
		headers = change(headers, files)
		for i, h := range headers {
			if h.Typeflag == tar.TypeReg {
				headers[i].Size = int64(len(files[strings.TrimPrefix(h.Name, "top/")]))
			}
		}
		data, err := githubtest.Pack(headers, func(h tar.Header) []byte { return []byte(files[strings.TrimPrefix(h.Name, "top/")]) })
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	without := func(name string) func([]tar.Header, map[string]string) []tar.Header {
		return func(headers []tar.Header, _ map[string]string) []tar.Header {
			var out []tar.Header
			for _, h := range headers {
				if h.Name != "top/"+name {
					out = append(out, h)
				}
			}
			return out
		}
	}
	more := func(more tar.Header, content string) func([]tar.Header, map[string]string) []tar.Header {
		return func(headers []tar.Header, files map[string]string) []tar.Header {
			files[strings.TrimPrefix(more.Name, "top/")] = content
			return append(headers, more)
		}
	}
	content := func(name, text string) func([]tar.Header, map[string]string) []tar.Header {
		return func(headers []tar.Header, files map[string]string) []tar.Header {
			files[name] = text
			return headers
		}
	}
	for _, c := range []struct {
		name    string
		change  func([]tar.Header, map[string]string) []tar.Header
		is, has bool
	}{
		{"the same", func(headers []tar.Header, _ map[string]string) []tar.Header { return headers }, true, true},
		{"no record", without("vendors/a.yaml"), false, false},
		{"no nested record", without("vendors/sub/b.yaml"), false, false},
		{"no policy", without("policy.yaml"), false, false},
		{"no probes", without("probes/a.json"), false, false},
		{"no README", without("README"), false, true},
		{"no link", without("docs/link"), false, true},
		{"another record", content("vendors/a.yaml", "id: b\n"), false, false},
		{"another README", content("README", "y"), false, true},
		{"one record more", more(tar.Header{Typeflag: tar.TypeReg, Name: "top/vendors/z.yaml", Mode: 0o664}, "id: z\n"), false, false},
		{"waivers", more(tar.Header{Typeflag: tar.TypeReg, Name: "top/waivers/w.yaml", Mode: 0o664}, "id: w\n"), false, false},
		{"a submodule in place of nothing", more(tar.Header{Typeflag: tar.TypeDir, Name: "top/vendors/module/"}, ""), false, false},
		{"an executable README", func(headers []tar.Header, files map[string]string) []tar.Header {
			return more(tar.Header{Typeflag: tar.TypeReg, Name: "top/README", Mode: 0o775}, files["README"])(without("README")(headers, files), files)
		}, false, true},
	} {
		archive := read(t, pack(c.change), "", sha)
		names := map[string]string{}
		for _, e := range commit.Folder("") {
			names[e.Name] = e.SHA
		}
		root := commit.Tree()
		if is, has := archive.Is(root), archive.Has(names); is != c.is || has != c.has {
			t.Errorf("%s: is the tree: %t, has the registry: %t; want %t and %t", c.name, is, has, c.is, c.has)
		}
	}
	names := map[string]string{}
	for _, e := range commit.Folder("in") {
		names[e.Name] = e.SHA
	}
	same := pack(func(headers []tar.Header, _ map[string]string) []tar.Header { return headers })
	if !read(t, same, "in", sha).Has(names) || read(t, same, "", sha).Has(names) || read(t, same, "nowhere", sha).Has(names) {
		t.Error("the registry in a folder is not told from others")
	}
}
