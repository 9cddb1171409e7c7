package detect

import (
	"crypto/sha256"
	_ "embed" // the index
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

//go:generate go test -run TestIndexIsFresh -update .

// index is the catalogue of the embedded records: the digest of the records it was made from, then a line for each
// vendor. Reading 300 records takes 200 times as long.
//
//go:embed index.txt
var index string

// Embedded lists the entries of the embedded registry. Where the registry is not the one that the index was made from,
// as in a fork that has added vendors, the records are read: slow, but never out of date.
func Embedded(files fs.FS) ([]Entry, error) {
	digest, err := digestOf(files)
	if err != nil {
		return nil, err
	}
	if made, rest, _ := strings.Cut(index, "\n"); made == digest {
		return parseIndex(rest), nil
	}
	return entriesOf(files)
}

// Index writes the index of a registry, as Embedded reads it.
func Index(files fs.FS) (string, error) {
	digest, err := digestOf(files)
	if err != nil {
		return "", err
	}
	entries, err := entriesOf(files)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	out.WriteString(digest + "\n")
	for _, e := range entries {
		out.WriteString(e.ID)
		for _, list := range e.lists() {
			out.WriteString("\t" + strings.Join(*list, " "))
		}
		out.WriteByte('\n')
	}
	return out.String(), nil
}

func (e *Entry) lists() []*[]string {
	return []*[]string{&e.API, &e.Brand, &e.Script, &e.Packages, &e.Imports, &e.Env}
}

func parseIndex(text string) []Entry {
	out := make([]Entry, 0, strings.Count(text, "\n"))
	for line := range strings.Lines(text) {
		id, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		e := Entry{ID: id}
		for _, list := range e.lists() {
			var field string
			if field, rest, _ = strings.Cut(rest, "\t"); field != "" {
				*list = strings.Split(field, " ")
			}
		}
		out = append(out, e)
	}
	return out
}

func entriesOf(files fs.FS) ([]Entry, error) {
	tree := source.New("", "", files).Trust(source.BuiltIn)
	r, err := registry.Open(tree, tree)
	if err != nil {
		return nil, fmt.Errorf("read the embedded registry: %w", err)
	}
	var out []Entry
	for _, id := range r.IDs() {
		v, err := r.Vendor(id)
		if err != nil {
			return nil, err
		}
		if v != nil {
			out = append(out, EntryOf(v))
		}
	}
	return out, nil
}

// digestOf is a digest of the names and the contents of all records.
func digestOf(files fs.FS) (string, error) {
	entries, err := fs.ReadDir(files, "vendors")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read the embedded registry: %w", err)
	}
	h := sha256.New()
	for _, e := range entries {
		data, err := fs.ReadFile(files, "vendors/"+e.Name())
		if err != nil {
			return "", fmt.Errorf("read the embedded registry: %w", err)
		}
		fmt.Fprintf(h, "%s %d\n", e.Name(), len(data))
		h.Write(data)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
