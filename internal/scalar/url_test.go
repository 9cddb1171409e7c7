package scalar_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

func TestParseURL(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"https://api.stripe.com", "https://api.stripe.com/", "https://api.stripe.com/v1/charges",
		"https://api.stripe.com/v1?a=b&c=%20d", "https://api.stripe.com?x", "https://api.stripe.com/a@b:c",
		"https://api.stripe.com/.well-known/security.txt", "https://api.stripe.com//x",
	} {
		if host, err := scalar.ParseURL(s); err != nil || host != "api.stripe.com" {
			t.Errorf("ParseURL(%q) = %q, %v", s, host, err)
		}
		_, err := scalar.ParseEndpoint(s)
		if asks := strings.Contains(s, "?"); (err != nil) != asks {
			t.Errorf("ParseEndpoint(%q): %v", s, err)
		} else if asks && !strings.Contains(err.Error(), "it has a query") {
			t.Errorf("ParseEndpoint(%q): %v", s, err)
		}
	}
	parse := func(s string) error {
		host, err := scalar.ParseURL(s)
		if err != nil && host != "" {
			t.Errorf("ParseURL(%q) = %q and an error", s, host)
		}
		return err
	}
	const https = "start it with https://"
	checkParser(t, "ParseURL", parse, []verdict{
		{"", https},
		{"http://api.stripe.com", https},
		{"HTTPS://api.stripe.com", https},
		{"https:api.stripe.com", https},
		{"https:/api.stripe.com", https},
		{"//api.stripe.com", https},
		{"api.stripe.com", https},
		{" https://api.stripe.com", https},
		{"javascript:alert(1)", https},
		{"https:///x", "it is empty"},
		{"https://", "it is empty"},
		{"https://?x", "it is empty"},
		{"https://https://api.stripe.com", "without a scheme"},
		{"https://api.stripe.com@x.test", "user information"},
		{"https://user:pass@api.stripe.com/", "user information"},
		{"https://api.stripe.com:443/", "it has a port"},
		{"https://api.stripe.com:/", "it has a port"},
		{"https://api.stripe.com./", "trailing dot"},
		{"https://API.stripe.com/", "use lower case"},
		{"https://127.0.0.1/", "an IP address"},
		{"https://[::1]/", "an IP address"},
		{"https://2130706433/", "an IP address"},
		{"https://api。stripe.com/", "percent-encode"},
		{"https://api.stripe.com/ü", "percent-encode"},
		{"https://api.stripe.com/a b", "percent-encode"},
		{"https://api.stripe.com/a\tb", "percent-encode"},
		{"https://api.stripe.com/\n", "percent-encode"},
		{"https://api.stripe.com/\x7f", "percent-encode"},
		{`https://api.stripe.com\@x.test/`, "percent-encode"},
		{"https://api.stripe.com/{id}", "percent-encode"},
		{"https://api.stripe.com/#frag", "a fragment"},
		{"https://api.stripe.com#@x.test", "a fragment"},
		{"https://api.stripe.com/%zz", "two hexadecimal digits"},
		{"https://api.stripe.com/%2", "two hexadecimal digits"},
		{"https://api.stripe.com%2fx/", "a character that is not allowed"},
	})
}

// An accepted URL is read with the same host by net/url, whatever else it holds.
func FuzzURL(f *testing.F) {
	for _, s := range []string{"https://api.stripe.com/v1?a=b", "https://a.b@c.d", "https://a.b:1/", "https:a.b", "https://a.b/%41"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		host, err := scalar.ParseURL(s)
		if err != nil {
			mustNotQuote(t, err, s)
			return
		}
		if u, err := url.Parse(s); err != nil || u.Host != host || u.Scheme != "https" || scalar.ParseHost(host) != nil {
			t.Errorf("ParseURL(%q) = %q, but net/url says %+v, %v", s, host, u, err)
		}
	})
}
