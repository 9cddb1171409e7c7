package sink_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/sink"
)

func TestWeb(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		server   string
		segments []string
		want     string // "" is an error
	}{
		{"https://github.com", nil, "https://github.com"},
		{"https://github.com/", []string{"acme"}, "https://github.com/acme"},
		{"https://github.example:8443", []string{"a/b", "c d", "é", "?#&@()"}, "https://github.example:8443/a%2Fb/c%20d/%C3%A9/%3F%23%26%40%28%29"},
		{"http://127.0.0.1:3000", []string{"a"}, "http://127.0.0.1:3000/a"},
		{"http://localhost", []string{"a"}, "http://localhost/a"},
		{"http://[::1]:80", []string{"a"}, "http://[::1]:80/a"},
		{"https://github.com", []string{"acme", "shop", "blob", "main", "x"}, "https://github.com/acme/shop/blob/main/x"},
		{"https://github.com", []string{"acme", "shop", "issues", "new"}, "https://github.com/acme/shop/issues/new"},
		{"https://github.com", []string{"acme", "shop", "actions", "runs", "12"}, "https://github.com/acme/shop/actions/runs/12"},
		{"https://github.com", []string{"acme", "shop", "issues", "12"}, ""},
		{"https://github.com", []string{"acme", "shop", "pull", "12", "files"}, ""},
		{"https://github.com", []string{"acme", "shop", "discussions", "1"}, ""},
		{"https://github.com", []string{"acme", "shop/issues/1"}, ""},
		{"https://github.com", []string{"a", ""}, ""},
		{"https://github.com", []string{".."}, ""},
		{"https://github.com", []string{"."}, ""},
		{"http://github.com", nil, ""},
		{"ftp://github.com", nil, ""},
		{"javascript:alert(1)", nil, ""},
		{"https://github.com/acme", nil, ""},
		{"https://user@github.com", nil, ""},
		{"https://github.com?x", nil, ""},
		{"https://github.com#x", nil, ""},
		{"https://git hub.com", nil, ""},
		{"https://github.com)", nil, ""},
		{"https://localhost.evil.example:x", nil, ""},
		{"http://localhost.evil.example", nil, ""},
		{"https://", nil, ""},
		{"", nil, ""},
	} {
		got, err := sink.Web(test.server, test.segments...)
		if got.String() != test.want || (err != nil) != (test.want == "") {
			t.Errorf("Web(%q, %q): got %q, error %v; want %q", test.server, test.segments, got, err, test.want)
		}
	}
}

func TestParseURL(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://acme.example/a?b=c&d": "https://acme.example/a?b=c&d",
		"https://acme.example/(x)":     "https://acme.example/(x)",
		"http://acme.example":          "", "https://x@acme.example": "", "https://localhost/": "", "javascript:x": "", "": "", "https://acme.example/\n": "", "https://acme.example/a b": "", "https://acme.example/?a=%;": "",
		"https://github.com/acme/shop/issues/1": "", "https://github.com/acme/shop/%69ssues/1": "", "https://github.com/acme/shop/Pull/1#x": "",
		"https://github.com/acme/shop/x/../issues/1": "", "https://github.com/acme/shop/issues//1": "", "https://github.com/acme/shop/issues": "https://github.com/acme/shop/issues",
	} {
		got, err := sink.ParseURL(text)
		if got.String() != want || (err != nil) != (want == "") {
			t.Errorf("ParseURL(%q): got %q, error %v; want %q", text, got, err, want)
		}
	}
}

func TestQuery(t *testing.T) {
	t.Parallel()
	u, err := sink.ParseURL("https://acme.example/new?a=b")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := u.Query("title", "a & b", "x#", "@y", "z").Anchor("L1").String(), "https://acme.example/new?a=b&title=a%20%26%20b&x%23=%40y&z=#L1"; got != want {
		t.Errorf("Query: got %s, want %s", got, want)
	}
	if got, want := u.String(), "https://acme.example/new?a=b"; got != want {
		t.Errorf("Query changes its receiver: got %s, want %s", got, want)
	}
}
