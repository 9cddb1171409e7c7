package scalar_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

func TestNames(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"a.ferreira", "@a.ferreira"}, {"A.Ferreira", "a.ferreira"}, {" @A.FERREIRA ", "a.ferreira"}} {
		if !scalar.SameLogin(pair[0], pair[1]) {
			t.Errorf("SameLogin(%q, %q) = false", pair[0], pair[1])
		}
	}
	if scalar.SameLogin("", "") || scalar.SameLogin("@", "") || scalar.SameLogin("a", "b") {
		t.Error("SameLogin: names that are empty or differ are the same")
	}
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"acme/*", "Acme/Shop", true},
		{"Acme/Shop", "acme/shop", true},
		{"acme/*", "acme/a/b", false},
		{"*/*", "acme/shop", true},
		{"acme/sh?p", "acme/shop", true},
		{"other/*", "acme/shop", false},
		{"acme/[", "acme/[", false},
		{"", "", true},
	} {
		if got := scalar.RepositoryMatches(c.pattern, c.name); got != c.want {
			t.Errorf("RepositoryMatches(%q, %q) = %v, want %v", c.pattern, c.name, got, c.want)
		}
	}
	for _, c := range []struct {
		pattern, team string
		want          bool
	}{
		{"growth", "growth", true},
		{"Growth", "growth", true},
		{"growth", "@acme/growth", true},
		{"@acme/growth", "growth", true},
		{"acme/growth", "@Acme/Growth", true},
		{"acme/growth", "@other/growth", false},
		{"team-*", "@acme/team-growth", true},
		{"*", "growth", true},
		{"*", "", false},
		{"growth", "growth-two", false},
	} {
		if got := scalar.TeamMatches(c.pattern, c.team); got != c.want {
			t.Errorf("TeamMatches(%q, %q) = %v, want %v", c.pattern, c.team, got, c.want)
		}
	}
}

// TestRepositoryPattern: a pattern has a problem if and only if it matches none of many names, and the hint names one that matches.
func TestRepositoryPattern(t *testing.T) {
	t.Parallel()
	for pattern, hint := range map[string]string{
		"cart":                           "write `owner/cart` with the owner's name, or `*/cart` for any owner",
		"acme/{cart,shop}":               "write one entry for each: acme/cart, acme/shop",
		"!acme/cart":                     "list the repositories or patterns that are allowed",
		"**":                             "write `*/*` for every repository, or `owner/*` for every repository of an owner",
		"acme/**":                        "write `acme/*`",
		"https://github.com/acme/cart":   "write `acme/cart`",
		"https://github.com/acme/c.git/": "write `acme/c`",
		"https://github.com":             "write owner/name",
		"acme/":                          "write `acme/*` for every repository of an owner",
		"acme/shop/x":                    "write `acme/shop`",
		"acme/*/x":                       "write `acme/*`",
		"github.com/acme/shop":           "write `acme/shop`",
		"acme/my shop":                   "write `acme/myshop`",
		"acme/[":                         "close the bracket, or write * instead",
	} {
		if problem, got := scalar.RepositoryPattern(pattern); problem == "" || got != hint {
			t.Errorf("RepositoryPattern(%q) = %q, %q, want a problem and %q", pattern, problem, got, hint)
		}
	}
	for _, pattern := range []string{"acme/cart", "acme/*", "*/*", "*/cart", "a?me/cart-*", "acme/[a-c]*"} {
		if problem, hint := scalar.RepositoryPattern(pattern); problem != "" || hint != "" {
			t.Errorf("RepositoryPattern(%q) = %q, %q, want none", pattern, problem, hint)
		}
	}
}
