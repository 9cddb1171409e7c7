package detect_test

import (
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"

	vendorgate "github.com/vendorgate/vendorgate"
	"github.com/vendorgate/vendorgate/internal/detect"
)

func TestZZ(t *testing.T) {
	dir := os.Getenv("ZZ")
	if dir == "" {
		return
	}
	e, _ := detect.Embedded(vendorgate.Registry)
	c := detect.Compile(e)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	var a, b syscall.Rusage
	syscall.Getrusage(0, &a)
	s := time.Now()
	r, err := detect.Scan(root.FS(), c, detect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := time.Since(s)
	syscall.Getrusage(0, &b)
	fmt.Printf("%d files %d MB wall %v cpu %v rss %d MB\n", r.Files, r.Bytes>>20, w, time.Duration(b.Utime.Nano()+b.Stime.Nano()-a.Utime.Nano()-a.Stime.Nano()), b.Maxrss>>10)
	if os.Getenv("ZQ") == "" {
		if os.Getenv("ZH") == "" {
			for i := range r.Vendors {
				for j := range r.Vendors[i].Evidence {
					_ = j
				}
			}
		}
		rr := *r
		if os.Getenv("ZH") == "" {
			rr.Vendors = nil
			for _, v := range r.Vendors {
				if v.Confidence >= detect.Likely {
					rr.Vendors = append(rr.Vendors, v)
				}
			}
			rr.Skipped = nil
		}
		fmt.Print(describe(&rr))
		fmt.Println(len(r.Vendors), "vendors with hints", len(r.Skipped), "skipped")
	}
}
