package sink

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// URL is a link target: https (or http to this machine, for tests), without user information, and not an issue, pull
// request or discussion, because GitHub would show publicly that they were mentioned. The zero URL means no URL.
type URL struct{ page, query, anchor string }

// Web returns a URL on a server, such as https://github.com, with the given path segments. Each segment is escaped,
// whatever it contains.
func Web(server string, segments ...string) (URL, error) {
	u, err := url.Parse(server)
	if err != nil || u.Host == "" || server != u.Scheme+"://"+u.Host && server != u.Scheme+"://"+u.Host+"/" {
		return URL{}, fmt.Errorf("%q is not the address of a server; write it as https://github.example", server)
	}
	if !plainHost.MatchString(u.Host) || u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return URL{}, fmt.Errorf("%q is not the address of a server over https", server)
	}
	place := u.Scheme + "://" + u.Host
	for _, s := range segments {
		if s == "" || s == "." || s == ".." {
			return URL{}, fmt.Errorf("%q cannot be part of a path", s)
		}
		place += "/" + percent(s)
	}
	return checked(URL{page: place})
}

// ParseURL reads the URL of a policy or a record, as scalar.ParseURL accepts it.
func ParseURL(text string) (URL, error) {
	if _, err := scalar.ParseURL(text); err != nil {
		return URL{}, err
	}
	place, query, _ := strings.Cut(text, "?")
	return checked(URL{page: place, query: query})
}

// Query adds pairs of keys and values to the query. If the last key has no value, its value is empty.
func (u URL) Query(pairs ...string) URL {
	for i, text := range pairs {
		switch {
		case i%2 == 1:
			u.query += percent(text)
			continue
		case u.query != "":
			u.query += "&"
		}
		u.query += percent(text) + "="
	}
	return u
}

// Anchor sets the fragment, such as L12.
func (u URL) Anchor(name string) URL {
	u.anchor = percent(name)
	return u
}

// String returns the URL in ASCII.
func (u URL) String() string {
	out := u.page
	if u.query != "" {
		out += "?" + u.query
	}
	if u.anchor != "" {
		out += "#" + u.anchor
	}
	return out
}

var (
	plainHost = regexp.MustCompile(`^([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]+)?$`)
	mentioned = regexp.MustCompile(`/(issues?|pulls?|discussions?)/+[0-9]`)
)

func checked(u URL) (URL, error) {
	plain, err := url.PathUnescape(u.page)
	if err == nil {
		_, err = url.PathUnescape(u.query)
	}
	if err != nil {
		return URL{}, fmt.Errorf("%q is not a valid URL: %w", u, err)
	}
	if plain = strings.ToLower(plain); mentioned.MatchString(plain) || mentioned.MatchString(path.Clean(plain)) {
		return URL{}, errors.New("GitHub would show a link to an issue, pull request or discussion as a mention there; write it as text")
	}
	return u, nil
}

func loopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

// percent escapes everything that is not a letter, a digit or one of ".-_" (RFC 3986, section 2.1).
func percent(text string) string {
	var out strings.Builder
	for i := range len(text) {
		if c := text[i]; alphanumeric(rune(c)) || strings.IndexByte(".-_", c) >= 0 {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}

func alphanumeric(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
