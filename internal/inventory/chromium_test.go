//go:build chromium

package inventory_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
)

// browser opens a page of the test in Chromium and returns the page as the browser then has it. All requests would go to
// a proxy, which notes them.
func browser(t *testing.T, page, fragment string) (dom string, asked []string) {
	t.Helper()
	var lock sync.Mutex
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	proxy := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lock.Lock()
		defer lock.Unlock()
		asked = append(asked, r.Host)
		w.WriteHeader(http.StatusForbidden)
	})}
	go proxy.Serve(listener) //nolint:errcheck // it ends with the test
	defer proxy.Close()      //nolint:errcheck // as above
	dir := t.TempDir()
	file := filepath.Join(dir, "report.html")
	if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(
		ctx, "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--user-data-dir="+filepath.Join(dir, "profile"), "--proxy-server="+listener.Addr().String(),
		"--dump-dom", "file://"+file+fragment,
	)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	lock.Lock()
	defer lock.Unlock()
	return string(out), asked
}

// column is the text of a column of a table in the order of its rows, and the aria-sort of its head.
func column(t *testing.T, page, id string, at int) (cells []string, order string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Data != "table" || attribute(n, "id") != id {
			continue
		}
		for row := range n.Descendants() {
			if row.Type != html.ElementNode || row.Data != "tr" {
				continue
			}
			var of []*html.Node
			for cell := range row.ChildNodes() {
				if cell.Type == html.ElementNode {
					of = append(of, cell)
				}
			}
			if row.Parent.Data == "thead" {
				order = attribute(of[at], "aria-sort")
				continue
			}
			cells = append(cells, text(of[at]))
		}
	}
	return cells, order
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	var out strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			out.WriteString(d.Data)
		}
	}
	return out.String()
}

// Without its script the page shows all there is, in its first order: here the browser refuses the script, by the page's
// own policy.
func TestChromiumWithoutScript(t *testing.T) {
	t.Parallel()
	page := regexp.MustCompile(`script-src &#39;sha256-.*?&#39;`).ReplaceAllString(all(t, large(300))["report.html"], "script-src &#39;none&#39;")
	dom, asked := browser(t, page, "#sort=records.tier")
	cells, order := column(t, dom, "records", 0)
	if len(cells) != 300 || cells[0] != "Vendor 0 APIvendor-0000" || order != "" || strings.Contains(dom, "<button") {
		t.Errorf("%d records, the first %q, sorted %q", len(cells), cells[0], order)
	}
	for _, id := range []string{"soon", "rules", "records"} {
		if rows, _ := column(t, dom, id, 0); len(rows) == 0 {
			t.Errorf("table %s is empty", id)
		}
	}
	unasked(t, asked)
}

// With it a click on a head sorts, by number and day; a second click turns the order round. What is empty stays last.
func TestChromiumSorts(t *testing.T) {
	t.Parallel()
	v := large(300)
	v.Records[0].Tier = 0
	page := all(t, v)["report.html"]
	for _, c := range []struct{ fragment, want string }{{"#sort=records.tier", "ascending"}, {"#sort=records.tier,records.tier", "descending"}} {
		dom, asked := browser(t, page, c.fragment)
		cells, order := column(t, dom, "records", 3)
		if order != c.want || len(cells) != 300 {
			t.Fatalf("%s: sorted %q, %d records", c.fragment, order, len(cells))
		}
		if cells[299] != "" {
			t.Errorf("%s: the last tier is %q", c.fragment, cells[299])
		}
		known := cells[:299]
		if c.want == "descending" {
			slices.Reverse(known)
		}
		if !slices.IsSorted(known) {
			t.Errorf("%s: %q", c.fragment, cells)
		}
		unasked(t, asked)
	}
	dom, _ := browser(t, page, "#sort=soon.when,soon.when")
	cells, order := column(t, dom, "soon", 0)
	if slices.Reverse(cells); order != "" || !slices.IsSorted(cells) || len(cells) < 50 {
		t.Errorf("days, latest first: %q, %q", order, cells)
	}
	if _, order := column(t, dom, "soon", 1); order != "descending" {
		t.Errorf("the head of the column that was clicked says %q", order)
	}
}

// No text of a record becomes more than text in a browser.
func TestChromiumHostile(t *testing.T) {
	t.Parallel()
	v := large(0)
	for i, name := range hostile() {
		add := saying(name).Records[0]
		add.ID = "r" + strconv.Itoa(1000+i)
		v.Records = append(v.Records, add)
	}
	dom, asked := browser(t, all(t, v)["report.html"], "")
	cells, _ := column(t, dom, "records", 0)
	if len(cells) != len(hostile()) || strings.Count(dom, "<script") != 1 || strings.Count(dom, "<img") != 0 {
		t.Errorf("%d records of %d, %d scripts", len(cells), len(hostile()), strings.Count(dom, "<script"))
	}
	unasked(t, asked)
}

