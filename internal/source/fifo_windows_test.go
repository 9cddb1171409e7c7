package source_test

import "os"

// fifo makes a folder: Windows has no named pipes among its files, and a folder is no regular file either.
func fifo(name string) error { return os.Mkdir(name, 0o700) }
