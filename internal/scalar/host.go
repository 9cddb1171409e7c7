package scalar

import (
	"errors"
	"net/netip"
	"strings"

	"golang.org/x/net/idna"
)

// ParseHost accepts a DNS name in canonical form, so that equal hosts are equal strings: lower-case letters, digits and
// hyphens (RFC 1123), at least two labels, non-ASCII labels as A-labels (RFC 5890). It rejects other spellings that a URL
// parser or IDNA would map to such a name.
func ParseHost(s string) error {
	if err := notBareHost(s); err != nil {
		return err
	}
	if len(s) > 253 {
		return errors.New("it is too long; use at most 253 characters")
	}
	labels := strings.Split(s, ".")
	for _, label := range labels {
		if err := checkLabel(label); err != nil {
			return err
		}
	}
	if numeric(labels[len(labels)-1]) {
		return errIPAddress()
	}
	if len(labels) < 2 {
		return errors.New("it has no dot; write it in full, as in api.example.com")
	}
	if ascii, err := idna.Lookup.ToASCII(s); err != nil || ascii != s {
		return errors.New("not a valid internationalised name; write its punycode form")
	}
	return nil
}

// notBareHost returns the error for text that contains more than a host, or a host in another spelling.
func notBareHost(s string) error {
	switch {
	case s == "":
		return errors.New("it is empty; write a name, as in api.example.com")
	case !all(s, func(c byte) bool { return c < 0x80 }):
		return errors.New("it is not ASCII; write its punycode form, as in xn--bcher-kva.example")
	case !all(s, func(c byte) bool { return ' ' < c && c < 0x7f }):
		return errors.New("it has a space or control character; write only the host")
	case strings.Contains(s, "//"), strings.HasPrefix(s, "https:"), strings.HasPrefix(s, "http:"):
		return errors.New("it is a URL; write only the host, without a scheme")
	case strings.ContainsAny(s, `/\?#`):
		return errors.New("it has a path or query; write only the host")
	case strings.Contains(s, "@"):
		return errors.New("it has user information; remove the part up to the @")
	case isIP(s):
		return errIPAddress()
	case strings.Contains(s, ":"):
		return errors.New("it has a port; remove it")
	case strings.Contains(s, "*"):
		return errors.New("it is a wildcard; write one host in full")
	case strings.Contains(s, "_"):
		return errors.New("it has an underscore; use letters, digits and hyphens")
	case !all(s, func(c byte) bool { return !isUpper(c) }):
		return errors.New("it has upper-case letters; use lower case")
	case strings.HasSuffix(s, "."):
		return errors.New("it has a trailing dot; remove it")
	}
	return nil
}

// checkLabel checks a label against RFC 1123, section 2.1, and the reserved "--" of RFC 5891, section 4.2.3.1.
func checkLabel(label string) error {
	ldh := func(c byte) bool { return isLower(c) || isDigit(c) || c == '-' }
	switch {
	case label == "":
		return errors.New("it has an empty label; write one dot between labels and none in front")
	case len(label) > 63:
		return errors.New("it has a label that is too long; use at most 63 characters between dots")
	case !all(label, ldh):
		return errors.New("it has a character that is not allowed; use lower-case letters, digits, hyphens and dots")
	case label[0] == '-', label[len(label)-1] == '-':
		return errors.New("it has a label that starts or ends with a hyphen; use a letter or digit there")
	case len(label) > 3 && label[2:4] == "--" && label[:2] != "xn":
		return errors.New("it has a label with hyphens in positions three and four; remove them, unless it is punycode (xn--)")
	}
	return nil
}

// isIP reports whether s is an IPv4 or IPv6 address, with or without brackets and port.
func isIP(s string) bool {
	if strings.HasPrefix(s, "[") {
		return true
	}
	_, err := netip.ParseAddr(s)
	_, errPort := netip.ParseAddrPort(s)
	return err == nil || errPort == nil
}

// numeric reports whether s is a number as URL parsers read it. They treat a name that ends in one as an IPv4 address
// (WHATWG URL, section 3.5): 2130706433 and 127.0x1 are 127.0.0.1.
func numeric(s string) bool {
	hex, ok := strings.CutPrefix(s, "0x")
	return ok && all(hex, isLowerHex) || all(s, isDigit)
}

func errIPAddress() error {
	return errors.New("it is an IP address; write its DNS name")
}

// ParseHostPattern accepts a host, or "*." and a host: *.example.com. A star for a whole top-level domain is an error.
func ParseHostPattern(s string) error {
	host, starred := strings.CutPrefix(s, "*.")
	switch {
	case strings.Contains(host, "*"):
		return errors.New(`a star in the wrong place; write it once, in front, as in *.example.com`)
	case starred && !strings.Contains(host, ".") && all(host, isAlnum):
		return errors.New("it is too broad; write at least two labels after the star, as in *.example.com")
	}
	return ParseHost(host)
}

// HostMatches reports whether the host is the pattern, or is below it: *.x.y matches a.x.y and a.b.x.y, but not x.y.
// Both must be accepted by [ParseHostPattern] and [ParseHost]; case matters.
func HostMatches(pattern, host string) bool {
	domain, starred := strings.CutPrefix(pattern, "*")
	if !starred {
		return host == pattern
	}
	return len(host) > len(domain) && strings.HasSuffix(host, domain)
}
