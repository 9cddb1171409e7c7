package attr_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

func TestGoodScalars(t *testing.T) {
	t.Parallel()
	for key, values := range map[string][]string{
		"text":     {"a", "1.10", "007", "true", "yes", "2026-01-01", "'null'", "'~'", "' blank '", `"two\nlines"`, strings.Repeat("é", 2000), "<b>&amp;", "'a # b'"},
		"id":       {"a", "0", "a-b", "a--b", "a-", "007", strings.Repeat("a", 63)},
		"word":     {"a.ferreira", "'@acme/team'", "WVR-2026-014", "1", "true", "s_m", strings.Repeat("a", 100)},
		"level":    {"low", "medium", "'high'"},
		"min_tls":  {"1.0", "'1.2'", `"1.1"`},
		"yes":      {"true", "false"},
		"int":      {"0", "1", "007", "999999999"},
		"number":   {"0", "1", "0.03", "99.95", "007", "123456789012345"},
		"date":     {"2026-01-31", "'2024-02-29'", "1900-01-01", "9999-12-31"},
		"period":   {"P30D", "P12M", "PT15M", "P1Y2M3W4DT5H6M7S", "'P0D'"},
		"url":      {"https://a.example", "https://a.example/x?y=z", "https://a.example/@user/x", "https://a.example/%20", "https://xn--bcher-kva.example/"},
		"endpoint": {"https://a.example/v3", "https://a.example/users/@me"},
		"host":     {"a.example", "'*.a.example'", "xn--bcher-kva.example", "1.a.example"},
		"purl":     {"pkg:npm/%40a/b", "pkg:pypi/a", "pkg:golang/github.com/a/b"},
		"country":  {"IE", "'NO'"},
		"lei":      {"9999CALDERWICKPAY098"},
		"zone":     {"UTC", "Europe/Dublin"},
		"glob":     {"acme/checkout-*", "'*'", "a?[b-c]"},
		"regexp":   {"ckl_(live|test)_[0-9A-Za-z]{32}", "'^a$'"},
		"digest":   {strings.Repeat("0a", 32)},
		"secret":   {"CALDERWICK_CLIENT_KEY", "prod/api-key", "a.b"},
	} {
		for _, value := range values {
			record := parse(t, sample(), key+": "+value+"\n")
			v := record.Get(key)
			want := strings.Trim(value, `'"`)
			if value == `"two\nlines"` {
				want = "two\nlines"
			}
			if !v.Known() || v.Text != want || v.Pos.Line != 1 || v.Pos.Col != len(key)+3 {
				t.Errorf("Parse(%s: %s): got %+v, want %q set at column %d", key, value, *v, want, len(key)+3)
			}
			if v.At().Value != v.Text || v.At().Pos != v.Pos {
				t.Errorf("At() of %s: got %+v", key, v.At())
			}
		}
	}
}

// An empty list is an answer, unless there is always an item.
func TestEmptyLists(t *testing.T) {
	t.Parallel()
	r := parse(t, sample(), "words: []\nplaces: []\nclaim: {methods: []}\n")
	for path, want := range map[string]attr.State{"words": attr.Set, "claim.methods": attr.Set, "places": attr.Unknown} {
		if got := r.Get(path); got.State != want || got.Pos.Line == 0 {
			t.Errorf("%s: got %+v, want the state %d", path, *got, want)
		}
	}
}

func TestConverted(t *testing.T) {
	t.Parallel()
	r := parse(t, sample(), "level: high\nint: 042\ndate: 2026-11-23\nperiod: P1Y\nyes: false\nclaim: {yes: true, rotation: n/a, life: null, age: never, risk: unknown, int: unknown, methods: unknown}\n")
	if got := r.Get("level").Int; got != 2 {
		t.Errorf("index of high: got %d, want 2", got)
	}
	if got := r.Get("int").Int; got != 42 {
		t.Errorf("int: got %d, want 42", got)
	}
	if got, want := r.Get("date").Day, scalar.NewDate(2026, time.November, 23); got != want {
		t.Errorf("date: got %v, want %v", got, want)
	}
	if got := r.Get("period").Span.String(); got != "P1Y" {
		t.Errorf("period: got %v, want P1Y", got)
	}
	if v := r.Get("yes"); v.True() || !v.False() {
		t.Errorf("yes: got %+v, want false", *v)
	}
	if v := r.Get("claim.yes"); !v.True() || v.False() {
		t.Errorf("claim.yes: got %+v, want true", *v)
	}
	states := map[string]attr.State{
		"claim.rotation": attr.NotApplicable, "claim.life": attr.NotApplicable, "claim.age": attr.Set,
		"claim.risk": attr.Set, "claim.int": attr.Unknown, "claim.methods": attr.Unknown, "claim.deep.inner": attr.Absent,
	}
	for path, want := range states {
		if got := r.Get(path).State; got != want {
			t.Errorf("state of %s: got %d, want %d", path, got, want)
		}
	}
	for _, path := range []string{"claim.rotation", "claim.life", "claim.int"} {
		if v := r.Get(path); v.Known() || v.True() || v.False() {
			t.Errorf("%s: got a known value", path)
		}
	}
	for _, text := range []string{"claim: {life: ~}", "claim: {life: null}", "claim:\n  life:\n"} {
		if got := parse(t, sample(), text).Get("claim.life").State; got != attr.NotApplicable {
			t.Errorf("state of claim.life in %q: got %d, want not applicable", text, got)
		}
	}
}

