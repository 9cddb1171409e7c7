package deps

import (
	"net/url"
	"strings"
)

// Key returns the key of a package in lookups. It is in lower case, because well-known packages do not differ only in case.
// PyPI treats - _ . alike, and a Go module's major version is not part of its name.
func Key(ecosystem, name string) string {
	name = strings.ToLower(name)
	switch ecosystem {
	case "pypi":
		name = strings.ReplaceAll(strings.ReplaceAll(name, "_", "-"), ".", "-")
	case "golang":
		name = WithoutMajor(name)
	}
	return name
}

// WithoutMajor returns the path of a Go module without its major version.
func WithoutMajor(module string) string {
	i := strings.LastIndex(module, "/v")
	if i > 0 && i+2 < len(module) && strings.Trim(module[i+2:], "0123456789") == "" {
		return module[:i]
	}
	return module
}

// Unescape returns the name of a package in a package URL as its package manager writes it. It is false for an invalid name.
func Unescape(name string) (string, bool) {
	if strings.IndexByte(name, '%') < 0 {
		return name, !strings.ContainsAny(name, " \t\n")
	}
	name, err := url.PathUnescape(name)
	return name, err == nil && !strings.ContainsAny(name, " \t\n")
}

// Driver returns the service that a package connects a library to, if it is one of a family of drivers: mollie for omnipay/mollie. It is
// empty for other packages.
func Driver(ecosystem, name string) string {
	families := map[string][]string{
		"composer": {"omnipay/", "payum/", "socialiteproviders/"},
		"gem":      {"omniauth-"},
		"hex":      {"ex_aws_", "ueberauth_"},
		"npm":      {"passport-"},
	}
	for _, start := range families[ecosystem] {
		if service, ok := strings.CutPrefix(strings.ToLower(name), start); ok {
			return service
		}
	}
	return ""
}
