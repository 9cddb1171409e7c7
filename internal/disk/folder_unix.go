//go:build unix

package disk

import (
	"cmp"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// folder is an open directory. Opening something in it takes a third of the system calls of os.Root, which matters if there are
// tens of thousands: one path element has nothing to resolve, and nobody waits for such a file.
type folder struct {
	path string
	file *os.File
	conn syscall.RawConn // keeps the descriptor open during a call

	listing sync.Mutex
}

// openFolder opens a folder of a root as a file of its own, without what os.Root adds.
func openFolder(root *os.Root, name string) (*folder, error) {
	in, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close() //nolint:errcheck // nothing was written
	conn, err := in.SyscallConn()
	if err != nil {
		return nil, err
	}
	return opened(conn, name, filepath.Join(root.Name(), name), func(fd int) (int, error) {
		return unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	})
}

// below opens a folder in the folder, by its path from the root. It returns an error for everything else, links included.
func (f *folder) below(name string) (*folder, error) {
	base := path.Base(name)
	return opened(f.conn, name, filepath.Join(f.file.Name(), base), func(fd int) (int, error) {
		return unix.Openat(fd, base, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	})
}

// opened returns the folder that open makes of the descriptor of an open file. The name for the system is only used to ask for the type
// of a file where the system does not list it.
func opened(from syscall.RawConn, path, name string, open func(fd int) (int, error)) (*folder, error) {
	var fd int
	var err error
	closed := from.Control(func(from uintptr) { fd, err = retried(func() (int, error) { return open(int(from)) }) })
	if closed != nil || err != nil {
		return nil, cmp.Or(closed, err)
	}
	file := os.NewFile(uintptr(fd), name)
	conn, err := file.SyscallConn()
	if err != nil {
		file.Close() //nolint:errcheck,gosec // nothing was written
		return nil, err
	}
	return &folder{path: path, file: file, conn: conn}, nil
}

// list lists the folder.
func (f *folder) list() ([]fs.DirEntry, error) {
	f.listing.Lock()
	defer f.listing.Unlock()
	if _, err := f.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return f.file.ReadDir(-1)
}

// open opens a regular file by its name in the folder. It returns an error for everything else, links included.
func (f *folder) open(name string) (fs.File, error) {
	var file *regular
	var err error
	if closed := f.conn.Control(func(fd uintptr) { file, err = openRegular(int(fd), name) }); closed != nil {
		return nil, closed
	}
	if err != nil {
		return nil, err
	}
	return file, nil
}

func (f *folder) close() {
	f.file.Close() //nolint:errcheck,gosec // nothing was written
}

// regular is an open file of known size. It is its own description.
type regular struct {
	fd   int
	name string
	stat unix.Stat_t
}

func openRegular(dir int, name string) (*regular, error) {
	fd, err := retried(func() (int, error) {
		return unix.Openat(dir, name, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_CLOEXEC|unix.O_NONBLOCK, 0) // a pipe must not block
	})
	if err != nil {
		return nil, err
	}
	f := &regular{fd: fd, name: name}
	if err := unix.Fstat(fd, &f.stat); err != nil || f.stat.Mode&unix.S_IFMT != unix.S_IFREG {
		unix.Close(fd) //nolint:errcheck,gosec // nothing was written
		return nil, fs.ErrInvalid
	}
	return f, nil
}

// retried repeats a call that a signal interrupted.
func retried(call func() (int, error)) (int, error) {
	for {
		if n, err := call(); err != unix.EINTR { //nolint:errorlint // system calls return it unwrapped
			return n, err
		}
	}
}

// Read reads from the file.
func (f *regular) Read(to []byte) (int, error) {
	if len(to) == 0 {
		return 0, nil
	}
	n, err := retried(func() (int, error) { return unix.Read(f.fd, to) })
	switch {
	case err != nil:
		return 0, &fs.PathError{Op: "read", Path: f.name, Err: err}
	case n == 0:
		return 0, io.EOF
	}
	return n, nil
}

// ReadAt implements io.ReaderAt.
func (f *regular) ReadAt(to []byte, at int64) (done int, err error) {
	for done < len(to) {
		n, err := retried(func() (int, error) { return unix.Pread(f.fd, to[done:], at+int64(done)) })
		switch {
		case err != nil:
			return done, &fs.PathError{Op: "read", Path: f.name, Err: err}
		case n == 0:
			return done, io.EOF
		}
		done += n
	}
	return done, nil
}

// Close closes the file. A second call returns an error.
func (f *regular) Close() error {
	if f.fd < 0 {
		return fs.ErrClosed
	}
	fd := f.fd
	f.fd = -1
	return unix.Close(fd)
}

// Stat describes the file as it was when it was opened.
func (f *regular) Stat() (fs.FileInfo, error) { return f, nil }

// Name, and the methods below, implement fs.FileInfo.
func (f *regular) Name() string       { return f.name }
func (f *regular) Size() int64        { return f.stat.Size }
func (f *regular) Mode() fs.FileMode  { return fs.FileMode(f.stat.Mode & 0o777) }
func (f *regular) ModTime() time.Time { return time.Unix(f.stat.Mtim.Unix()) }
func (f *regular) IsDir() bool        { return false }
func (f *regular) Sys() any           { return nil }
