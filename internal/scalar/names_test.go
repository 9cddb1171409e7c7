package scalar_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

func TestNames(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"a.ferreira", "@a.ferreira"},
		{"A.Ferreira", "a.ferreira"},
		{" @A.FERREIRA ", "a.ferreira"},
		{"acme/a.ferreira", "a.ferreira"},
		{"@Acme/A.Ferreira", "@a.ferreira"},
		{"acme/@a.ferreira", "other/a.ferreira/"},
		{"https://github.com/a.ferreira", "a.ferreira"},
	} {
		if !scalar.SameLogin(pair[0], pair[1]) {
			t.Errorf("SameLogin(%q, %q) = false", pair[0], pair[1])
		}
	}
	if scalar.SameLogin("", "") || scalar.SameLogin("@", "") || scalar.SameLogin("acme/", "/") || scalar.SameLogin("acme/a", "acme/b") || scalar.SameLogin("a", "b") {
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
		{"acme/**", "acme/shop", false},
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
		{"**", "growth", false},
		{"growth", "growth-two", false},
	} {
		if got := scalar.TeamMatches(c.pattern, c.team); got != c.want {
			t.Errorf("TeamMatches(%q, %q) = %v, want %v", c.pattern, c.team, got, c.want)
		}
	}
}

// A pattern of teams has a problem if no team can match it, and a hint that names a value names one without.
func TestTeamPattern(t *testing.T) {
	t.Parallel()
	const example = "write the team's slug, with or without its organisation, as in `acme/team-checkout`"
	for pattern, want := range map[string]string{
		"https://github.com/orgs/acme/teams/x": "write `acme/x`", "acme/team/x": "write `acme/x`", "acme/a/x": example, "@acme/team x": example, "!x": "list the teams or patterns that are allowed",
		"{a,b}": "write one entry for each: `a`, `b`", "{a b,c}": example, "**": "write `*` for every team, or `acme/*` for every team of an organisation", "acme/": example, "/x": example, "": example, "[a": example,
		"https://acme.example": example,
	} {
		problem, hint := scalar.TeamPattern(pattern)
		if problem == "" || hint != want {
			t.Errorf("TeamPattern(%q) = %q, %q, want a problem and %q", pattern, problem, hint, want)
		}
	}
	for _, pattern := range []string{"growth", "@acme/growth", "acme/team-*", "*", "acme/*", "team_[ab]"} {
		if problem, hint := scalar.TeamPattern(pattern); problem != "" || hint != "" {
			t.Errorf("TeamPattern(%q) = %q, %q, want none", pattern, problem, hint)
		}
	}
}

