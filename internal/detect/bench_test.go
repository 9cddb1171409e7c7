//go:build unix

package detect_test

import (
	"errors"
	"fmt"
	"go/build"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/disk"
)

// BenchmarkScan searches Go's own sources and a tree of 100 MB, against reading the same files alone. Both open files as the command
// does. A scan of Go's sources takes five to six times the CPU time of reading them.
func BenchmarkScan(b *testing.B) {
	for name, dir := range map[string]string{"goroot": filepath.Join(build.Default.GOROOT, "src"), "generated": generated(b)} {
		files, err := disk.Disk{}.Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name+"/read", func(b *testing.B) {
			b.ReportAllocs()
			start := cpu(b)
			for b.Loop() {
				b.SetBytes(readAll(b, files))
			}
			b.ReportMetric(float64((cpu(b)-start).Milliseconds())/float64(b.N), "cpu-ms/op")
		})
		b.Run(name+"/scan", func(b *testing.B) {
			c := embedded(b)
			b.ReportAllocs()
			start := cpu(b)
			for b.Loop() {
				result, err := detect.Scan(files, c, detect.Options{})
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(result.Bytes)
			}
			b.ReportMetric(float64((cpu(b)-start).Milliseconds())/float64(b.N), "cpu-ms/op")
		})
	}
}

// cpu is the time that the process has used on all cores. Machines that tests run on are shared: the clock on the wall
// says little.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// readAll reads what a scan reads, in the same way and by one worker.
func readAll(b *testing.B, files fs.FS) (total int64) {
	b.Helper()
	buffer := make([]byte, detect.MaxFile)
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		f, err := files.Open(name)
		if err != nil {
			return err
		}
		info, err := f.Stat()
		if err != nil || info.Size() > detect.MaxFile {
			return errors.Join(err, f.Close())
		}
		n, err := io.ReadFull(f, buffer[:info.Size()])
		total += int64(n)
		if err != nil {
			return err
		}
		return f.Close()
	})
	if err != nil {
		b.Fatal(err)
	}
	return total
}

// generated writes a tree of 100 MB, always the same: 10,000 files of pieces of Go's library, with a vendor's name in
// every tenth.
func generated(tb testing.TB) string {
	tb.Helper()
	const files, fileSize = 10_000, 10_000
	text := library(tb)
	dir := tb.TempDir()
	random := rand.New(rand.NewPCG(1, 2)) // the same tree each time
	for i := range files {
		folder := filepath.Join(dir, "services", fmt.Sprintf("s%d", i/1000), "src", fmt.Sprintf("d%d", i/50))
		if i%50 == 0 {
			if err := os.MkdirAll(folder, 0o750); err != nil {
				tb.Fatal(err)
			}
		}
		start := random.IntN(len(text) - fileSize)
		content := text[start : start+fileSize]
		if i%10 == 0 {
			content += "\nconst x = \"https://api.stripe.com/v1/charges\"\nvar y = os.Getenv(\"SENTRY_DSN\")\n"
		}
		ending := []string{".go", ".ts", ".py", ".java", ".yaml"}[i%5]
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("f%d%s", i, ending)), []byte(content), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return dir
}

// library is the text of some packages of Go's library.
func library(tb testing.TB) string {
	tb.Helper()
	var out strings.Builder
	for _, folder := range []string{"net/http", "go/types", "encoding/json", "os", "reflect"} {
		names, err := filepath.Glob(filepath.Join(build.Default.GOROOT, "src", folder, "*.go"))
		if err != nil || len(names) == 0 {
			tb.Fatalf("no sources of %s: %v", folder, err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				tb.Fatal(err)
			}
			out.Write(data)
		}
	}
	return out.String()
}
