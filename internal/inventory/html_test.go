package inventory_test

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// The policy of the page lets its own style and script run, each by its hash, and nothing else.
func TestContentSecurityPolicy(t *testing.T) {
	t.Parallel()
	page := all(t, sample())["report.html"]
	got, hashes, element := "", map[string]string{}, ""
	for tokens := html.NewTokenizer(strings.NewReader(page)); ; {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			break
		}
		token := tokens.Token()
		switch kind { //nolint:exhaustive // the rest is of no interest
		case html.StartTagToken:
			element = token.Data
			if element == "meta" && len(token.Attr) == 2 && token.Attr[0].Val == "Content-Security-Policy" {
				got = token.Attr[1].Val
			}
		case html.TextToken:
			if element == "style" || element == "script" {
				sum := sha256.Sum256([]byte(token.Data))
				hashes[element] = base64.StdEncoding.EncodeToString(sum[:])
			}
			element = ""
		}
	}
	want := "default-src 'none'; style-src 'sha256-" + hashes["style"] + "'; script-src 'sha256-" + hashes["script"] + "'; base-uri 'none'; form-action 'none'"
	if got != want || len(hashes) != 2 {
		t.Errorf("the policy is\n%s\nwant\n%s", got, want)
	}
	if strings.Contains(page, "url(") || strings.Contains(page, "@import") || strings.Contains(page, "fetch(") {
		t.Error("the page loads something")
	}
}
