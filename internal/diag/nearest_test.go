package diag_test

import (
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	vendors := []string{"sendgrid", "stripe", "twilio", "google-maps", "ai", "okta"}
	for _, test := range []struct {
		name, word string
		choices    []string
		want       string
	}{
		{"equal", "stripe", vendors, "stripe"},
		{"swap of neighbours", "sendgird", vendors, "sendgrid"},
		{"two swaps are too many for six letters, not for eight", "esndgird", vendors, "sendgrid"},
		{"letter left out", "stipe", vendors, "stripe"},
		{"letter too many", "twillio", vendors, "twilio"},
		{"other letter", "strape", vendors, "stripe"},
		{"look-alike", "strіpe", vendors, "stripe"},
		{"digits that look like letters", "str1pe", vendors, "stripe"},
		{"all letters look-alike", "ѕtrіре", vendors, "stripe"},
		{"case", "SendGrid", vendors, "sendgrid"},
		{"underscore for hyphen", "google_maps", vendors, "google-maps"},
		{"blank for hyphen", "google maps", vendors, "google-maps"},
		{"too far", "mailgun", vendors, ""},
		{"a third is near", "abcdxx", []string{"abcdef"}, "abcdef"},
		{"more than a third is not", "abcxxx", []string{"abcdef"}, ""},
		{"short word, one change", "oka", vendors, "okta"},
		{"two letters, one change", "al", vendors, "ai"},
		{"one letter for another is no likeness", "5", []string{"1", "2"}, ""},
		{"one letter, same in another case", "A", []string{"a"}, "a"},
		{"the beginning of a version", "4.0", []string{"4.1", "4.0.3"}, "4.0.3"},
		{"the beginning of several", "4", []string{"4.1", "4.0.3"}, ""},
		{"a choice that begins another", "4.0", []string{"4.0.3", "4.0"}, "4.0"},
		{"one letter, longer choice", "a", []string{"ab"}, ""},
		{"tie goes to the first", "cat", []string{"car", "cap"}, "car"},
		{"the nearer of two", "strip", []string{"strop-", "stripe"}, "stripe"},
		{"a later choice that is equal", "okta", []string{"okto", "okta"}, "okta"},
		{"a path", "encryption.at_rest.encryted", []string{"encryption.in_transit.min_tls", "encryption.at_rest.encrypted"}, "encryption.at_rest.encrypted"},
		{"empty word", "", vendors, ""},
		{"no choice", "stripe", nil, ""},
		{"empty choice", "a", []string{""}, ""},
		{"long word", strings.Repeat("a", 129), []string{strings.Repeat("a", 129)}, ""},
		{"not so long word", strings.Repeat("a", 128), []string{strings.Repeat("a", 127) + "b"}, strings.Repeat("a", 127) + "b"},
		{"another word for it", "production", []string{"dev", "prod"}, "prod"},
		{"another word for it, before what is written like it", "ai", []string{"ci", "ai-inference"}, "ai-inference"},
		{"a word that is a choice itself", "ai", []string{"ai-inference", "ai"}, "ai"},
		{"another word for what is no choice", "pii", []string{"internal"}, ""},
		{"initials", "PII", []string{"personal", "public"}, "personal"},
		{"a severity cut short", "warn", []string{"off", "note", "warning", "error"}, "warning"},
		{"half a name", "larkspur", []string{"larkspur-mail", "stripe"}, "larkspur-mail"},
		{"the other half", "Mail", []string{"larkspur-mail", "stripe"}, "larkspur-mail"},
		{"half of two names", "larkspur", []string{"larkspur-mail", "larkspur-maps"}, ""},
		{"not a whole part", "lark", []string{"larkspur-mail"}, ""},
		{"a part of few letters", "api", []string{"api-hosts"}, ""},
		{"more than a name", "stripe-payments-api", []string{"stripe", "strip"}, "stripe"},
		{"bytes that are no text", "\xff\xfe", vendors, ""},
	} {
		if got := diag.Nearest(test.word, test.choices); got != test.want {
			t.Errorf("%s: Nearest(%q): got %q, want %q", test.name, test.word, got, test.want)
		}
	}
}

// Each slip of the finger in a name leads back to the name.
func TestNearestFindsSlips(t *testing.T) {
	t.Parallel()
	names := []string{"calderwick-payments", "quillnest-messaging", "halloway-maps", "larkspur-mail"}
	for _, name := range names {
		for i := range name {
			slips := []string{name[:i] + name[i+1:], name[:i] + "x" + name[i:], name[:i] + "x" + name[i+1:], strings.ToUpper(name[:i]) + name[i:]}
			if i+1 < len(name) {
				slips = append(slips, name[:i]+name[i+1:i+2]+name[i:i+1]+name[i+2:])
			}
			for _, slip := range slips {
				if got := diag.Nearest(slip, names); got != name {
					t.Errorf("Nearest(%q): got %q, want %q", slip, got, name)
				}
			}
		}
	}
}

func FuzzNearest(f *testing.F) {
	f.Add("sendgird", "sendgrid")
	f.Add("ѕ", "\xff")
	f.Fuzz(func(t *testing.T, word, choice string) {
		got := diag.Nearest(word, []string{choice})
		if got != "" && got != choice {
			t.Errorf("Nearest(%q, %q): got %q", word, choice, got)
		}
		if word != "" && len([]rune(word)) <= 60 && diag.Nearest(word, []string{word}) != word {
			t.Errorf("Nearest(%q) does not find the word itself", word)
		}
	})
}

func TestMistyped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ word, choice, want string }{
		{"pentest-206", "pentest-2026", "pentest-2026"},
		{"petnest-2026", "pentest-2026", "pentest-2026"},
		{"soc2", "soc1", "soc1"},
		{"pci-aoc-2026", "pilot-2026", ""},
		{"exit-plan-2026", "exit-test-2026", ""},
		{"a", "bc", ""},
		{strings.Repeat("a", 129), strings.Repeat("a", 128), ""},
	} {
		if got := diag.Mistyped(c.word, []string{"something-else", c.choice}); got != c.want {
			t.Errorf("Mistyped(%q, %q): got %q, want %q", c.word, c.choice, got, c.want)
		}
	}
}
