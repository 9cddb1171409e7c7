package github_test

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/effort"
	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/source"
)

// roomy are limits that no archive of these tests exceeds, but for the size of a file.
func roomy() source.ArchiveLimits {
	return source.ArchiveLimits{Entries: 1000, Packed: 1 << 20, Unpacked: 8 << 20, File: 100_000}
}

// received collects what an archive hands over.
type received struct {
	mu    sync.Mutex
	files map[string]string
	twice []string
}

func (r *received) visit(file string, data []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.files[file]; known {
		r.twice = append(r.twice, file)
	}
	r.files[file] = string(data)
}

// readCode reads the archive of a commit, and fails if a file comes twice.
func readCode(ctx context.Context, t *testing.T, client *github.Client, most source.ArchiveLimits) (map[string]string, source.Shortfall, error) {
	t.Helper()
	got := &received{files: map[string]string{}}
	short, err := client.Repository("acme/registry").Archive(ctx, newCommit, most, got.visit)
	if len(got.twice) > 0 {
		t.Errorf("handed over twice: %v", got.twice)
	}
	return got.files, short, err
}

func lfsPointer(content string) string {
	return fmt.Sprintf("version https://git-lfs.github.com/spec/v1\noid sha256:%x\nsize %d\n", sha256.Sum256([]byte(content)), len(content))
}

