package source

import (
	"context"
	"fmt"
)

// ReadArchive hands the regular files of a commit to visit, each at most once, in no order, from several goroutines. A file has the
// content that it has in the commit, or in a checkout of it. The data is only valid during the call. The Shortfall says which files
// did not come; with an error, that is unknown.
type ReadArchive func(ctx context.Context, most ArchiveLimits, visit func(file string, data []byte)) (Shortfall, error)

// ArchiveLimits are limits on reading the archive of a commit.
type ArchiveLimits struct {
	Entries  int   // files and folders
	Packed   int64 // bytes of the archive as it is sent
	Unpacked int64 // bytes of all that is in it
	File     int64 // bytes of a file; larger ones are not read
}

// Shortfall says which files of a commit were not read from its archive.
type Shortfall struct {
	Large   []string          // above ArchiveLimits.File
	Binary  []string          // not text, so not read
	LeftOut map[string]string // why a file is not known as the commit has it
	Limit   string            // the limit that ended the reading, as in "has more than 10 entries"; what was left is not listed
}

// TooMuch means that an archive exceeds a limit, which says what there is too much of.
type TooMuch struct{ Limit string }

func (e *TooMuch) Error() string { return "it " + e.Limit }

// Bytes formats a limit.
func Bytes(n int64) string {
	switch {
	case n >= 1<<30 && n%(1<<30) == 0:
		return fmt.Sprintf("%d GiB", n>>30)
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}
