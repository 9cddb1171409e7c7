//go:build chromium

package sinktest_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// A browser draws the whole comment in README.md: nothing of it is cut off, and it does not end in a large empty space.
func TestChromiumPicture(t *testing.T) {
	t.Parallel()
	picture, err := os.ReadFile("../../../docs/comment.svg")
	if err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(t.TempDir(), "page.html")
	html := string(picture) + `<script>document.title = "article " + document.querySelector("article").offsetHeight + ", picture " + document.querySelector("svg").clientHeight + "."</script>`
	if err := os.WriteFile(page, []byte(html), 0o644); err != nil {
		t.Fatal(err)
	}
	dom, err := exec.CommandContext(t.Context(), "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--user-data-dir="+t.TempDir(), "--dump-dom", "file://"+page).Output()
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	m := regexp.MustCompile(`<title>article (\d+), picture (\d+)\.</title>`).FindSubmatch(dom)
	if m == nil {
		t.Fatalf("the page has no heights:\n%s", dom)
	}
	article, _ := strconv.Atoi(string(m[1]))
	height, _ := strconv.Atoi(string(m[2]))
	if article > height || article < height*8/10 {
		t.Errorf("the comment is %d pixels high in a picture of %d; adjust the estimate in picture.go", article, height)
	}
	t.Logf("%d of %d pixels", article, height)
}
