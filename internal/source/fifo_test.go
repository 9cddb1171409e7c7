//go:build unix

package source_test

import "syscall"

func fifo(name string) error { return syscall.Mkfifo(name, 0o600) }
