package scalar_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

func TestBroadHost(t *testing.T) {
	t.Parallel()
	for glob, want := range map[string]bool{
		"*": true, "**": true, "*.com": true, "*.COM": true, "*.com.": true, "*.co.uk": true, "*.github.io": true, "*.c?m": true, "api.*": true, "acme-*.com": true,
		"*.{com,net}": true, "{acme.com,*.com}": true, "*.*.com": true, "[a-z]*.io": true, `\*.com`: true, "*.amazonaws.com": false, "*.run.app": true, "*.r.appspot.com": true,
		"": false, "api.acme.com": false, "com": false, "*.acme.com": false, "acme-*.acme.com": false, "{api,www}.acme.co.uk": false,
		"*.acme.github.io": false, "*.internal": false, "*.acme.example": false, "*.example": false, "db-*.svc.cluster.local": false,
	} {
		if got := scalar.BroadHost(glob); got != want {
			t.Errorf("BroadHost(%q): got %v, want %v", glob, got, want)
		}
	}
}

func TestBroadPackage(t *testing.T) {
	t.Parallel()
	for glob, want := range map[string]bool{
		"*": true, "**": true, "@*/*": true, "*/*": true, "**/*": true, "?*": true, "[a-z@]*": true, "{*,**}": true, "*-*": true,
		"": false, "stripe": false, "@acme/*": false, "acme-*": false, "github.com/acme/**": false, "[ab]cme": false, "github.com/**": true, "gitlab.com/*/*": true, "go.acme.example/**": false,
	} {
		if got := scalar.BroadPackage(glob); got != want {
			t.Errorf("BroadPackage(%q): got %v, want %v", glob, got, want)
		}
	}
}