// unasked wants that the page asked nobody for anything; what the browser asks for itself is its own.
func unasked(t *testing.T, hosts []string) {
	t.Helper()
	for _, host := range hosts {
		if strings.Contains(host, "example") {
			t.Errorf("the page asked %s", host)
		}
	}
}

// measured shows a page in a frame of a width, and returns what wraps although it is an id, and by how much the page is wider than the frame.
const measured = `<!doctype html><iframe id="page" width="%d" height="900" style="border: 0; color-scheme: %s" srcdoc="%s"></iframe><script>
document.getElementById("page").addEventListener("load", (event) => {
  const page = event.target.contentDocument, text = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT), out = [];
  let seen = 0;
  for (let node; (node = text.nextNode());) {
    for (const found of node.data.matchAll(/%s/g)) {
      const range = page.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      seen++;
      if (new Set([...range.getClientRects()].map((r) => Math.round(r.top))).size > 1) out.push(node.parentElement.outerHTML.slice(0, 200));
    }
  }
  document.body.dataset.seen = seen;
  document.body.dataset.over = Math.max(0, page.documentElement.scrollWidth - page.documentElement.clientWidth);
  document.body.dataset.wraps = out.join(" | ");
});
</script>`

// However long an id is, it stays on one line, and the page is no wider than the window.
func TestChromiumIDs(t *testing.T) {
	t.Parallel()
	const id = "northern-lights-customer-messaging-api-emea" // 43 characters
	v := large(3)
	for i, name := range []string{id, "Northern Lights Customer Messaging API for Europe, the Middle East and Africa"} {
		long := fmt.Sprint(id, i)
		if name == id {
			name = long
		}
		v.Records = append(v.Records, inventory.Record{
			ID: long, Name: name, Category: "messaging", Status: "conditional", Tier: 1, Owners: []string{"a.ferreira (security-architect)"}, Through: in(20), Review: in(30),
			Environments: []string{"dev", "staging", "prod"}, DataClasses: []string{"customer-content", "personal-special"}, Repositories: []string{"acme/notifications-service"},
		})
		v.Lapses = append(v.Lapses, lapse(long, inventory.Approval, "VG-APR-002", "", "the approval", 20, "a.ferreira (security-architect)", "Renew it at https://acme.example/renew."))
		v.Lapses[len(v.Lapses)-1].Name = name
		v.Coverage[0].FailIn = append(v.Coverage[0].FailIn, long)
	}
	v.Notes = []inventory.Note{{Message: "2 approvals end on 2026-12-13: " + id + "0, " + id + "1", Hint: "Renew some of them earlier."}}
	v.Arrange()
	v.Prove = func() inventory.Dossier {
		var d inventory.Dossier
		for _, r := range v.Records {
			d.Vendors = append(d.Vendors, inventory.VendorProof{
				Record: r, File: inventory.Source{Name: "r/" + r.ID[:6], SHA256: sumA},
				Evidence: []inventory.Paper{{ID: id + "-soc2", Type: "attestation", Level: "audited", Counts: true, SHA256: sumB, Issued: in(-30)}},
				Demands:  []inventory.Demand{{Rule: strings.ToUpper(id), Asked: []string{id + "-soc2"}, Found: []inventory.Value{{Path: "evidence[" + id + "-soc2].type", Text: id}}, Outcome: diag.Passed, Evidence: []string{id + "-soc2"}}},
			})
		}
		return d
	}
	pages := all(t, v)
	for _, name := range []string{"report.html", "report.evidence-html"} {
		for _, width := range []int{400, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				dom, asked := browser(t, fmt.Sprintf(measured, width, scheme, html.EscapeString(pages[name]), "(?:"+id+"|"+strings.ToUpper(id)+")[0-9]?(?:-soc2)?"), "")
				root, err := html.Parse(strings.NewReader(dom))
				if err != nil {
					t.Fatal(err)
				}
				for n := range root.Descendants() {
					if n.Data != "body" {
						continue
					}
					if seen, err := strconv.Atoi(attribute(n, "data-seen")); err != nil || seen < 8 {
						t.Errorf("%s: %q ids at %d px", name, attribute(n, "data-seen"), width)
					}
					if over, wraps := attribute(n, "data-over"), attribute(n, "data-wraps"); over != "0" || wraps != "" {
						t.Errorf("%s at %d px, %s: the page is %s px too wide; ids wrap in: %s", name, width, scheme, over, wraps)
					}
				}
				unasked(t, asked)
			}
		}
	}
}