// All files come as the commit or a checkout of it has them, whatever attributes do to the archive. What does not come is listed.
func TestCodeArchive(t *testing.T) {
	t.Parallel()
	attributes := func(c *githubtest.Commit, text string) { c.Files[".gitattributes"] = text }
	large := strings.Repeat("x", 100_001)
	for _, c := range []struct {
		name    string
		change  func(*githubtest.Commit)
		fetched int                                                // files that are asked for one by one
		want    func(files map[string]string, s *source.Shortfall) // changes what is wanted; nil for all files as the commit has them
		err     string
	}{
		{"everything", func(*githubtest.Commit) {}, 0, nil, ""},
		{"a file left out", func(c *githubtest.Commit) { attributes(c, "/policy.yaml export-ignore\n") }, 1, nil, ""},
		{"a folder left out", func(c *githubtest.Commit) { attributes(c, "/vendors/ export-ignore\n") }, 2, nil, ""},
		{"an empty file left out", func(c *githubtest.Commit) {
			attributes(c, "empty export-ignore\n")
			c.Files["empty"] = ""
		}, 0, nil, ""},
		{"a file changed", func(c *githubtest.Commit) {
			attributes(c, "version.txt export-subst\n")
			c.Files["version.txt"] = "$Format:%H$ https://api.stripe.com\n"
		}, 1, nil, ""},
		{"a small file made large", func(c *githubtest.Commit) { c.Exported = map[string]string{"README.md": large} }, 1, nil, ""},
		{"line ends of a checkout", func(c *githubtest.Commit) { attributes(c, "*.yaml eol=crlf\n") }, 0, func(files map[string]string, _ *source.Shortfall) {
			for name, data := range files {
				if strings.HasSuffix(name, ".yaml") {
					files[name] = strings.ReplaceAll(data, "\n", "\r\n")
				}
			}
		}, ""},
		{"mixed line ends", func(c *githubtest.Commit) {
			attributes(c, "*.txt eol=crlf\n")
			c.Files["mixed.txt"] = "a\r\nb\n"
			c.Files["deep/other.txt"] = "x"
		}, 1, nil, ""},
		{"as many as are fetched", func(c *githubtest.Commit) {
			attributes(c, "many export-ignore\n")
			for i := range 20 {
				c.Files[fmt.Sprintf("many/%02d", i)] = fmt.Sprint("x", i)
			}
		}, 20, nil, ""},
		{"more than are fetched", func(c *githubtest.Commit) {
			attributes(c, "many export-ignore\n")
			for i := range 21 {
				c.Files[fmt.Sprintf("many/%02d", i)] = fmt.Sprint("x", i)
			}
		}, 0, func(files map[string]string, s *source.Shortfall) {
			for name := range files {
				if strings.HasPrefix(name, "many/") {
					delete(files, name)
					s.LeftOut[name] = "a Git attribute (export-ignore, export-subst) leaves it out of the archive of the commit, and there are too many such files to fetch"
				}
			}
		}, ""},
		{"large files", func(c *githubtest.Commit) {
			attributes(c, "left export-ignore\n")
			c.Files["large"], c.Files["left"], c.Files["picture"] = large, large+"y", "\x00"+large
		}, 0, func(files map[string]string, s *source.Shortfall) {
			delete(files, "large")
			delete(files, "left")
			delete(files, "picture")
			s.Large, s.Binary = []string{"large", "left"}, []string{"picture"}
		}, ""},
		{"contents in Git LFS", func(c *githubtest.Commit) {
			for name, content := range map[string]string{"small.bin": "content", "large.bin": large} {
				c.Files[name] = lfsPointer(content)
				c.Exported[name] = content
			}
		}, 0, nil, ""},
		{"links and submodules", func(c *githubtest.Commit) { c.Links["loop"] = "loop" }, 0, nil, ""},
		{"a name that is not UTF-8", func(c *githubtest.Commit) { c.Files["caf\xe9.js"] = "y" }, 0, func(files map[string]string, _ *source.Shortfall) {
			delete(files, "caf\xe9.js")
			files["caf\uFFFD.js"] = "y" // as the list of the commit's files has it
		}, ""},
		{"names that are not UTF-8 and left out", func(c *githubtest.Commit) {
			c.Files["left/caf\xe9.js"] = "y"
			c.ExportIgnore = []string{"left"}
		}, 1, func(files map[string]string, _ *source.Shortfall) {
			delete(files, "left/caf\xe9.js")
			files["left/caf\uFFFD.js"] = "y"
		}, ""},
		{"names that the list does not tell apart", func(c *githubtest.Commit) {
			for name, data := range map[string]string{"caf\xe8.js": "1", "caf\xe9.js": "2", "caf\xe8\xe9.js": "2", "d\xe8/a": "3", "d\xe9/a": "3", "d\xea/b": "4", "both\xe8": "5", "both\xe9/x": "6", "caf\uFFFD.js": "7", "large\xe9": large} {
				c.Files[name] = data
			}
		}, 0, func(files map[string]string, s *source.Shortfall) {
			maps.DeleteFunc(files, func(name, _ string) bool { return !utf8.ValidString(name) })
			for name, data := range map[string]string{"caf\uFFFD.js": "1", "caf\uFFFD\uFFFD.js": "2", "caf\uFFFD\uFFFD\uFFFD.js": "2", "caf\uFFFD\uFFFD\uFFFD\uFFFD.js": "7", "d\uFFFD/a": "3", "d\uFFFD\uFFFD/a": "3", "d\uFFFD/b": "4", "both\uFFFD\uFFFD": "5", "both\uFFFD/x": "6"} {
				files[name] = data
			}
			s.Large = []string{"large\uFFFD"}
		}, ""},
		{"a file that is not in the commit", func(c *githubtest.Commit) { c.Exported["extra.js"] = "x" }, 0, nil, `"acme-registry-2222222/extra.js" is not in the commit`},
		{"a link in the place of a file", func(c *githubtest.Commit) {
			c.Archive = packed(t, link(tar.TypeSymlink, "t/README.md", "x"))
		}, 0, nil, `"t/README.md" is of another kind in the commit`},
		{"a file in the place of a link", func(c *githubtest.Commit) { c.Archive = packed(t, file("t/CLAUDE.md", 1)) }, 0, nil, "is of another kind"},
		{"a file twice", func(c *githubtest.Commit) { c.Archive = packed(t, file("t/README.md", 1), file("t/README.md", 1)) }, 0, nil, "occurs twice"},
		{"up", func(c *githubtest.Commit) { c.Archive = packed(t, file("t/../README.md", 1)) }, 0, nil, "is not a valid file name"},
		{"another commit", func(c *githubtest.Commit) {
			c.Archive = packed(t, tar.Header{Typeflag: tar.TypeXGlobalHeader, Name: "pax_global_header", PAXRecords: map[string]string{"comment": oldCommit}})
		}, 0, nil, "it is for the commit"},
		{"no archive", func(c *githubtest.Commit) { c.Archive = []byte("<html>") }, 0, nil, "it is not gzip"},
		{"a commit that is too big to list", func(c *githubtest.Commit) { c.Truncated = true }, 0, nil, "more files than the server lists"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			want, short := map[string]string{}, source.Shortfall{LeftOut: map[string]string{}}
			server := serve(t, func(o *githubtest.Options) {
				commit := o.Repos[0].Commits[newCommit]
				commit.Exported = map[string]string{}
				c.change(&commit)
				o.Repos[0].Commits[newCommit] = commit
				maps.Copy(want, commit.Files)
				if c.want != nil {
					c.want(want, &short)
				}
			})
			client, _ := connect(t, server.API, nil)
			got, left, err := readCode(t.Context(), t, client, roomy())
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("got %v, want %q", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(short, left); diff != "" {
				t.Errorf("shortfall (-want +got):\n%s", diff)
			}
			if client.Calls() != 2+c.fetched || client.Downloads() != 1 { // the list of files, and where the archive is
				t.Errorf("%d calls of the API and %d downloads, want %d and 1", client.Calls(), client.Downloads(), 2+c.fetched)
			}
		})
	}
}

