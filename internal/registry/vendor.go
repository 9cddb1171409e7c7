package registry

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Vendor is one record, its identity completed from the embedded registry.
type Vendor struct {
	ID       string
	File     string // as a reader finds it
	Record   *attr.Record
	Problems []diag.Problem // what cannot be read; the record must then not be judged
	Faults   []diag.Problem // what can be read and contradicts itself
	Mistaken []Mistake      // the faults about values that cannot be meant, so that nothing follows from them

	// Versions of the vendor's APIs that may be used, compiled.
	versions []versionRule
}

// Mistake is a fault about a value that cannot be meant: evidence that is not there, or what contradicts other values.
type Mistake struct {
	diag.Problem
	Others []diag.Pos // the values that it contradicts, one of which may be the wrong one
}

// Reviewed reports whether the organisation has decided on the vendor. A record without a status only identifies the
// vendor and does not approve it.
func (v *Vendor) Reviewed() bool { return v.Record.Get("status").Known() }

// Name returns the name that people use, or the id.
func (v *Vendor) Name() string {
	if name := v.Record.Get("name"); name.Known() {
		return name.Text
	}
	return v.ID
}

func (v *Vendor) fault(pos diag.Pos, message, hint string) {
	v.Faults = append(v.Faults, diag.Problem{Pos: pos, Message: message, Hint: hint})
}

// mistake adds a fault about a value that cannot be meant.
func (v *Vendor) mistake(m Mistake) {
	v.Mistaken = append(v.Mistaken, m)
	v.Faults = append(v.Faults, m.Problem)
}

// Others returns the places of the values that the value of a fault contradicts; none if it contradicts no value.
func (v *Vendor) Others(fault diag.Problem) []diag.Pos {
	for _, m := range v.Mistaken {
		if m.Pos == fault.Pos && m.Message == fault.Message {
			return m.Others
		}
	}
	return nil
}

// Hosts returns the hosts that a use may call: scope.hosts, or api_hosts if the scope names none.
func (v *Vendor) Hosts() *attr.Value { return firstKnown(v.Record, "scope.hosts", "api_hosts") }

// AuthMethods returns the methods that a use may have: scope.auth_methods, or authentication.methods.
func (v *Vendor) AuthMethods() *attr.Value {
	return firstKnown(v.Record, "scope.auth_methods", "authentication.methods")
}

func firstKnown(r *attr.Record, paths ...string) *attr.Value {
	for _, path := range paths {
		if v := r.Get(path); v.Known() {
			return v
		}
	}
	return r.Get(paths[0])
}

// Dated is an attribute that can only lie in the past, with its day.
type Dated struct {
	Path string
	Day  scalar.Date
	Pos  diag.Pos
}

// Past lists the days of the record on which something was done.
func (v *Vendor) Past() []Dated {
	var out []Dated
	for _, row := range record.Table().Rows {
		if !row.Past {
			continue
		}
		for _, d := range values(v.Record, row.Path) {
			switch {
			case d.Items != nil:
				for _, item := range d.Items {
					out = append(out, Dated{row.Path, item.Day, item.Pos})
				}
			case d.Known():
				out = append(out, Dated{row.Path, d.Day, d.Pos})
			}
		}
	}
	return out
}

// values returns an attribute, or that of each item of a list.
func values(r *attr.Record, path string) []*attr.Value {
	list, name, inList := strings.Cut(path, "[].")
	if !inList {
		return []*attr.Value{r.Get(path)}
	}
	var out []*attr.Value
	for _, item := range r.Get(list).Records {
		out = append(out, values(item, name)...)
	}
	return out
}

// Private reports whether the record relies on evidence that is not public. Invalid evidence counts as not public, because that may be what its author meant.
func (v *Vendor) Private() bool {
	if v.Record == nil {
		return false
	}
	return v.Record.Get("evidence").State == attr.Invalid || slices.ContainsFunc(v.Record.Get("evidence").Records, func(e *attr.Record) bool {
		access, tlp := e.Get("access"), e.Get("tlp")
		return access.State == attr.Invalid || tlp.State == attr.Invalid || access.Known() && access.Text != "public" ||
			tlp.Known() && tlp.Text != "CLEAR" && tlp.Text != "GREEN"
	})
}
