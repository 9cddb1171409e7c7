// Package drafts writes records that are still to be filled in. It makes no claims about a vendor.
package drafts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Record is a record that is still to be filled in.
type Record struct {
	ID       string
	Identity *registry.Vendor // what vendorgate knows of the vendor; nil if it knows nothing
	Category string           // empty if unknown
	Tier     int              // of the vendor; 0 if unknown
	Classes  []string
	Environs []string // environments that may use it
	Wanted   []Wanted
	Terms    []string // what an approval must be, a sentence each

	ForVendor bool // the vendor fills it in, so it leaves out what only the organisation decides
}

// Wanted is an attribute that the policy asks for, and why.
type Wanted struct {
	Path   string
	Always bool // whatever the other answers are
	Why    []string
	Says   []string // in place of all that the draft would say of it
}

// Bytes returns the draft as a file with every wanted attribute in table order. Attributes are unknown if that is a
// valid value, and comments give the choices, an example and the required evidence. It makes no claims.
func (d Record) Bytes() []byte {
	root := d.start()
	for _, w := range d.Wanted {
		d.wanted(root, w)
	}
	for _, path := range d.offered() {
		if e := root.at(path); e.value == "" && len(e.children) == 0 {
			e.example = d.exampleOf(path)
		}
	}
	if !d.ForVendor {
		root.at("approval").comments = d.Terms
	}
	var out strings.Builder
	for _, line := range d.head() {
		writeComment(&out, "", line)
	}
	out.WriteByte('\n')
	root.write(&out, record.Table().Order(), "")
	return []byte(out.String())
}

// start returns what is known of the vendor.
func (d Record) start() *entry {
	root := &entry{}
	root.at("apiVersion").value = "vendorgate/v1"
	root.at("kind").value = "Vendor"
	root.at("id").value = d.ID
	if d.ForVendor {
		return root
	}
	root.at("status").value = "proposed"
	if d.Category != "" {
		root.at("category").value = d.Category
	}
	if d.Tier > 0 {
		root.at("risk.tier").value = fmt.Sprint(d.Tier)
	}
	if len(d.Environs) > 0 {
		root.at("scope.environments").value = yamltree.FlowList(d.Environs)
	}
	if len(d.Classes) > 0 {
		root.at("scope.data_classes").value = yamltree.FlowList(d.Classes)
	}
	return root
}

// MaxShort is the most lines that a short draft has.
const MaxShort = 15

// Short returns the draft as a file without comments, with the attributes that the policy asks of every vendor: a line for each or, if
// there are too many for that, for each group. Groups beyond MaxShort are left out.
func (d Record) Short() []byte {
	text, _ := d.short()
	return []byte(text)
}

// LeftOut counts the attributes that the policy asks of every vendor, and for which a short draft has no room.
func (d Record) LeftOut() int {
	_, left := d.short()
	return left
}

func (d Record) short() (text string, left int) {
	root := d.start()
	for _, w := range d.Wanted {
		path, _, _ := strings.Cut(w.Path, "[")
		if e := root.at(path); w.Always && e.value == "" && len(e.children) == 0 {
			if _, row, ok := record.Table().Lookup(path); ok && row != nil && (row.Claim || slices.Contains(row.Values, "unknown")) {
				e.value = "unknown"
			}
		}
	}
	root.prune()
	var out strings.Builder
	root.write(&out, record.Table().Order(), "")
	if strings.Count(out.String(), "\n") > MaxShort {
		out.Reset()
		all := root.unknown()
		root.limit(MaxShort, record.Table().Order(), d.start())
		left = all - root.unknown()
		root.writeGroups(&out, record.Table().Order())
	}
	return out.String(), left
}

// Open counts the attributes to fill in, in a short draft or in a long one.
func (d Record) Open(short bool) int {
	if !short {
		return len(d.Wanted)
	}
	return strings.Count(string(d.Short()), ": unknown")
}

func (d Record) head() []string {
	if d.ForVendor {
		return []string{
			"Answers about the service " + d.name() + ". Replace unknown with your answers, and leave it where you do not know the answer. Remove the # in front of an example to answer with a value of its form.",
			"Durations are ISO 8601 (P30D is 30 days, PT15M is 15 minutes), dates are YYYY-MM-DD, and countries are ISO 3166-1 codes.",
			"List the documents that your answers rest on under evidence, each with its address or SHA-256 hash, its date, and the answers that it supports.",
		}
	}
	if d.Identity == nil {
		return []string{d.ID + ": a draft. " + howToFill, "vendorgate does not know this vendor, so the record also has to identify it."}
	}
	var known []string
	for _, path := range registry.IdentityPaths() {
		if says(d.Identity.Record, path) {
			known = append(known, path)
		}
	}
	return []string{
		d.Identity.Name() + ": a draft. " + howToFill,
		"These attributes are inherited from vendorgate and do not need to be repeated: " + strings.Join(known, ", ") + ".",
	}
}

