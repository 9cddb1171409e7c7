package egress

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/sink"
)

// Formats lists the formats of an allow list.
func Formats() sink.Formats[*List] {
	return sink.Formats[*List]{
		{Name: "hosts", Render: sink.Sure(hosts)},
		{Name: "envoy", Render: sink.Sure(envoy)},
		{Name: "squid", Render: sink.Sure(squid)},
		{Name: "cilium", Render: sink.Sure(cilium)},
	}
}

// begin writes the comments at the top of a file.
func begin(l *List, usage ...string) *sink.Page {
	p := &sink.Page{}
	for _, line := range append(l.head(), lines(usage)...) {
		p.Line(sink.Text("# "), line)
	}
	return p
}

func lines(texts []string) []sink.Line {
	var out []sink.Line
	for _, text := range texts {
		out = append(out, sink.Text(text))
	}
	return out
}

// hosts writes a host on each line, and what is to be known about it after a #.
func hosts(l *List) sink.Document {
	p := begin(l, "*.name permits all names below it, and not the name itself.")
	for _, e := range l.entries() {
		p.Linef("%s # %s", e.host, e.about())
	}
	return p.Document()
}

// envoy writes the condition of a filter chain (envoy.config.listener.v3.FilterChainMatch) for the server names of TLS. A name *.x of Envoy is
// any name below x, as here.
func envoy(l *List) sink.Document {
	p := begin(l, "An envoy.config.listener.v3.FilterChainMatch. The listener needs the filter envoy.filters.listener.tls_inspector, and must not have",
		"a filter chain for other names.")
	p.Linef("transport_protocol: tls")
	all := l.entries()
	if len(all) == 0 { // an empty list would permit every name
		p.Linef("server_names: [none.invalid] # no vendor is approved")
		return p.Document()
	}
	p.Linef("server_names:")
	for _, e := range all {
		p.Linef("- %q # %s", e.host, e.about())
	}
	return p.Document()
}

// squid writes a file for an acl of the type dstdomain, where .x is x and all names below it. Squid rejects a name that another one covers.
func squid(l *List) sink.Document {
	p := begin(l, "For squid.conf: acl vendors dstdomain \"/etc/squid/vendors.txt\"", "A name with a dot in front is the name itself and all below it: Squid cannot permit less.")
	all := l.entries()
	for _, e := range all {
		wide := slices.ContainsFunc(all, func(o entry) bool {
			return o.host != e.host && (covers(o.host, e.host) || o.host == "*."+e.host)
		})
		if !wide {
			p.Line(sink.Linef("# %s", e.about()))
			p.Linef("%s", strings.TrimPrefix(e.host, "*"))
		}
	}
	return p.Document()
}

// cilium writes a CiliumNetworkPolicy for all pods of a namespace. For names below another one it has the pattern **., which older versions of
// Cilium read as one label.
func cilium(l *List) sink.Document {
	p := begin(l, "It permits DNS and these hosts on port 443 to all pods of a namespace, and nothing else.",
		"Up to Cilium 1.17, a pattern **.name covers the names directly below it.")
	for _, line := range []string{
		"apiVersion: cilium.io/v2", "kind: CiliumNetworkPolicy", "metadata: {name: approved-vendors}", "spec:", "  endpointSelector: {}", "  egress:",
		"  - toEndpoints:", `    - matchLabels: {"k8s:io.kubernetes.pod.namespace": kube-system, "k8s:k8s-app": kube-dns}`,
		"    toPorts:", `    - ports: [{port: "53", protocol: ANY}]`, `      rules: {dns: [{matchPattern: "*"}]}`,
	} {
		p.Line(sink.Text(line))
	}
	all := l.entries()
	if len(all) == 0 { // a rule with an empty list would permit every host
		return p.Document()
	}
	p.Linef("  - toFQDNs:")
	for _, e := range all {
		kind, pattern := "matchName", e.host
		if below, wild := strings.CutPrefix(e.host, "*."); wild {
			kind, pattern = "matchPattern", "**."+below
		}
		p.Linef("    - %s: %q # %s", sink.Text(kind), pattern, e.about())
	}
	p.Linef("    toPorts:")
	p.Linef("    - ports: [{port: \"443\", protocol: TCP}]")
	return p.Document()
}
