package scalar

import (
	"errors"
	"strings"

	"github.com/package-url/packageurl-go"
)

// ParsePurl accepts a package URL (ECMA-427, https://github.com/package-url/purl-spec) in canonical form that names
// only a package, without version, qualifiers or subpath.
func ParsePurl(s string) error {
	switch {
	case !strings.HasPrefix(s, "pkg:"):
		return errors.New("not a package URL; start it with pkg: as in pkg:npm/left-pad")
	case strings.Contains(s, "#"):
		return errors.New("it has a subpath; remove the # and what follows")
	case strings.Contains(s, "?"):
		return errors.New("it has qualifiers; remove the ? and what follows")
	}
	// The library's errors quote the value, so they are not wrapped.
	p, err := packageurl.FromString(s)
	switch {
	case err != nil:
		return errors.New("not a valid package URL; write pkg:type/namespace/name, as in pkg:maven/org.slf4j/slf4j-api")
	case p.Version != "":
		return errors.New("it has a version; remove it, and write @ in a name as %40")
	case p.ToString() != s:
		return errors.New("it is not in canonical form; use the type's own case, one slash between parts and %40 for @")
	}
	return nil
}

// PurlName returns the namespace and the name in a package URL; both are empty if it is none.
func PurlName(s string) (namespace, name string) {
	p, err := packageurl.FromString(s)
	if err != nil {
		return "", ""
	}
	return p.Namespace, p.Name
}