func (d Record) name() string {
	if d.Identity != nil {
		return d.Identity.Name()
	}
	return d.ID
}

const howToFill = "Replace unknown with answers, uncomment what you can answer, and have the record reviewed."

// says reports whether a record has an attribute, or one below a mapping.
func says(r *attr.Record, path string) bool {
	if slot, _, ok := record.Table().Lookup(path); ok {
		return r.At(slot).Known()
	}
	return slices.ContainsFunc(record.Table().Paths(), func(p string) bool { return strings.HasPrefix(p, path+".") && r.Get(p).Known() })
}

// wanted adds an attribute that the policy asks for. What is asked of the items of a list is asked of the list.
func (d Record) wanted(root *entry, w Wanted) {
	path, _, _ := strings.Cut(w.Path, "[")
	e := root.at(path)
	_, row, ok := record.Table().Lookup(path)
	e.comments = append(e.comments, w.Says...)
	if w.Says == nil {
		if ok && row != nil {
			e.comments = append(e.comments, row.Doc, valueOf(path, row))
		}
		for _, why := range w.Why {
			e.comments = append(e.comments, "Checked by "+why)
		}
		e.comments = append(e.comments, "Evidence: "+record.ProofOf(path).Evidence+".")
	}
	switch {
	case e.value != "":
	case ok && row != nil && (row.Claim || slices.Contains(row.Values, "unknown")):
		e.value = "unknown"
	default:
		e.example = d.exampleOf(path)
	}
}

// exampleOf returns an example of an attribute. A vendor names the place and the date of a document.
func (d Record) exampleOf(path string) string {
	if path == "evidence" && d.ForVendor {
		return `[{id: soc2-2026, type: certification-report, assurance: audited, url: "https://...", issued: 2026-03-01, supports: ["logging.*"]}]`
	}
	return exampleOf(path)
}

// AnswerOf says what the answer to a question about an attribute looks like.
func AnswerOf(path string) string {
	if _, row, ok := record.Table().Lookup(path); ok && row != nil {
		if row.Example == "" {
			return describe(row)
		}
		return describe(row) + "; for example, " + row.Example
	}
	var keys []string
	for _, row := range record.Table().Rows {
		if key, ok := strings.CutPrefix(row.Path, path+"[]."); ok {
			keys = append(keys, key)
		}
	}
	return "a list of mappings, each with " + strings.Join(keys, ", ")
}

func valueOf(path string, row *attr.Row) string {
	out := "Value: " + describe(row)
	if row.Example != "" {
		out += "; for example, `" + lastOf(path) + ": " + row.Example + "`"
	}
	return out + "."
}

// describe is Describe with both answers to a yes/no question.
func describe(row *attr.Row) string {
	if row.Type == attr.Tri {
		return strings.Replace(row.Describe(), string(attr.Tri), "true, false", 1)
	}
	return row.Describe()
}

// offered returns the attributes that a record will need whatever the policy asks for.
func (d Record) offered() []string {
	if d.ForVendor {
		out := []string{"evidence"}
		if d.Identity == nil {
			out = append(out, "name", "provider.legal_name", "provider.country", "provider.website", "domains", "api_hosts", "links.docs", "links.security")
		}
		return out
	}
	out := []string{"approval.approved_by", "approval.approved_on", "approval.expires", "approval.decision_ref", "risk.tier", "scope.environments", "scope.data_classes", "scope.repos"}
	if d.Identity == nil {
		out = append(out, "name", "category", "provider.legal_name", "provider.country", "provider.website", "domains", "api_hosts", "sdks", "detect.env_names", "links.docs", "links.security")
	}
	return out
}

// exampleOf returns an attribute's example; of a list of mappings, one with what each must have.
func exampleOf(path string) string {
	if _, row, ok := record.Table().Lookup(path); ok && row != nil {
		switch {
		case row.Example != "":
			return row.Example
		case row.List:
			return "[...]"
		default:
			return "..."
		}
	}
	var keys []string
	for _, row := range record.Table().Rows {
		if key, ok := strings.CutPrefix(row.Path, path+"[]."); ok && row.Required && !strings.Contains(key, ".") && row.Example != "" {
			keys = append(keys, key+": "+row.Example)
		}
	}
	if keys == nil {
		return "" // it is a mapping
	}
	return "[{" + strings.Join(keys, ", ") + "}]"
}

func lastOf(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }
