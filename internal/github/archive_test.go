package github_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/snapshot"
)

// file, dir and link are entries of an archive, below the top folder "t".
func file(name string, size int64) tar.Header {
	return tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o644}
}

func dir(name string) tar.Header { return tar.Header{Typeflag: tar.TypeDir, Name: name, Mode: 0o755} }

func link(kind byte, name, to string) tar.Header {
	return tar.Header{Typeflag: kind, Name: name, Linkname: to}
}

func pack(tb testing.TB, headers ...tar.Header) []byte {
	tb.Helper()
	data, err := githubtest.Pack(headers, func(h tar.Header) []byte { return bytes.Repeat([]byte("x"), int(h.Size)) })
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// zipped packs the bytes of a tar as they are.
func zipped(tb testing.TB, data []byte) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(data); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// raw is a tar that is not closed.
func raw(tb testing.TB, headers ...tar.Header) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, h := range headers {
		if err := w.WriteHeader(&h); err != nil {
			tb.Fatal(err)
		}
		if h.Size > 0 && h.Typeflag == tar.TypeReg {
			_, _ = w.Write(bytes.Repeat([]byte("x"), int(h.Size)))
		}
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func TestArchiveRefuses(t *testing.T) {
	t.Parallel()
	ok := file("t/vendors/a.yaml", 3)
	whole := append(raw(t, ok), make([]byte, 1024)...)
	huge := raw(t, file("t/big", 0))
	copy(huge[124:], []byte{0x80, 0, 0, 0, 0, 0, 0, 0x02, 0x54, 0x0b, 0xe4, 0x00}) // 10 GB in base 256
	reseal(huge)
	sparse := raw(t, tar.Header{Typeflag: tar.TypeReg, Name: "t/vendors/s.yaml", Size: 0, Format: tar.FormatGNU})
	sparse[156] = tar.TypeGNUSparse
	reseal(sparse)
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"not gzip", []byte("<html>"), "it is not gzip"},
		{"nothing", nil, "it is not gzip"},
		{"not tar", zipped(t, bytes.Repeat([]byte("x"), 2048)), "cut off or damaged"},
		{"empty tar", zipped(t, make([]byte, 1024)), "no vendors folder"},
		{"empty gzip", zipped(t, nil), "it has no end marker"},
		{"no end", zipped(t, raw(t, ok)), "it has no end marker"},
		{"half an end", zipped(t, append(raw(t, ok), make([]byte, 512)...)), "it has no end marker"},
		{"ends in zeros without an end", zipped(t, append(raw(t, file("t/vendors/z.yaml", 0)), make([]byte, 512)...)), "it has no end marker"},
		{"cut in an entry", zipped(t, raw(t, ok)[:514]), "cut off or damaged"},
		{"cut in the padding", zipped(t, raw(t, ok)[:600]), "it has no end marker"},
		{"something after the end", zipped(t, append(bytes.Clone(whole), raw(t, ok)...)), "there is data after its end"},
		{"something after the gzip", append(zipped(t, whole), "junk"...), "cut off or damaged"},
		{"bad checksum", flip(zipped(t, whole), 6), "cut off or damaged"},
		{"up", pack(t, ok, file("t/../x", 1)), `"t/../x" is not a valid file name`},
		{"up at once", pack(t, ok, file("../x", 1)), `"../x" is not a valid file name`},
		{"up in the registry", pack(t, ok, file("t/vendors/../policy.yaml", 1)), "is not a valid file name"},
		{"absolute", pack(t, ok, file("/etc/passwd", 1)), `"/etc/passwd" is not a valid file name`},
		{"dot", pack(t, ok, file("t/./x", 1)), "is not a valid file name"},
		{"two slashes", pack(t, ok, file("t//x", 1)), "is not a valid file name"},
		{"long name", pack(t, ok, file("t/"+strings.Repeat("a/", 2100)+"x", 1)), "is not a valid file name"},
		{"not UTF-8", pack(t, file("t/vendors/\xff.yaml", 1)), "is not a valid file name in a registry"},
		{"another top", pack(t, ok, file("u/vendors/b.yaml", 1)), `lies outside "t"`},
		{"top is a file", pack(t, file("t", 1)), `lies outside "t"`},
		{"link as policy", pack(t, ok, link(tar.TypeSymlink, "t/policy.yaml", "/etc/passwd")), "is a link; commit the file itself"},
		{"link as vendors, then a file through it", pack(t, link(tar.TypeSymlink, "t/vendors", "../.."), ok), "is a link"},
		{"link elsewhere, then a file through it", pack(t, ok, link(tar.TypeSymlink, "t/docs", "vendors"), file("t/docs/b.yaml", 1)), "is below something that is not a folder"},
		{"file, then a link in its folder's place", pack(t, ok, file("t/docs/b.yaml", 1), link(tar.TypeSymlink, "t/docs", "vendors")), "occurs twice"},
		{"hard link", pack(t, ok, link(tar.TypeLink, "t/vendors/b.yaml", "t/vendors/a.yaml")), "is not a file, folder or link"},
		{"hard link elsewhere", pack(t, ok, link(tar.TypeLink, "t/b", "t/vendors/a.yaml")), "is not a file, folder or link"},
		{"device", pack(t, ok, tar.Header{Typeflag: tar.TypeChar, Name: "t/dev"}), "is not a file, folder or link"},
		{"fifo", pack(t, ok, tar.Header{Typeflag: tar.TypeFifo, Name: "t/vendors/fifo"}), "is not a file, folder or link"},
		{"twice", pack(t, ok, ok), "occurs twice"},
		{"twice elsewhere", pack(t, ok, file("t/x", 1), file("t/x", 2)), "occurs twice"},
		{"folder twice", pack(t, dir("t/vendors/"), ok, dir("t/vendors/")), "occurs twice"},
		{"file below a file", pack(t, ok, file("t/vendors/a.yaml/b.yaml", 1)), "is below something that is not a folder"},
		{"file in a folder's place", pack(t, ok, file("t/vendors", 1)), "occurs twice"},
		{"file too long", pack(t, file("t/vendors/a.yaml", 1<<20+1)), "is longer than 1048576 bytes"},
		{"another commit", pack(t, tar.Header{Typeflag: tar.TypeXGlobalHeader, Name: "pax_global_header", PAXRecords: map[string]string{"comment": oldCommit}}, ok), "it is for the commit"},
		{"10 GB by its header", zipped(t, append(raw(t, ok), huge...)), "unpacks to more than 512 MiB"},
		{"sparse", zipped(t, append(append(raw(t, ok), sparse...), make([]byte, 1024)...)), "refused"},
		{"sparse as PAX has it", zipped(t, append(paxSparse(t), make([]byte, 1024)...)), "is a sparse file"},
		{"nothing of a registry", pack(t, file("t/README.md", 1), file("t/src/vendors/a.yaml", 1), file("t/policy.yaml/x", 1)), "no vendors folder and no policy.yaml"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			files, err := github.ReadArchive(test.data, "", newCommit, 0, 0)
			var refused *snapshot.ArchiveError
			if files != nil || !errors.As(err, &refused) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// paxSparse is a file that PAX headers make sparse. tar.Writer does not write such, so another name is written over.
func paxSparse(t *testing.T) []byte {
	t.Helper()
	data := raw(t, tar.Header{
		Typeflag: tar.TypeReg, Name: "t/vendors/s.yaml", Size: 512, Format: tar.FormatPAX,
		PAXRecords: map[string]string{"GNX.sparse.major": "1", "GNX.sparse.minor": "0", "GNX.sparse.name": "t/vendors/s.yaml", "GNX.sparse.realsize": "0"},
	})
	data = bytes.ReplaceAll(data, []byte("GNX"), []byte("GNU"))
	return bytes.Replace(data, bytes.Repeat([]byte("x"), 512), append([]byte("0\n"), make([]byte, 510)...), 1)
}

// reseal writes the checksum of a changed header.
func reseal(header []byte) {
	copy(header[148:156], "        ")
	sum := 0
	for _, b := range header[:512] {
		sum += int(b)
	}
	copy(header[148:156], fmt.Sprintf("%06o\x00 ", sum))
}

func flip(data []byte, fromEnd int) []byte {
	data[len(data)-fromEnd] ^= 1
	return data
}

func TestArchiveKeeps(t *testing.T) {
	t.Parallel()
	data := pack(t, dir("t/"), dir("t/a/"), file("t/policy.yaml", 1), file("t/policy.yml", 2), file("t/vendors/x/y.yaml", 3), file("t/other/vendors/no", 1),
		file("t/a/vendors/b.yaml", 4), dir("t/a/vendors/"), file("t/a/caf\xe9", 1), link(tar.TypeSymlink, "t/link", "/etc"), file("t/a/empty", 0))
	for root, want := range map[string][]string{"": {"policy.yaml", "policy.yml", "vendors/x/y.yaml"}, "a": {"vendors/b.yaml"}} {
		files, err := github.ReadArchive(data, root, newCommit, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := fstest.TestFS(files, want...); err != nil {
			t.Error(err)
		}
		count := 0
		_ = fs.WalkDir(files, ".", func(_ string, d fs.DirEntry, _ error) error {
			if !d.IsDir() {
				count++
			}
			return nil
		})
		if count != len(want) {
			t.Errorf("%q: %d files, want %d", root, count, len(want))
		}
	}
	// Where the path of the registry leads through a link, there is no registry.
	if _, err := github.ReadArchive(pack(t, link(tar.TypeSymlink, "t/a", "b"), file("t/b/vendors/x.yaml", 1)), "a/c", newCommit, 0, 0); err == nil || !strings.Contains(err.Error(), "is a link") {
		t.Errorf("got %v", err)
	}
}

// Files that may be records in a wrong place are kept, so that they can be reported. They are no reason to refuse a registry.
func TestArchiveKeepsBeside(t *testing.T) {
	t.Parallel()
	record, large := []byte("apiVersion: vendorgate/v1\nkind: Vendor\n"), int64(2<<20)
	names := []string{"a.yaml", "vendor/b.YML", "old/vendors/c.yaml", "old/policy.yaml", "a/b/c/d.yaml", "e.txt", "vendors/f.yaml"}
	headers := []tar.Header{link(tar.TypeSymlink, "t/r/link.yaml", "/etc"), file("t/r/large.yaml", large), file("t/r/other.yaml", 3), file("t/outside.yaml", int64(len(record)))}
	for _, name := range names {
		headers = append(headers, file("t/r/"+name, int64(len(record))))
	}
	data, err := githubtest.Pack(headers, func(h tar.Header) []byte {
		if h.Size == int64(len(record)) {
			return record
		}
		return bytes.Repeat([]byte("x"), int(h.Size))
	})
	if err != nil {
		t.Fatal(err)
	}
	files, err := github.ReadArchive(data, "r", newCommit, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, _ error) error {
		if !d.IsDir() {
			got = append(got, name)
		}
		return nil
	})
	want := []string{"a.yaml", "old/policy.yaml", "old/vendors/c.yaml", "vendor/b.YML", "vendors/f.yaml"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestArchiveLimits(t *testing.T) {
	t.Parallel()
	var many []tar.Header
	for i := range 100_000 {
		many = append(many, file(fmt.Sprintf("t/%d", i), 0))
	}
	bomb := pack(t, file("t/vendors/a.yaml", 1), file("t/zeros", 1<<20)) // 1 MB in a few kB
	deep := pack(t, file("t/"+strings.Repeat("a/", 2000)+"x", 1))
	globals := make([]tar.Header, 30)
	for i := range globals {
		globals[i] = tar.Header{Typeflag: tar.TypeXGlobalHeader, Name: "g", PAXRecords: map[string]string{"a": "b"}}
	}
	tests := []struct {
		name     string
		data     []byte
		entries  int
		unpacked int64
		want     string
	}{
		{"100,000 entries", pack(t, many...), 0, 0, "it has more than 20000 entries"},
		{"bomb", bomb, 0, 100_000, "it unpacks to more than 100000 bytes"},
		{"deep", deep, 1000, 0, "it has more than 1000 files and folders"},
		{"endless global headers", pack(t, globals...), 20, 0, "it has more than 20 entries"},
		{"endless end", zipped(t, append(raw(t, file("t/vendors/a.yaml", 1)), make([]byte, 1<<20)...)), 0, 100_000, "it unpacks to more than 100000 bytes"},
	}
	for _, test := range tests {
		if _, err := github.ReadArchive(test.data, "", newCommit, test.entries, test.unpacked); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v", test.name, err)
		}
	}
	var full []tar.Header
	for i := range 257 {
		full = append(full, file(fmt.Sprintf("t/vendors/%d.yaml", i), 1<<20))
	}
	if _, err := github.ReadArchive(pack(t, full...), "", newCommit, 0, 0); err == nil || !strings.Contains(err.Error(), "exceed 268435456 bytes in total") {
		t.Errorf("got %v", err)
	}
}

// Every cut of a good archive is refused.
func TestArchiveCut(t *testing.T) {
	t.Parallel()
	data := pack(t, dir("t/"), file("t/policy.yaml", 700), file("t/vendors/a.yaml", 10))
	for n := range data {
		if files, err := github.ReadArchive(data[:n], "", newCommit, 0, 0); err == nil {
			t.Errorf("%d of %d bytes: %v", n, len(data), files)
		}
	}
}

// Whatever the bytes are: an error of the archive's own, or a sound file system of names that are asked for.
func FuzzArchive(f *testing.F) {
	f.Add(raw(f, file("t/vendors/a.yaml", 3)), "")
	f.Add(append(raw(f, dir("t/"), file("t/a/policy.yaml", 3), link(tar.TypeSymlink, "t/a/x", "y")), make([]byte, 1024)...), "a")
	f.Add(append(raw(f, file("t/vendors/a.yaml", 0), file("t/probes/a", 0)), make([]byte, 1024)...), "")
	f.Fuzz(func(t *testing.T, data []byte, root string) {
		if root != "" && !fs.ValidPath(root) || root == "." {
			return
		}
		files, err := github.ReadArchive(zipped(t, data), root, newCommit, 100, 1<<20)
		var refused *snapshot.ArchiveError
		if err != nil {
			if files != nil || !errors.As(err, &refused) {
				t.Errorf("got %v, %T", files, err)
			}
			return
		}
		err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			first, _, _ := strings.Cut(name, "/")
			if !fs.ValidPath(name) || !strings.Contains(". policy.yaml policy.yml vendors waivers probes", first) || d.Type()&^fs.ModeDir != 0 {
				t.Errorf("%q is kept", name)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}
