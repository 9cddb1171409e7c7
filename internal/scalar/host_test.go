package scalar_test

import (
	"strings"
	"testing"

	"golang.org/x/net/idna"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

func TestParseHost(t *testing.T) {
	t.Parallel()
	const (
		ip     = "it is an IP address"
		ascii  = "it is not ASCII; write its punycode form"
		scheme = "without a scheme"
		port   = "it has a port"
		idn    = "not a valid internationalised name"
	)
	label := strings.Repeat("a", 63)
	checkParser(t, "ParseHost", scalar.ParseHost, []verdict{
		{"api.stripe.com", ""},
		{"a.b", ""},
		{"3m.example", ""},
		{"calderwick.example", ""},
		{"api-eu-1.calderwick.example", ""},
		{"xn--bcher-kva.example", ""},
		{"xn--80ak6aa92e.com", ""}, // Cyrillic, but honest about it
		{label + ".example", ""},
		{strings.Repeat(label+".", 3) + strings.Repeat("b", 61), ""},

		{"", "it is empty"},
		{"localhost", "it has no dot"},
		{"stripe", "it has no dot"},
		{"API.stripe.com", "use lower case"},
		{"api.stripe.com.", "trailing dot"},
		{".stripe.com", "an empty label"},
		{"api..com", "an empty label"},
		{".", "trailing dot"},
		{"api_v1.stripe.com", "underscore"},
		{"-api.stripe.com", "starts or ends with a hyphen"},
		{"api-.stripe.com", "starts or ends with a hyphen"},
		{"r3---sn.example.com", "positions three and four"},
		{"a" + label + ".example", "63 characters"},
		{strings.Repeat(label+".", 3) + strings.Repeat("b", 62), "253 characters"},
		{"api.stripe.com\x00", "control character"},
		{"api.stripe.com ", "space or control"},
		{"api.stripe.com\n", "space or control"},
		{"api%2estripe.com", "a character that is not allowed"},
		{"api.stripe.com,x.test", "a character that is not allowed"},
		{"*.stripe.com", "it is a wildcard"},

		{"https://api.stripe.com", scheme},
		{"https:api.stripe.com", scheme},
		{"//api.stripe.com", scheme},
		{"https:///api.stripe.com", scheme},
		{"https://api.stripe.com@x.test", scheme},
		{"api.stripe.com@x.test", "user information"},
		{"user:pass@api.stripe.com", "user information"},
		{"api.stripe.com:443", port},
		{"api.stripe.com:", port},
		{"api.stripe.com/v1", "it has a path"},
		{`api.stripe.com\v1`, "it has a path"},
		{"api.stripe.com?x=1", "it has a path"},
		{"api.stripe.com#x", "it has a path"},

		{"127.0.0.1", ip},
		{"127.0.0.1:443", ip},
		{"::1", ip},
		{"[::1]", ip},
		{"[::1]:443", ip},
		{"::ffff:127.0.0.1", ip},
		{"fe80::1%eth0", ip},
		{"2130706433", ip},
		{"0x7f000001", ip},
		{"0x7f.1", ip},
		{"127.1", ip},
		{"0177.0.0.01", ip},
		{"1.2.3.4.5", ip},
		{"example.0x", ip},

		{"ａｐｉ.stripe.com", ascii},                                // full-width letters
		{"api。stripe.com", ascii},                                // ideographic full stop
		{"api\u200b.stripe.com", ascii},                          // zero-width space
		{"api\u00ad.stripe.com", ascii},                          // soft hyphen
		{"str\u0456pe.com", ascii},                               // Cyrillic i
		{"bücher.example", ascii},                                // an honest one
		{"api.stripe.com\u2024x", ascii},                         // one dot leader
		{"\ufeffapi.stripe.com", ascii},                          // byte order mark
		{"api.stripe.com\xff", ascii},                            // not UTF-8
		{"xn--.example", "hyphen"},                               // nothing encoded
		{"xn--stripe-.com", "hyphen"},                            // plain ASCII in disguise
		{"xn--ls8h=.example", "a character that is not allowed"}, // not even a label
		{"xn--a-ecp.ru", idn},                                    // encodes what IDNA does not allow
		{"xn--zzzzzzzzzzz99.com", idn},                           // not decodable
		{"xn--fiqs8s.x-", "hyphen"},                              // a good A-label first
	})
}

// What IDNA maps to an ASCII name without an error must not be a second spelling of it.
func TestParseHostRefusesWhatIDNAMaps(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"API.stripe.com", "ａｐｉ.stripe.com", "api。stripe.com", "api\u200b.stripe.com"} {
		if got, err := idna.Lookup.ToASCII(s); err != nil || got != "api.stripe.com" {
			t.Errorf("idna.Lookup.ToASCII(%q) = %q, %v; the test has lost its point", s, got, err)
		}
		if scalar.ParseHost(s) == nil {
			t.Errorf("ParseHost(%q) accepted", s)
		}
	}
}

