package intake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// recogniser finds the vendor that is meant.
type recogniser struct {
	byName, byHost map[string][]string // ids
	domains        map[string][]string // by id
}

func newRecogniser(known []registry.Identity) *recogniser {
	r := &recogniser{byName: map[string][]string{}, byHost: map[string][]string{}, domains: map[string][]string{}}
	add := func(to map[string][]string, key, id string) {
		if key != "" && !slices.Contains(to[key], id) {
			to[key] = append(to[key], id)
		}
	}
	for _, k := range known {
		for _, name := range append([]string{k.ID, k.Name}, k.Aliases...) {
			add(r.byName, companyless(name), k.ID)
		}
		for _, host := range append(slices.Clone(k.Domains), k.APIHosts...) {
			add(r.byHost, host, k.ID)
		}
		r.domains[k.ID] = append(r.domains[k.ID], k.Domains...)
	}
	return r
}

// companyless folds a name without what says that it is a company or an API.
func companyless(name string) string {
	words := scalar.CompanyName(name)
	for last := len(words) - 1; last > 0 && words[last] == "api"; last = len(words) - 1 {
		words = scalar.CompanyName(strings.Join(words[:last], " "))
	}
	return strings.Join(words, " ")
}

// find returns the vendor with a name and hosts, and how it was recognised. The id is empty if nobody is known by them. doubt says why
// it may be more than one.
func (r *recogniser) find(name string, hosts []string) (id, by, doubt string) {
	named := r.byName[companyless(name)]
	var hosted []string
	for _, host := range hosts {
		ids, domain := r.hosting(host)
		if len(ids) == 0 {
			continue
		}
		if both := common(ids, named); len(both) == 1 {
			return both[0], fmt.Sprintf("recognised by the name %q and the domain %s", name, domain), ""
		}
		by = "recognised by the domain " + domain
		hosted = append(hosted, ids...)
	}
	slices.Sort(hosted)
	hosted = slices.Compact(hosted)
	switch {
	case len(hosted) > 0 && len(named) > 0:
		return "", "", fmt.Sprintf("its name is that of %s, but its domain is that of %s", strings.Join(named, " and "), strings.Join(hosted, " and "))
	case len(hosted) == 1:
		return hosted[0], by, ""
	case len(hosted) > 1:
		return "", "", fmt.Sprintf("%s is that of several vendors: %s", strings.TrimPrefix(by, "recognised by "), strings.Join(hosted, ", "))
	case len(named) == 1:
		return named[0], fmt.Sprintf("recognised by the name %q", name), ""
	case len(named) > 1:
		return "", "", fmt.Sprintf("the name is that of several vendors: %s", strings.Join(named, ", "))
	}
	return "", "", ""
}

// hosting returns the vendors of a host or of the domain above it.
func (r *recogniser) hosting(host string) (ids []string, domain string) {
	for domain = host; domain != "" && !scalar.PublicSuffix(domain); {
		if ids := r.byHost[domain]; len(ids) > 0 {
			return ids, domain
		}
		_, domain, _ = strings.Cut(domain, ".")
	}
	return nil, ""
}

func common(a, b []string) []string {
	var out []string
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// foreign reports whether a vendor has domains and a host is none of them.
func (r *recogniser) foreign(id, host string) bool {
	ids, _ := r.hosting(host)
	return len(r.domains[id]) > 0 && !slices.Contains(ids, id)
}

// slug makes an id of a name, or of a host if there is no name. It is empty if neither can be one.
func slug(name string, hosts []string) string {
	var out strings.Builder
	for _, word := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
		if out.Len() > 0 {
			out.WriteByte('-')
		}
		out.WriteString(word)
	}
	if out.Len() == 0 && len(hosts) > 0 {
		host := hosts[0]
		for parent := host; strings.Contains(parent, ".") && !scalar.PublicSuffix(parent); _, parent, _ = strings.Cut(parent, ".") {
			host = parent
		}
		label, _, _ := strings.Cut(host, ".")
		out.WriteString(label)
	}
	if id := out.String(); registry.CheckID(id) == "" {
		return id
	}
	return ""
}
