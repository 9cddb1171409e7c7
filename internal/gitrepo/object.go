package gitrepo

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"crypto/sha1" //nolint:gosec // git's name of an object, no secret
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
)

// id is git's name of an object.
type id [sha1.Size]byte

func (n id) String() string { return hex.EncodeToString(n[:]) }

// parseID reads 40 hex digits.
func parseID(text string) (out id, ok bool) {
	n, err := hex.Decode(out[:], []byte(text))
	return out, err == nil && n == len(out) && len(text) == 2*len(out)
}

// kind is a kind of object, as packs number them.
type kind byte

const (
	commitKind  kind = 1
	treeKind    kind = 2
	blobKind    kind = 3
	tagKind     kind = 4
	offsetDelta kind = 6 // a difference to an object before it
	nameDelta   kind = 7 // a difference to an object with a name
)

func (k kind) String() string {
	return map[kind]string{commitKind: "commit", treeKind: "tree", blobKind: "blob", tagKind: "tag"}[k]
}

// object is an object, whose data nobody may change.
type object struct {
	kind kind
	data []byte
}

// errMissing is returned for an object that the repository lacks. It is no fs.ErrNotExist, because a file that cannot be read was not
// absent.
var errMissing = errors.New("the checkout does not have all of its history, as in a shallow or partial clone, or one that borrows objects; fetch it with `git fetch --unshallow`, or use a full clone")

var errTooLarge = fmt.Errorf("git's objects include one larger than %d MiB", maxObject>>20)

// read returns an object of a kind.
func (r *Repo) read(name id, want kind) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	found, err := r.find(name)
	if err != nil {
		return nil, err
	}
	if found.kind != want {
		return nil, fmt.Errorf("git's object %s is a %s and should be a %s", name, found.kind, want)
	}
	return found.data, nil
}

// find returns an object that is what its name says.
func (r *Repo) find(name id) (object, error) {
	found, err := r.stored(name)
	if err == nil {
		h := sha1.New() //nolint:gosec // as git has it
		fmt.Fprintf(h, "%s %d\x00", found.kind, len(found.data))
		h.Write(found.data)
		if !bytes.Equal(h.Sum(nil), name[:]) {
			err = errDamaged
		}
	}
	if errors.Is(err, errDamaged) {
		return object{}, fmt.Errorf("git's object %s is damaged", name)
	}
	return found, err
}

// stored reads an object from a file of its own, or from the first pack that has it.
func (r *Repo) stored(name id) (object, error) {
	found, err := r.loose(name)
	if !errors.Is(err, fs.ErrNotExist) {
		return found, err
	}
	if err := r.listPacks(); err != nil {
		return object{}, err
	}
	for _, p := range r.packs {
		offset, ok, err := p.offset(name)
		if err != nil {
			return object{}, err
		}
		if ok {
			return r.unpack(p, offset)
		}
	}
	return object{}, errMissing
}

// loose reads an object from a file of its own. The error is fs.ErrNotExist if there is none.
func (r *Repo) loose(name id) (object, error) {
	text := name.String()
	f, err := open(r.common, "objects/"+text[:2]+"/"+text[2:])
	if err != nil {
		return object{}, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	z, err := zlib.NewReader(f)
	if err != nil {
		return object{}, errDamaged
	}
	in := bufio.NewReader(z)
	header, err := in.ReadSlice(0)
	if err != nil {
		return object{}, errDamaged
	}
	word, length, _ := bytes.Cut(header[:len(header)-1], []byte(" "))
	size, err := strconv.ParseInt(string(length), 10, 64)
	if err != nil || size < 0 {
		return object{}, errDamaged
	}
	for _, k := range []kind{commitKind, treeKind, blobKind, tagKind} {
		if string(word) == k.String() {
			data, err := exactly(in, size)
			return object{k, data}, err
		}
	}
	return object{}, errDamaged
}

var errDamaged = errors.New("it is damaged")

// exactly reads data of a size, and no more.
func exactly(r io.Reader, size int64) ([]byte, error) {
	if size > maxObject {
		return nil, errTooLarge
	}
	data, err := io.ReadAll(io.LimitReader(r, size+1))
	if err != nil || int64(len(data)) != size {
		return nil, errDamaged
	}
	return data, nil
}
