package gate

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// notRegistered implements VG-REG-001: the vendor has no record, or its record has no decision.
func (e *evaluation) notRegistered(u *subject.Subject) subject.Fault {
	f := subject.Fault{Pos: u.ID.Pos, Message: fmt.Sprintf("%q is not in the approved-vendor registry", u.ID.Value)}
	category, near := "", ""
	var hints []string
	if u.Vendor != nil {
		category = u.Vendor.Record.Get("category").Text
		f.Message = fmt.Sprintf("%q%s is known, but your organisation has not reviewed it", u.ID.Value, u.NameSuffix())
		f.Related = []diag.Related{{Pos: u.Vendor.Record.Pos, Message: "its record has no decision"}}
	} else if near = e.closestID(u.ID.Value); near != "" {
		hints = append(hints, fmt.Sprintf("Did you mean %q?", near))
		if v, err := e.in.Registry.Vendor(near); err == nil && v != nil && v.Record != nil {
			category = v.Record.Get("category").Text
		}
	}
	usable := func(id string) bool { return id != u.ID.Value && id != near && u.Permitted(id) }
	if names := e.in.Registry.Alternatives(category, usable, 3); len(names) > 0 {
		hints = append(hints, fmt.Sprintf("Approved in category %s: %s.", category, strings.Join(names, ", ")))
	}
	url := cmp.Or(e.in.Policy.RequestURL, e.in.RequestURL)
	f.Request = requestForm(u, url)
	switch {
	case url != "":
		hints = append(hints, "Request it: "+url+".")
	case e.in.Registry.Embedded():
		hints = append(hints, "Pass the registry of your organisation with --registry; the embedded registry does not approve any vendor.")
	case near != "": // the id is probably a slip, and no name for a record
		hints = append(hints, fmt.Sprintf("If not, ask %s to add a record of the vendor.", e.in.Policy.Owner()))
	default:
		hints = append(hints, fmt.Sprintf("Ask %s to add %s.", e.in.Policy.Owner(), e.in.Registry.Tree.Name("vendors/"+u.ID.Value+".yaml")))
	}
	f.Hint = strings.Join(hints, " ")
	return f
}

// closestID suggests a vendor for a mistyped id. It stops after some suggestions, which are slow in a large registry.
func (e *evaluation) closestID(id string) string {
	const enough = 20
	if e.suggested++; e.suggested > enough {
		return ""
	}
	return e.in.Registry.Nearest(id)
}
