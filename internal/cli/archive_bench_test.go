package cli_test

import (
	"context"
	"go/build"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate"
	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/worktree"
)

// BenchmarkSearch searches Go's own sources in a checkout, and in the archive of a commit with the same files. The archive is also
// downloaded, unpacked and compared with the commit.
func BenchmarkSearch(b *testing.B) {
	root, err := os.OpenRoot(filepath.Join(build.Default.GOROOT, "src"))
	if err != nil {
		b.Fatal(err)
	}
	defer root.Close() //nolint:errcheck // nothing was written
	listing, err := worktree.ListCommit(root.FS())
	if err != nil {
		b.Fatal(err)
	}
	files := map[string]string{}
	for _, name := range listing.Files {
		data, err := root.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		files[name] = string(data)
	}
	repo := githubtest.Repo{Owner: "acme", Name: "shop", Default: "main", Branches: map[string]string{"main": shopHead}, Commits: map[string]githubtest.Commit{shopHead: {Files: files}}}
	packed, err := repo.Tarball(shopHead)
	if err != nil {
		b.Fatal(err)
	}
	repo.Commits[shopHead] = githubtest.Commit{Files: files, Archive: packed}
	server, err := githubtest.New(githubtest.Options{Repos: []githubtest.Repo{repo}, Unchecked: true})
	if err != nil {
		b.Fatal(err)
	}
	defer server.Close()
	client, err := github.New(github.Options{APIURL: server.API, Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	search := check.Search{Files: root.FS(), Listed: func() (worktree.Listing, error) { return listing, nil }, Embedded: vendorgate.Registry}
	away := search
	repository := client.Repository("acme/shop")
	if _, err := repository.Tree(b.Context(), shopHead); err != nil { // a check has it before it searches
		b.Fatal(err)
	}
	away.Archive = func(ctx context.Context, most source.ArchiveLimits, visit func(string, []byte)) (source.Shortfall, error) {
		return repository.Archive(ctx, shopHead, most, visit)
	}
	for name, s := range map[string]check.Search{"checkout": search, "archive": away} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				result, _, err := s.Run(b.Context())
				if err != nil || result.Files < 1000 {
					b.Fatal(err)
				}
				b.SetBytes(result.Bytes)
			}
		})
	}
}
