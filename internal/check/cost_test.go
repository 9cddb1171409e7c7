package check_test

import (
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
)

// counting is a directory that counts what is asked of it.
type counting struct {
	fstest.MapFS
	mu    sync.Mutex
	calls map[string]int // by method
}

func (c *counting) note(method string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls[method]++
}

func (c *counting) Open(name string) (fs.File, error) {
	c.note("Open")
	return c.MapFS.Open(name)
}

func (c *counting) ReadDir(name string) ([]fs.DirEntry, error) {
	c.note("ReadDir")
	return c.MapFS.ReadDir(name)
}

func (c *counting) Lstat(name string) (fs.FileInfo, error) {
	c.note("Lstat")
	return c.MapFS.Lstat(name)
}

func (c *counting) Stat(name string) (fs.FileInfo, error) {
	c.note("Stat")
	return c.MapFS.Stat(name)
}

// Each folder of the tree is listed once, by manifests and code together, and nothing is asked for each folder above a file.
func TestDeepTree(t *testing.T) {
	t.Parallel()
	const depth = 200
	deep := strings.Repeat("d/", depth)
	tree := &counting{MapFS: files(deep+"pay.js", `fetch("https://api.stripe.com/v1/charges")`, deep+"vendors.yaml", "kind: VendorManifest\nvendors: []\n"), calls: map[string]int{}}
	machine := host(map[string]fstest.MapFS{"registry": files("vendors/larkspur-mail.yaml", record)})
	others := machine.Open
	machine.Open = func(dir string) (fs.FS, error) {
		if dir == "deep" {
			return tree, nil
		}
		return others(dir)
	}
	collected, err := inputs.Collect(t.Context(), inputs.Request{Host: machine, Version: "0.1.0", Dir: "deep", Registry: "registry"})
	if err != nil {
		t.Fatal(err)
	}
	rep, err := check.Run(t.Context(), check.Inputs{Collected: collected, Settings: settings()})
	if err != nil || rep.Verdict != diag.Fail {
		t.Fatalf("verdict %q, error %v", rep.Verdict, err)
	}
	if got := tree.calls["ReadDir"]; got != depth+1 {
		t.Errorf("%d folders were listed, want %d", got, depth+1)
	}
	if got := tree.calls["Open"] + tree.calls["Lstat"] + tree.calls["Stat"]; got > 10 {
		t.Errorf("%v: %d files were opened or looked at, want a few", tree.calls, got)
	}
}