// TestRepositoryPattern: a pattern has a problem if and only if it matches none of many names, and the hint names one that matches.
func TestRepositoryPattern(t *testing.T) {
	t.Parallel()
	for pattern, hint := range map[string]string{
		"cart":                            "write `owner/cart` with the owner's name, or `*/cart` for any owner",
		"acme/{cart,shop}":                "write one entry for each: acme/cart, acme/shop",
		"!acme/cart":                      "list the repositories or patterns that are allowed",
		"**":                              "write `*/*` for every repository, or `owner/*` for every repository of an owner",
		"acme/**":                         "write `acme/*`",
		"https://github.com/acme/cart":    "write `acme/cart`",
		"https://github.com/acme/c.git/":  "write `acme/c`",
		"https://github.com":              "write owner/name, or a pattern such as `acme/checkout-*`",
		"acme/":                           "write `acme/*` for every repository of an owner",
		"acme/shop/x":                     "write `acme/shop`",
		"acme/*/x":                        "write `acme/*`",
		"github.com/acme/shop":            "write `acme/shop`",
		"acme/my shop":                    "write owner/name, or a pattern such as `acme/checkout-*`",
		"acme/[":                          "write `acme/*`",
		"acme/shop.git":                   "write `acme/shop`",
		"acme/*.GIT":                      "write `acme/*`",
		"acme/shop#main":                  "write `acme/shop`",
		"acme/shop@v1":                    "write `acme/shop`",
		"@acme/shop":                      "write `acme/shop`",
		"git@github.com:acme/shop.git":    "write `acme/shop`",
		"acme_x/shop":                     "write `acme-x/shop`",
		"a_b_admin/shop":                  "write `a-b-admin/shop`",
		"acme//shop":                      "write `acme/shop`",
		"acme//":                          "write `acme/*` for every repository of an owner",
		`acme\\shop`:                      "write `acme/shop`",
		"acme/shop!":                      "write owner/name, or a pattern such as `acme/checkout-*`",
		"acme/shöp":                       "write owner/name, or a pattern such as `acme/checkout-*`",
		"cart.git":                        "write `owner/cart` with the owner's name, or `*/cart` for any owner",
		"/":                               "write owner/name, or a pattern such as `acme/checkout-*`",
		"-acme/shop":                      "write `acme/shop`",
		"acme/..":                         "write `acme/*` for every repository of an owner",
		strings.Repeat("a", 40) + "/shop": "write owner/name, or a pattern such as `acme/checkout-*`",
		"acme/{a,b}.git":                  "write one entry for each: acme/a, acme/b",
	} {
		if problem, got := scalar.RepositoryPattern(pattern); problem == "" || got != hint {
			t.Errorf("RepositoryPattern(%q) = %q, %q, want a problem and %q", pattern, problem, got, hint)
		}
	}
	for _, pattern := range []string{"acme/cart", "acme/*", "*/*", "*/cart", "a?me/cart-*", "acme/[a-c]*", "octocat_acme/shop", "a-b_admin/shop", "*_acme/x", "acme-/x", "acme/.github", "acme/a_b"} {
		if problem, hint := scalar.RepositoryPattern(pattern); problem != "" || hint != "" {
			t.Errorf("RepositoryPattern(%q) = %q, %q, want none", pattern, problem, hint)
		}
	}
}

// What a hint says to write has no problem.
func TestRepositoryPatternHints(t *testing.T) {
	t.Parallel()
	quoted := regexp.MustCompile("`([^`]+)`|\\b(\\S+/\\S+?)(?:, |$)")
	parts := []string{"acme", "a_x", "*", "**", "/", "//", ".git", "#main", "@v1", "!", "{a,b}", "[", " ", "https://", "..", "-", "é", ":", "\\"}
	for _, a := range parts {
		for _, b := range parts {
			for _, c := range parts {
				pattern := a + b + c
				problem, hint := scalar.RepositoryPattern(pattern)
				if (problem == "") != (hint == "") {
					t.Errorf("RepositoryPattern(%q) = %q, %q", pattern, problem, hint)
				}
				for _, m := range quoted.FindAllStringSubmatch(hint, -1) {
					if again, _ := scalar.RepositoryPattern(m[1] + m[2]); again != "" && m[0] != "owner/name, " {
						t.Errorf("RepositoryPattern(%q) says %q, and of %q: %s", pattern, hint, m[1]+m[2], again)
					}
				}
			}
		}
	}
}

// A pattern covers another only if no repository can escape it.
func TestRepositoryCovers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, other string
		want           bool
	}{
		{"acme/shop", "Acme/Shop", true},
		{"acme/*", "acme/shop-*", true},
		{"acme/shop-*", "acme/shop-*", true},
		{"*/*", "acme/*", true},
		{"acme/*", "acme/[ab]", true},
		{"acme/shop-?", "acme/shop-*", false},
		{"acme/shop-*", "acme/*", false},
		{"acme/shop", "acme/*", false},
		{"acme/*", "*/*", false},
		{"acme/[*]", "acme/*", false},
		{"acme/**", "acme/**", false},
	} {
		if got := scalar.RepositoryCovers(c.pattern, c.other); got != c.want {
			t.Errorf("RepositoryCovers(%q, %q) = %v, want %v", c.pattern, c.other, got, c.want)
		}
	}
}