// packed is pack for a part of a table.
func packed(t *testing.T, headers ...tar.Header) []byte {
	t.Helper()
	return pack(t, headers...)
}

// A limit ends the reading. What came before it came whole, and which limit it was is known.
func TestCodeArchiveLimits(t *testing.T) {
	t.Parallel()
	all := fixture().Commits[newCommit].Files
	for _, c := range []struct {
		name string
		most source.ArchiveLimits
		want string
	}{
		{"entries", source.ArchiveLimits{Entries: 8, Packed: 1 << 20, Unpacked: 1 << 20, File: 1000}, "has more than 8 files and folders"},
		{"folders", source.ArchiveLimits{Entries: 12, Packed: 1 << 20, Unpacked: 1 << 20, File: 1000}, "has more than 12 files and folders"},
		{"unpacked", source.ArchiveLimits{Entries: 1000, Packed: 1 << 20, Unpacked: 5000, File: 1000}, "unpacks to more than 5000 bytes"},
		{"packed", source.ArchiveLimits{Entries: 1000, Packed: 100, Unpacked: 1 << 20, File: 1000}, "is larger than 100 bytes"},
		{"none", roomy(), ""},
	} {
		client, _ := connect(t, serve(t, nil).API, nil)
		got, short, err := readCode(t.Context(), t, client, c.most)
		if err != nil || short.Limit != c.want || len(short.LeftOut)+len(short.Large) > 0 || (len(got) == len(all)) != (c.want == "") {
			t.Errorf("%s: %d of %d files, %+v, %v", c.name, len(got), len(all), short, err)
		}
		for name, data := range got {
			if all[name] != data {
				t.Errorf("%s: %s is %q", c.name, name, data)
			}
		}
		if client.Calls() != 2 {
			t.Errorf("%s: %d calls: files that may still come are fetched", c.name, client.Calls())
		}
	}
	most := roomy() // by its header alone
	client, _ := connect(t, serve(t, func(o *githubtest.Options) {
		commit := o.Repos[0].Commits[newCommit]
		huge := raw(t, file("t/README.md", 0))
		copy(huge[124:], "00777777777\x00")
		reseal(huge)
		commit.Archive = zipped(t, huge)
		o.Repos[0].Commits[newCommit] = commit
	}).API, nil)
	if _, short, err := readCode(t.Context(), t, client, most); err != nil || short.Limit != "unpacks to more than 8 MiB" {
		t.Errorf("got %+v, %v", short, err)
	}
}