func TestParseHostPattern(t *testing.T) {
	t.Parallel()
	const star = "a star in the wrong place"
	checkParser(t, "ParseHostPattern", scalar.ParseHostPattern, []verdict{
		{"api.stripe.com", ""},
		{"*.stripe.com", ""},
		{"*.eu.calderwick.example", ""},
		{"*.com", "too broad"},
		{"*.localhost", "too broad"},
		{"*", star},
		{"*.", "too broad"},
		{"*.*.stripe.com", star},
		{"**.stripe.com", star},
		{"api.*.com", star},
		{"*stripe.com", star},
		{"api*.stripe.com", star},
		{"*.Stripe.com", "use lower case"},
		{"*.stripe.com.", "trailing dot"},
		{"*.stripe.com:443", "it has a port"},
		{"*.127.0.0.1", "an IP address"},
		{"*.2130706433", "too broad"},
		{"https://*.stripe.com", star},
	})
}

func TestHostMatches(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		pattern, host string
		want          bool
	}{
		{"x.y", "x.y", true},
		{"x.y", "a.x.y", false},
		{"*.x.y", "a.x.y", true},
		{"*.x.y", "a.b.x.y", true},
		{"*.x.y", "x.y", false},
		{"*.x.y", "ax.y", false},
		{"*.x.y", "evilx.y", false},
		{"*.x.y", ".x.y", false},
		{"*.x.y", "a.x.y.z", false},
		{"*.x.y", "A.X.Y", false},
		{"x.y", "X.y", false},
		{"a.x.y", "*.x.y", false},
		{"x.y", "", false},
	} {
		if got := scalar.HostMatches(tt.pattern, tt.host); got != tt.want {
			t.Errorf("HostMatches(%q, %q) = %t, want %t", tt.pattern, tt.host, got, tt.want)
		}
	}
}

func FuzzHost(f *testing.F) {
	for _, s := range []string{
		"api.stripe.com", "xn--bcher-kva.example", "127.0.0.1", "[::1]:443", "https://api.stripe.com@x.test",
		"api。stripe.com", "*.x.y", "2130706433", "a.b:443",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if err := scalar.ParseHost(s); err != nil {
			mustNotQuote(t, err, s)
			return
		}
		if got, err := idna.Lookup.ToASCII(s); err != nil || got != s {
			t.Errorf("ParseHost(%q) accepted, but IDNA says %q, %v", s, got, err)
		}
		if strings.ToLower(s) != s || strings.Trim(s, ".") != s {
			t.Errorf("ParseHost(%q) accepted", s)
		}
		if host, err := scalar.ParseEndpoint("https://" + s + "/v1"); err != nil || host != s {
			t.Errorf("ParseEndpoint with the host %q = %q, %v", s, host, err)
		}
		if err := scalar.ParseHostPattern("*." + s); err != nil || !scalar.HostMatches("*."+s, "a."+s) || scalar.HostMatches("*."+s, s) {
			t.Errorf("the pattern *.%s is wrong: %v", s, err)
		}
	})
}
