package gate

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// maxUnknown is how many unknown hosts get a finding of their own.
const maxUnknown = 30

// unknownHosts reports hosts of unknown vendors, once per domain, except those that a manifest lists as endpoints. Hosts that did not
// change are warnings at most.
func (e *evaluation) unknownHosts() {
	scan := e.in.CodeScan
	var hosts []detect.UnknownHost
	for _, h := range scan.UnknownHosts {
		places := slices.DeleteFunc(append([]detect.UnknownHost{h}, h.Others...), e.isEndpoint)
		if len(places) == 0 {
			continue
		}
		e.unvetted["host:"+h.Domain] = true
		places[0].Others = places[1:]
		hosts = append(hosts, places[0])
	}
	for i := range hosts {
		h, introduced := e.newHost(hosts[i])
		pos := diag.Pos{File: scan.Name(h.File), Line: h.Line, Col: h.Col}
		u := e.undeclaredUse("", pos, h.File, introduced)
		f := e.unknownHost(u, &h)
		if i == maxUnknown {
			f = subject.Fault{
				Message: fmt.Sprintf("%d more hosts of unknown vendors", len(hosts)-i),
				Hint:    "Run `vendorgate scan` to list them all.", Key: "unknown:more",
			}
		}
		f.Pos = pos
		if !u.Introduced {
			f.MaxSeverity = diag.Warning
		}
		e.rule(u, rules.UnknownHost, f)
		if i == maxUnknown {
			return
		}
	}
}

// newHost reports whether calls of a host are new, and returns the place to show: the first new one, or else the first.
func (e *evaluation) newHost(h detect.UnknownHost) (shown detect.UnknownHost, introduced bool) {
	places, files := append([]detect.UnknownHost{h}, h.Others...), []string(nil)
	for i := range places {
		files = append(files, places[i].File)
	}
	where := e.newFolders(Question{Domain: h.Domain}, files)
	for _, inChange := range []bool{true, false} {
		for _, place := range places {
			changed := e.in.CodeScan.Changed
			if where[e.manifestFor(place.File).Path] && (!inChange || changed == nil || changed(place.File)) {
				return place, true
			}
		}
	}
	return h, false
}

// unknownHost returns what to say about a host: the entry for its vendor under a name like that of its domain, and where to request it.
func (e *evaluation) unknownHost(u *subject.Subject, h *detect.UnknownHost) subject.Fault {
	f := subject.Fault{Key: "unknown:" + h.Domain, Message: fmt.Sprintf("the code seems to call %q, a host of an unknown vendor (%s)", h.Host, strings.ReplaceAll(h.Why, "`", ""))}
	var hints []string
	name, _, _ := strings.Cut(h.Domain, ".")
	form := cmp.Or(e.in.Policy.RequestURL, e.in.RequestURL)
	request := fmt.Sprintf("ask %s to review it", e.in.Policy.Owner())
	if form != "" {
		request = "request it: " + form
	}
	known, err := e.in.Registry.Vendor(name)
	switch {
	case registry.CheckID(name) != "" || err != nil:
		hints = append(hints, fmt.Sprintf("If it belongs to a vendor, %s. Once it is approved, declare it in %s, with the endpoint https://%s.", request, u.Manifest.File, h.Host))
	case known != nil:
		hints = append(hints, fmt.Sprintf("If it belongs to %q, ask %s to add the host to that record. If it belongs to another vendor, %s. Once that is approved, declare it in %s, with the endpoint https://%s.",
			name, e.in.Policy.Owner(), request, u.Manifest.File, h.Host))
	default:
		draft := DraftEntry(name, nil, nil, nil)
		draft.Endpoints = []string{"https://" + h.Host}
		var declare string
		f.Paste, declare = e.declaration(u.Manifest, draft)
		declare = strings.TrimPrefix(declare, byInit) // which drafts no unknown vendor
		hints = append(hints, fmt.Sprintf("If it belongs to a vendor, %s. Once it is approved, %s; until then, an entry fails the check.", request, declare))
		asked := *u
		asked.ID.Value = name
		f.Request = requestForm(&asked, form)
	}
	if !e.in.Policy.Ignore.NoHosts.Value {
		own := "*." + h.Domain
		if h.Host == h.Domain {
			own = h.Host
		}
		hints = append(hints, fmt.Sprintf("If it is yours, add %q to first_party.", own))
	}
	f.Hint = strings.Join(hints, " ")
	return f
}

// isEndpoint reports whether a manifest that covers the file of a host lists an endpoint in its domain.
func (e *evaluation) isEndpoint(h detect.UnknownHost) bool {
	return slices.ContainsFunc(e.in.Manifests, func(m manifest.Manifest) bool { return listsEndpoint(&m, h.Domain, h.File) })
}

// wasEndpoint reports the same for the base.
func (e *evaluation) wasEndpoint(domain, file string) bool {
	for name, m := range e.in.Base {
		if m.Path = name; listsEndpoint(&m, domain, file) {
			return true
		}
	}
	return slices.ContainsFunc(e.in.Removed, func(m manifest.Manifest) bool { return listsEndpoint(&m, domain, file) })
}

// listsEndpoint reports whether a manifest covers a file and lists an endpoint in a domain.
func listsEndpoint(m *manifest.Manifest, domain, file string) bool {
	return manifest.Below(manifest.Folder(m.Path), file) && slices.ContainsFunc(m.Uses, func(u manifest.Use) bool {
		return slices.ContainsFunc(u.Endpoints, func(endpoint diag.At[string]) bool { return inDomain(endpoint.Value, domain) })
	})
}

// inDomain reports whether an endpoint is in a domain.
func inDomain(endpoint, domain string) bool {
	at, err := url.Parse(endpoint)
	return err == nil && (at.Hostname() == domain || strings.HasSuffix(at.Hostname(), "."+domain))
}
