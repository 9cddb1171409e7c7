package detect_test

import (
	"strings"
	"testing"
)

// A long line in code that people write lowers evidence by one step. Published libraries and data count as hints.
func TestLongLine(t *testing.T) {
	t.Parallel()
	const request = `fetch("https://api.stripe.com/v1/charges")` + "\n"
	long := "x='" + strings.Repeat("0", 12_000) + "'\n"
	for name, test := range map[string]struct{ file, text, want string }{
		"a call":                  {"src/pay.js", request + long, "stripe likely"},
		"a call with a key":       {"src/pay.js", "key(process.env.STRIPE_SECRET_KEY)\n" + request + long, "stripe likely"},
		"an import":               {"src/pay.py", "import stripe\n" + long, "stripe likely"},
		"cases like tests":        {"src/pay.js", "it('pays')\n" + request + long, "stripe likely"},
		"a published library":     {"public/lib.js", "/*! Lib v3.7.1 | (c) Somebody */\n" + request + long, "stripe hint"},
		"a library and a key":     {"public/lib.js", "/*! Lib v3.7.1 */\nkey(process.env.STRIPE_SECRET_KEY)\n" + request + long, "stripe likely"},
		"a comment is no licence": {"src/pay.js", "/* pays */\n" + request + long, "stripe likely"},
		"data":                    {"reports/x.json", `{"url": "https://api.stripe.com/v1", "x": "` + long[3:12_000] + `"}`, "stripe hint"},
	} {
		got, _, _ := strings.Cut(describe(scan(t, memory{test.file: test.text}.fs())), "\n")
		if got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}