func TestBadScalars(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ key, value, want string }{
		{"text", `""`, "the value is empty | write one, or remove the key"},
		{"text", strings.Repeat("é", 2001), `"` + strings.Repeat("é", 30) + `..." is not text | write at most 2000 characters`},
		{"id", "Acme", `"Acme" is not an id | write "acme", with lower-case letters, digits and - only`},
		{"id", "-a", `"-a" is not an id | write "a", with lower-case letters, digits and - only`},
		{"id", "Larkspur_Mail", `"Larkspur_Mail" is not an id | write "larkspur-mail", with lower-case letters, digits and - only`},
		{"id", "api.acme_", `"api.acme_" is not an id | write "api-acme", with lower-case letters, digits and - only`},
		{"id", "a/b", `"a/b" is not an id | write lower-case letters, digits and -, starting with a letter or digit`},
		{"id", "strіpe", `"strіpe" is not an id | write lower-case letters, digits and -, starting with a letter or digit`},
		{"id", "' stripe'", `" stripe" is not an id | remove the spaces around it`},
		{"id", strings.Repeat("a", 64), `"` + strings.Repeat("a", 60) + `..." is not an id | write at most 63 characters`},
		{"word", "two words", `"two words" is not a name | write a name of letters, digits and _ . / @ -, without spaces`},
		{"word", strings.Repeat("a", 101), `"` + strings.Repeat("a", 60) + `..." is not a name | write a name of letters, digits and _ . / @ -, without spaces`},
		{"level", "meduim", `"meduim" is not allowed | did you mean "medium"? use one of low, medium, high`},
		{"level", "Low", `"Low" is not allowed | did you mean "low"? use one of low, medium, high`},
		{"level", "purple", `"purple" is not allowed | use one of low, medium, high`},
		{"level", "unknown", `"unknown" is not allowed | use one of low, medium, high`},
		{"wide", "tow", `"tow" is not allowed | did you mean "two"?`},
		{"wide", "purple", `"purple" is not allowed | use one of one, two, three, four, five, six, seven, eight, nine, ten`},
		{"min_tls", "1.20", `"1.20" is not allowed | did you mean "1.0"? use one of 1.0, 1.1, 1.2`},
		{"yes", `"true"`, `"true" is not a yes/no value | write true or false, without quotes`},
		{"yes", "yes", `"yes" is not a yes/no value | write true or false, without quotes`},
		{"yes", "True", `"True" is not a yes/no value | write true or false, without quotes`},
		{"yes", "unknown", `"unknown" is not a yes/no value | write true or false, without quotes`},
		{"yes", "1", `"1" is not a yes/no value | write true or false, without quotes`},
		{"int", "-1", `"-1" is not a whole number | write it in digits, without quotes`},
		{"int", "+1", `"+1" is not a whole number | write it in digits, without quotes`},
		{"int", "1.0", `"1.0" is not a whole number | write it in digits, without quotes`},
		{"int", `"1"`, `"1" is not a whole number | write it in digits, without quotes`},
		{"int", "0x1", `"0x1" is not a whole number | write it in digits, without quotes`},
		{"int", "1_000", `"1_000" is not a whole number | write it in digits, without quotes`},
		{"int", strings.Repeat("9", 24), `"999999999999999999999999" is not a whole number | write it in digits, without quotes`},
		{"number", "1e3", `"1e3" is not a number | write it in digits, without quotes`},
		{"number", ".5", `".5" is not a number | write it in digits, without quotes`},
		{"number", "-0.5", `"-0.5" is not a number | write it in digits, without quotes`},
		{"number", ".inf", `".inf" is not a number | write it in digits, without quotes`},
		{"number", "1.", `"1." is not a number | write it in digits, without quotes`},
		{"number", "'0.5'", `"0.5" is not a number | write it in digits, without quotes`},
		{"date", "2026-02-30", `"2026-02-30" is not a date: there is no such day | check the month and day`},
		{"date", "2026-02-30T00:00:00Z", `"2026-02-30T00:00:00Z" is not a date | write the day as YYYY-MM-DD, without a time`},
		{"date", "31.12.2026", `"31.12.2026" is not a date | write the day as YYYY-MM-DD, without a time`},
		{"period", "30 days", `"30 days" is not a period | write P30D`},
		{"period", "P1.5M", `"P1.5M" is not a period: it has a fraction | write whole numbers, as in P1M or P15D`},
		{"period", "never", `"never" is not a period | start it with P, as in P30D, P12M or P1Y`},
		{"url", "http://a.example", `"http://a.example" is not a URL | start it with https:// in lower case`},
		{"url", "https://api.stripe.com@x.example", `"https://api.stripe.com@x.example" is not a URL: it has user information | remove the part up to the @`},
		{"url", "https://a.example:8443/", `"https://a.example:8443/" is not a URL: it has a port | remove it`},
		{"url", "https://a.example/#x", `"https://a.example/#x" is not a URL: it has a fragment | remove the # and what follows`},
		{"endpoint", "https://a.example/v3?key=1", `"https://a.example/v3?key=1" is not an endpoint: it has a query | remove the ? and what follows`},
		{"host", "API.example.com", `"API.example.com" is not a host: it has upper-case letters | use lower case`},
		{"host", "api.example.com.", `"api.example.com." is not a host: it has a trailing dot | remove it`},
		{"host", "ａpi.example.com", `"ａpi.example.com" is not a host: it is not ASCII | write its punycode form, as in xn--bcher-kva.example`},
		{"host", "10.0.0.1", `"10.0.0.1" is not a host: it is an IP address | write its DNS name`},
		{"host", "'*.com'", `"*.com" is not a host: it is too broad | write at least two labels after the star, as in *.example.com`},
		{"purl", "pkg:npm/a@1.0", `"pkg:npm/a@1.0" is not a purl: it has a version | remove it, and write @ in a name as %40`},
		{"country", "ie", `"ie" is not a country: it is in lower case | use upper case, as in IE`},
		{"country", "UK", `"UK" is not a country: it is only reserved in ISO 3166-1 | write GB for the United Kingdom`},
		{"lei", "9999CALDERWICKPAY099", `"9999CALDERWICKPAY099" is not an LEI: its check digits are wrong | copy it again from the register`},
		{"zone", "Local", `"Local" is not a zone | write an IANA zone, such as UTC or Europe/Dublin`},
		{"zone", "Mars/Base", `"Mars/Base" is not a zone | write an IANA zone, such as UTC or Europe/Dublin`},
		{"zone", "../etc/passwd", `"../etc/passwd" is not a zone | write an IANA zone, such as UTC or Europe/Dublin`},
		{"glob", "'a[b'", `"a[b" is not a glob | write a glob of at most 200 characters, such as acme/checkout-*`},
		{"glob", strings.Repeat("a", 201), `"` + strings.Repeat("a", 60) + `..." is not a glob | write a glob of at most 200 characters, such as acme/checkout-*`},
		{"regexp", "'a('", `"a(" is not a pattern | write an RE2 expression of at most 500 characters`},
		{"regexp", "'(?=a)'", `"(?=a)" is not a pattern | write an RE2 expression of at most 500 characters`},
		{"digest", strings.Repeat("0A", 32), `"` + strings.Repeat("0A", 30) + `..." is not a SHA-256 | write 64 lower-case hexadecimal digits`},
		{"digest", strings.Repeat("c", 64), `"` + strings.Repeat("c", 60) + `..." is not a SHA-256 | write the SHA-256 of the document, as sha256sum prints it`},
		{"digest", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", `"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852..." is not a SHA-256 | write the SHA-256 of the document, as sha256sum prints it`},
		{"digest", "0a", `"0a" is not a SHA-256 | write 64 lower-case hexadecimal digits`},
		{"secret", "KEY=value", `"KEY=value" is not a secret's name | write the secret's name, in letters, digits and _ . / -`},
	} {
		text := test.key + ": " + test.value + "\n"
		record, problems := sample().Parse("f", []byte(text))
		want := fmt.Sprintf("f:1:%d: %s: %s\n", len(test.key)+3, test.key, test.want)
		if diff := cmp.Diff(want, lines(problems)); diff != "" {
			t.Errorf("Parse(%.80q): want, got:\n%s", text, diff)
		}
		if got := record.Get(test.key); got.State != attr.Invalid || got.Known() {
			t.Errorf("Parse(%.80q): got %+v, want an invalid value", text, *got)
		}
	}
}
