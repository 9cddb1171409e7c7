package search

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/choice"
)

// served finds the hosts that the tree's own infrastructure serves: those of an ingress, a route or a certificate of Kubernetes, and the
// domains in settings of Terraform. They are servers, and count only if no vendor has them.
func (f *finder) served() {
	switch ext := path.Ext(f.name); {
	case (ext == ".yaml" || ext == ".yml") && routes(f.data):
		f.routed()
	case ext == ".tf" || ext == ".tfvars" || ext == ".tofu":
		f.ownAll("=", domainSetting)
		f.ownAll("_zone", dnsZone)
	case ext == ".apib":
		f.ownAll("HOST:", hostOfProgram)
	case ext == ".exs":
		f.ownAll("url:", hostOfProgram)
	case ext == ".rb":
		f.ownAll("default_url_options", hostOfProgram)
	}
}

// ownAll adds the hosts that a pattern finds in a file that has a word.
func (f *finder) ownAll(word string, pattern func() *regexp.Regexp) {
	if !bytes.Contains(f.data, []byte(word)) {
		return
	}
	for _, m := range pattern().FindAllSubmatchIndex(f.data, -1) {
		f.own(m[2], m[3])
	}
}

// hostOfProgram matches the host of an API Blueprint, of an endpoint of Phoenix and of the links in mails of Rails.
func hostOfProgram() *regexp.Regexp {
	return regexp.MustCompile(`(?m)(?:^HOST:[ \t]*https?://|\burl:[ \t]*\[[^\]\n]*\bhost:[ \t]*"|\bdefault_url_options[ \t]*=[ \t]*\{[ \t]*(?::host[ \t]*=>|host:)[ \t]*["'])([\w\-]+(?:\.[\w\-]+)+)`)
}

// dnsZone matches the name of a zone of DNS, which its owner keeps.
func dnsZone() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^[ \t]*(?:resource|data)[ \t]+"(?:aws_route53_zone|google_dns_managed_zone|azurerm_dns_zone|cloudflare_zone|dnsimple_zone|ns1_zone|hcloud_zone)"[ \t]+"[\w-]+"[ \t]*\{[^}]*?\b(?:name|dns_name|zone)[ \t]*=[ \t]*"([\w\-]+(?:\.[\w\-]+)+)`)
}

// domainSetting matches a setting such as root_domain = "acme.example" and the name of a zone.
func domainSetting() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^[ \t]*(?:\w*_)?(?:domain|domain_name|zone_name|hosted_zone|dns_zone)[ \t]*=[ \t]*"(?:\*\.)?([\w\-]+(?:\.[\w\-]+)+)\.?"`)
}

// routes reports whether a file of YAML says which hosts a cluster serves.
func routes(data []byte) bool {
	found := bytes.Contains(data, []byte("ingress:"))
	for at := range eachIndex(data, "kind: ") {
		has := func(kind string) bool { return bytes.HasPrefix(data[at+len("kind: "):], []byte(kind)) }
		if has("ServiceEntry") || has("VirtualService") {
			return false // they name hosts of others, too
		}
		found = found || slices.ContainsFunc([]string{"Ingress", "HTTPRoute", "GRPCRoute", "TLSRoute", "Gateway", "Certificate", "Route\n"}, has)
	}
	return found
}

func routedHost() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^[ \t]*(?:- )?[ \t]*(?:(host|hostname|hosts|hostnames|dnsNames|commonName)[ \t]*:)?[ \t]*(?:- )?[ \t]*["'\[]*(?:\*\.)?([\w\-]+(?:\.[\w\-]+)+)["'\]]*[ \t]*(?:#.*)?$`)
}

// routed finds the hosts of keys such as host and hostnames, and those in the list below such a key.
func (f *finder) routed() {
	listed, last := false, 0 // the lines since the last host
	for _, m := range routedHost().FindAllSubmatchIndex(f.data, -1) {
		between := strings.TrimSpace(string(f.data[last:m[0]]))
		switch {
		case m[2] >= 0:
			listed = true
		case between != "":
			key := between[strings.LastIndexByte(between, '\n')+1:]
			switch strings.TrimLeft(key, " \t-") {
			case "hosts:", "hostnames:", "dnsNames:":
				listed = true
			default:
				listed = false
			}
		}
		if last = m[1]; listed {
			f.own(m[4], m[5])
		}
	}
}

// own adds a host that no vendor has.
func (f *finder) own(at, end int) {
	name := strings.ToLower(string(f.data[at:end]))
	if _, strength := f.c.vendorOf([]byte(name), false); strength == NoHost && f.room() {
		f.add(Hit{Kind: Server, Vendor: Unknown, At: at, End: end})
	}
}

// Receives reports whether a path is where a program receives the webhooks of a known vendor, which is on its owner's host:
// /webhooks/stripe, /plaid/webhook.
func (c *Catalogue) Receives(path string) bool {
	path, _, _ = strings.Cut(path, "?")
	segments := strings.Split(strings.Trim(path, "/"), "/")
	for i, segment := range segments {
		if segment != "webhook" && segment != "webhooks" {
			continue
		}
		for _, near := range []int{i - 1, i + 1} {
			if near < 0 || near >= len(segments) {
				continue
			}
			name, _, _ := strings.Cut(segments[near], "_")
			if _, ok := c.idOf(name); ok && !choice.Ordinary(name) {
				return true
			}
		}
	}
	return false
}
