package registry

import (
	"github.com/vendorgate/vendorgate/internal/record"
)

// Identity is who a vendor is and what it is recognised by: the part of a record that is needed of every vendor, and not
// only of those that a manifest names. A text or list that the record lacks, or has wrong, is empty.
type Identity struct {
	ID          string // name of the file
	Name        string
	Status      string
	Category    string
	Aliases     []string
	Domains     []string
	APIHosts    []string
	SDKs        []string
	EnvNames    []string
	ScriptHosts []string
	Imports     []string

	MultiBackend []string
	Local        []string
	SelfHosted   []string
	Resources    []string
	URLs         []string
	Files        []string
	Symbols      []string
}

// Identity is the identity that a record states or inherits.
func (v *Vendor) Identity() Identity {
	out := Identity{ID: v.ID}
	if v.Record == nil {
		return out
	}
	for _, f := range identityFields() {
		value := v.Record.Get(f.path)
		switch {
		case !value.Known():
		case f.list != nil && len(value.Items) > 0:
			*f.list(&out) = value.Texts()
		case f.text != nil:
			*f.text(&out) = value.Text
		}
	}
	return out
}

// identityField is an attribute that belongs to the identity: where it stands, what its values must be, where they go.
type identityField struct {
	path  string
	plain func(text string) bool // reports whether the strict reader takes the text, of the forms that are common
	bare  bool                   // plain accepts nothing that means anything to YAML
	text  func(*Identity) *string
	list  func(*Identity) *[]string
}

// identityFields are the attributes of an Identity.
func identityFields() []identityField {
	return []identityField{
		{path: "name", plain: plainText, text: func(i *Identity) *string { return &i.Name }},
		{path: "status", plain: oneOf("status"), text: func(i *Identity) *string { return &i.Status }},
		{path: "category", plain: oneOf("category"), text: func(i *Identity) *string { return &i.Category }},
		{path: "aliases", plain: plainText, list: func(i *Identity) *[]string { return &i.Aliases }},
		{path: "domains", plain: plainHost, bare: true, list: func(i *Identity) *[]string { return &i.Domains }},
		{path: "api_hosts", plain: plainHost, bare: true, list: func(i *Identity) *[]string { return &i.APIHosts }},
		{path: "sdks", plain: plainPurl, bare: true, list: func(i *Identity) *[]string { return &i.SDKs }},
		{path: "detect.env_names", plain: plainGlob, bare: true, list: func(i *Identity) *[]string { return &i.EnvNames }},
		{path: "detect.script_hosts", plain: plainHost, bare: true, list: func(i *Identity) *[]string { return &i.ScriptHosts }},
		{path: "detect.imports", plain: plainText, list: func(i *Identity) *[]string { return &i.Imports }},
		{path: "detect.multi_backend", plain: plainPurl, bare: true, list: func(i *Identity) *[]string { return &i.MultiBackend }},
		{path: "detect.local", plain: plainPurl, bare: true, list: func(i *Identity) *[]string { return &i.Local }},
		{path: "detect.self_hosted", plain: plainPurl, bare: true, list: func(i *Identity) *[]string { return &i.SelfHosted }},
		{path: "detect.resources", plain: plainText, list: func(i *Identity) *[]string { return &i.Resources }},
		{path: "detect.urls", plain: plainText, list: func(i *Identity) *[]string { return &i.URLs }},
		{path: "detect.files", plain: plainText, list: func(i *Identity) *[]string { return &i.Files }},
		{path: "detect.symbols", plain: plainText, list: func(i *Identity) *[]string { return &i.Symbols }},
	}
}

// oneOf accepts the values of a choice.
func oneOf(path string) func(string) bool {
	return func(text string) bool {
		_, row, _ := record.Table().Lookup(path)
		for _, v := range row.Values {
			if v == text {
				return true
			}
		}
		return false
	}
}
