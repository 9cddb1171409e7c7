package manifest

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// FirstPartyRow is the attribute first_party of manifests and policies.
func FirstPartyRow() attr.Row {
	return attr.Row{
		Path: "first_party", Type: attr.Text, List: true, Example: `["*.acme.example"]`,
		Doc: "Your own hosts, or globs of hosts below your domains. They are not reported as hosts of unknown vendors. A host of a known vendor is never your own.",
	}
}

// FirstParty reads the attribute first_party: an ignore entry for each host, which covers only hosts of unknown vendors.
func FirstParty(list *attr.Value, problem func(pos diag.Pos, message, hint string)) []Ignore {
	var out []Ignore
	for i := range list.Items {
		host := list.Items[i].At()
		switch {
		case host.Value == "":
		case hostProblem(host.Value) != "":
			problem(host.Pos, fmt.Sprintf("first_party %q matches no host: %s", host.Value, hostProblem(host.Value)), hostHint(host.Value))
		case scalar.BroadHost(host.Value):
			problem(host.Pos, fmt.Sprintf("first_party %q covers domains that anyone can register", host.Value), "name a domain of your own, as in `*.acme.example`")
		case !validGlob(host.Value):
			problem(host.Pos, fmt.Sprintf("first_party %q is not a valid glob", host.Value), "write a host, or a star for all hosts below a domain, as in `*.acme.example`")
		default:
			out = append(out, Ignore{Pos: host.Pos, Host: host.Value, Reason: "first party", Own: true})
		}
	}
	return out
}
