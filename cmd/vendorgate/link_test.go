package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/effort"
)

// The linker removes methods that nothing calls, unless some code looks methods up by name. Templates do. A program that
// executes one is a fifth larger, because it keeps all of go-github's methods.
func TestLinkerRemovesMethods(t *testing.T) {
	t.Parallel()
	effort.Alone(t)
	program := filepath.Join(t.TempDir(), "vendorgate")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	out, err := exec.Command("go", "tool", "nm", program).Output()
	if err != nil {
		t.Fatalf("go tool nm: %v", err)
	}
	symbols := string(out)
	for _, name := range []string{"reflect.Value.MethodByName", "reflect.(*rtype).MethodByName", "text/template.(*Template).Execute", "html/template.(*Template).Execute"} {
		if strings.Contains(symbols, " "+name+"\n") {
			t.Errorf("the program contains %s; `go build -ldflags=-dumpdep` shows what calls it", name)
		}
	}
	const most = 200 // the client has thousands
	if n := strings.Count(symbols, " github.com/google/go-github/v62/github.(*"); n == 0 || n > most {
		t.Errorf("the program contains %d methods of go-github, want 1 to %d", n, most)
	}
}