// cuts are ways in which a download can end too early, after n bytes.
func cuts(data []byte, n int) map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(data)))
			_, _ = w.Write(data[:n])
		},
		"reset": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(data[:n])
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		},
		"silent": githubtest.Says(200, string(data[:n])),
	}
}

// A download that breaks off at any place starts again, and all files come once. If it breaks off every time, there is an error.
func TestCodeArchiveCut(t *testing.T) {
	t.Parallel()
	repo := fixture()
	all := repo.Commits[newCommit].Files
	data, err := repo.Tarball(newCommit)
	if err != nil {
		t.Fatal(err)
	}
	shared := &http.Transport{}
	for n := 0; n < len(data); n += 7 {
		if !effort.Takes(n, 2) {
			continue
		}
		for how, fault := range cuts(data, n) {
			for _, forever := range []bool{false, true} {
				tries := 0
				var lock sync.Mutex
				server := serve(t, func(o *githubtest.Options) {
					o.Fault = func(_ int, r *http.Request) http.HandlerFunc {
						lock.Lock()
						defer lock.Unlock()
						if !strings.Contains(r.URL.Path, "/archive/") {
							return nil
						}
						if tries++; tries > 1 && !forever {
							return nil
						}
						return fault
					}
				})
				client, _ := connect(t, server.API, func(o *github.Options) { o.Transport = shared })
				got, short, err := readCode(t.Context(), t, client, roomy())
				switch {
				case forever && (err == nil || client.Downloads() != 4):
					t.Errorf("%s at %d of %d, forever: %d files after %d downloads, %+v", how, n, len(data), len(got), client.Downloads(), short)
				case !forever && (err != nil || !maps.Equal(got, all) || len(short.LeftOut) > 0 || short.Limit != ""):
					t.Errorf("%s at %d of %d: %d of %d files, %+v, %v", how, n, len(data), len(got), len(all), short, err)
				}
			}
		}
	}
}

// Whatever the bytes of an archive are, only files of the commit come, as the commit has them, or with the line ends of a checkout.
func FuzzCodeArchive(f *testing.F) {
	commit := map[string][]byte{"a": []byte("xxx"), "b/c": []byte("x\ny\n"), "e": nil}
	f.Add(append(raw(f, file("t/a", 3), dir("t/b/"), file("t/b/c", 0)), make([]byte, 1024)...))
	f.Add(append(raw(f, file("t/a", 3), link(tar.TypeSymlink, "t/x", "y")), make([]byte, 1024)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		got := &received{files: map[string]string{}}
		short, err := github.ReadCode(zipped(t, data), commit, newCommit, source.ArchiveLimits{Entries: 100, Packed: 1 << 20, Unpacked: 1 << 20, File: 1000}, got.visit)
		for name, data := range got.files {
			if want, ok := commit[name]; !ok || !bytes.Equal(bytes.ReplaceAll([]byte(data), []byte("\r\n"), []byte("\n")), want) {
				t.Errorf("%s is %q", name, data)
			}
		}
		var refused *snapshot.ArchiveError
		switch {
		case err != nil && !errors.As(err, &refused):
			t.Errorf("got %v", err)
		case err == nil && short.Limit == "":
			for _, name := range slices.Sorted(maps.Keys(commit)) {
				if _, came := got.files[name]; !came && short.LeftOut[name] == "" {
					t.Errorf("%s is neither there nor left out", name)
				}
			}
		}
		if len(got.twice) > 0 {
			t.Errorf("handed over twice: %v", got.twice)
		}
	})
}
