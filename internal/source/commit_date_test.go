package source_test

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vendorgate/vendorgate/internal/source"
)

func deflate(tb testing.TB, data []byte) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	if _, err := w.Write(data); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// packOf is a pack with one object of a kind, and its index.
func packOf(tb testing.TB, name, kind byte, content []byte, sum [20]byte) (pack, index []byte) {
	tb.Helper()
	pack = binary.BigEndian.AppendUint32(append([]byte("PACK\x00\x00\x00\x02"), 0, 0, 0), 1)
	pack = append(pack, bytes.Repeat([]byte{name}, 3)...)
	offset := len(pack)
	size := len(content)
	pack = append(pack, kind<<4|byte(size&15)|0x80, byte(size>>4&127)|0x80, byte(size>>11))
	pack = append(pack, deflate(tb, content)...)
	index = []byte("\xfftOc\x00\x00\x00\x02")
	for i := range 256 {
		n := uint32(0)
		if i >= int(sum[0]) {
			n = 1
		}
		index = binary.BigEndian.AppendUint32(index, n)
	}
	index = append(index, sum[:]...)
	index = append(index, 0, 0, 0, 0)
	return pack, binary.BigEndian.AppendUint32(index, uint32(offset))
}

// The date of a commit is read from a file of its own and from a pack. What is stored otherwise has none.
func TestCommitDate(t *testing.T) {
	t.Parallel()
	content := []byte("tree 0000000000000000000000000000000000000000\nauthor A <a@acme.example> 1700000000 +0000\ncommitter A > <a@acme.example> 1800000000 +0200\n\ncommitter A <a@acme.example> 1 +0000\n" + string(bytes.Repeat([]byte("x"), 40_000)))
	whole := fmt.Appendf(nil, "commit %d\x00%s", len(content), content)
	sum := sha1.Sum(whole)
	name := hex.EncodeToString(sum[:])
	pack, index := packOf(t, 0, 1, content, sum)
	delta, deltaIndex := packOf(t, 0, 7, content, sum)
	file := func(data []byte) *fstest.MapFile { return &fstest.MapFile{Data: data} }
	loose := "objects/" + name[:2] + "/" + name[2:]
	when := time.Unix(1800000000, 0).UTC()
	for _, c := range []struct {
		name  string
		files fstest.MapFS
		want  time.Time
	}{
		{"a file", fstest.MapFS{"HEAD": file([]byte("ref: refs/heads/main\n")), "refs/heads/main": file([]byte(name + "\n")), loose: file(deflate(t, whole))}, when},
		{"a pack", fstest.MapFS{"HEAD": file([]byte(name)), "objects/pack/a.idx": file([]byte("no index")), "objects/pack/b.idx": file(index), "objects/pack/b.pack": file(pack)}, when},
		{"packed refs", fstest.MapFS{"HEAD": file([]byte("ref: refs/heads/main")), "packed-refs": file([]byte("# pack-refs\n" + name + " refs/heads/main\n")), loose: file(deflate(t, whole))}, when},
		{"a difference", fstest.MapFS{"HEAD": file([]byte(name)), "objects/pack/b.idx": file(deltaIndex), "objects/pack/b.pack": file(delta)}, time.Time{}},
		{"a pack that ends early", fstest.MapFS{"HEAD": file([]byte(name)), "objects/pack/b.idx": file(index), "objects/pack/b.pack": file(pack[:16])}, time.Time{}},
		{"an index that ends early", fstest.MapFS{"HEAD": file([]byte(name)), "objects/pack/b.idx": file(index[:1040]), "objects/pack/b.pack": file(pack)}, time.Time{}},
		{"a blob", fstest.MapFS{"HEAD": file([]byte(name)), loose: file(deflate(t, append([]byte("blob 3\x00"), content...)))}, time.Time{}},
		{"no object", fstest.MapFS{"HEAD": file([]byte(name))}, time.Time{}},
		{"no commit", fstest.MapFS{"HEAD": file([]byte("ref: refs/heads/main"))}, time.Time{}},
		{"nothing", fstest.MapFS{}, time.Time{}},
	} {
		if got := source.CommitDate(c.files); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
