package source

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"io"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"
)

// maxCommit is how many bytes of a commit are read. The dates come before its message.
const maxCommit = 16 << 10

var committer = regexp.MustCompile(`(?m)^committer .*> ([0-9]{1,12}) [+-][0-9]{4}$`)

// CommitDate returns when the commit of HEAD was made, from git's own files. It reads loose objects and packs, as git writes them. It is the
// zero time if the commit cannot be found there, is stored as a difference to another, or is named with SHA-256.
func CommitDate(git fs.FS) time.Time {
	name, err := hex.DecodeString(headOf(git, "."))
	if err != nil || len(name) == 0 {
		return time.Time{}
	}
	text := looseCommit(git, name)
	if text == nil {
		text = packedCommit(git, name)
	}
	header, _, _ := bytes.Cut(text, []byte("\n\n"))
	m := committer.FindSubmatch(header)
	if m == nil {
		return time.Time{}
	}
	seconds, err := strconv.ParseInt(string(m[1]), 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// looseCommit reads a commit from a file of its own; nil if there is none.
func looseCommit(git fs.FS, name []byte) []byte {
	text := hex.EncodeToString(name)
	f, err := git.Open("objects/" + text[:2] + "/" + text[2:])
	if err != nil {
		return nil
	}
	defer f.Close() //nolint:errcheck // nothing was written
	data := inflate(f)
	kind, content, ok := bytes.Cut(data, []byte{0})
	if !ok || !bytes.HasPrefix(kind, []byte("commit ")) {
		return nil
	}
	return content
}

// packedCommit reads a commit from the first pack that has it; nil if there is none.
func packedCommit(git fs.FS, name []byte) []byte {
	entries, err := fs.ReadDir(git, "objects/pack")
	if err != nil {
		return nil
	}
	for _, e := range entries {
		base, ok := strings.CutSuffix(e.Name(), ".idx")
		if !ok || !e.Type().IsRegular() {
			continue
		}
		if offset, ok := offsetOf(git, "objects/pack/"+e.Name(), name); ok {
			return commitAt(git, "objects/pack/"+base+".pack", offset)
		}
	}
	return nil
}

// offsetOf looks an object up in the index of a pack, of version 2 (https://git-scm.com/docs/gitformat-pack).
func offsetOf(git fs.FS, file string, name []byte) (int64, bool) {
	const fanout, names, size, sum = 8, 8 + 256*4, 20, 4
	f, at, ok := openAt(git, path.Clean(file))
	if !ok {
		return 0, false
	}
	defer f.Close() //nolint:errcheck // nothing was written
	read := func(offset int64, n int) []byte {
		data := make([]byte, n)
		if _, err := at.ReadAt(data, offset); err != nil {
			return make([]byte, n) // no object has the name of zeros
		}
		return data
	}
	if !bytes.Equal(read(0, fanout), []byte("\xfftOc\x00\x00\x00\x02")) {
		return 0, false
	}
	count := int(binary.BigEndian.Uint32(read(fanout+255*4, 4)))
	i := sort.Search(count, func(i int) bool { return bytes.Compare(read(names+int64(i)*size, size), name) >= 0 })
	if i == count || !bytes.Equal(read(names+int64(i)*size, size), name) {
		return 0, false
	}
	offset := binary.BigEndian.Uint32(read(names+int64(count)*(size+sum)+int64(i)*4, 4))
	return int64(offset), offset>>31 == 0 // larger packs have another table
}

// commitAt reads the commit at an offset of a pack; nil if it is not stored as a whole.
func commitAt(git fs.FS, file string, offset int64) []byte {
	const more, kinds, commit = 0x80, 0x70, 1 << 4
	f, at, ok := openAt(git, file)
	if !ok {
		return nil
	}
	defer f.Close() //nolint:errcheck // nothing was written
	r := bufio.NewReader(io.NewSectionReader(at, offset, maxCommit))
	first, err := r.ReadByte()
	if err != nil || first&kinds != commit {
		return nil
	}
	for b := first; b&more != 0; { // the rest of the size
		if b, err = r.ReadByte(); err != nil {
			return nil
		}
	}
	return inflate(r)
}

// openAt opens a file that can be read anywhere.
func openAt(git fs.FS, file string) (fs.File, io.ReaderAt, bool) {
	f, err := git.Open(file)
	if err != nil {
		return nil, nil, false
	}
	at, ok := f.(io.ReaderAt)
	if !ok {
		f.Close() //nolint:errcheck,gosec // nothing was written
	}
	return f, at, ok
}

// inflate returns the beginning of compressed data, up to maxCommit bytes.
func inflate(r io.Reader) []byte {
	z, err := zlib.NewReader(io.LimitReader(r, maxCommit))
	if err != nil {
		return nil
	}
	data, _ := io.ReadAll(io.LimitReader(z, maxCommit)) // what is cut off is the message
	return data
}
