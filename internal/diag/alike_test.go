package diag_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/diag"
)

func TestAlike(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ words, want string }{
		{"sendgird sendgrid stripe", "sendgrid sendgird -"},
		{"stripe stripes", "stripes stripe"},
		{"g00gle-maps google-maps", "google-maps g00gle-maps"},
		{"arnazon amazon", "amazon arnazon"},
		{"paypal paypa1", "paypa1 paypal"},
		{"maps-v1 maps-v2 maps-v10", "- - -"},
		{"vendor-00010 vendor-00011", "- -"},
		{"aws awx s3 s4", "- - - -"},
		{"auth0 autho", "autho auth0"},
		{"larkspur-mail larkspur-maps", "- -"},
		{"stripe stripe", "- -"},
		{"", ""},
	} {
		var got []string
		for _, near := range diag.Alike(strings.Fields(c.words)) {
			if near == "" {
				near = "-"
			}
			got = append(got, near)
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("Alike(%q): %s", c.words, diff)
		}
	}
}

// A list of words that are all alike takes no longer than another.
func TestAlikeBounded(t *testing.T) {
	t.Parallel()
	var words []string
	for i := range 5_000 {
		words = append(words, fmt.Sprintf("vendor-%c%c%c%c", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26, 'a'+i/17576%26))
	}
	start := time.Now()
	diag.Alike(words)
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("%d words took %s", len(words), took)
	}
}
