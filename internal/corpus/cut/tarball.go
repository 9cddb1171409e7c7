package main

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
)

// maxFile is more than the largest file that is kept.
const maxFile = 64 << 20

// unpack reads the wanted files of a tarball, and stops once it has count of them. A count of 0 reads to the end.
func unpack(tarball string, wanted func(name string) bool, count int) (map[string][]byte, error) {
	file, err := os.Open(tarball) //nolint:gosec // the caller's argument
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", tarball, err)
	}
	out := map[string][]byte{}
	for entries := tar.NewReader(unzipped); ; {
		entry, err := entries.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", tarball, err)
		}
		if entry.Typeflag != tar.TypeReg || !wanted(entry.Name) {
			continue
		}
		if entry.Size > maxFile {
			return nil, fmt.Errorf("%s: %s has %d bytes", tarball, entry.Name, entry.Size)
		}
		if out[entry.Name], err = io.ReadAll(entries); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", tarball, entry.Name, err)
		}
		if len(out) == count {
			return out, nil
		}
	}
	if len(out) < max(count, 1) {
		return nil, fmt.Errorf("%s: found %d of the files that are needed", tarball, len(out))
	}
	return out, nil
}
