package intake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// CycloneDX drafts a record for each service of a bill of materials in JSON. Services with the same vendor share a record. The error says
// that the file is no such bill, and where.
func (d *Desk) CycloneDX(file string, data []byte) (Intake, error) {
	root, err := readJSON(file, data, func(key string) bool {
		return slices.Contains([]string{"bomFormat", "specVersion", "services"}, key)
	})
	if err != nil {
		return Intake{}, err
	}
	version := root.get("specVersion")
	switch {
	case root.get("bomFormat").text != "CycloneDX":
		return Intake{}, fmt.Errorf("%s: bomFormat is not CycloneDX", root.get("bomFormat").pos)
	case !slices.Contains([]string{"1.5", "1.6", "1.7"}, version.text):
		return Intake{}, fmt.Errorf("%s: specVersion is %q; versions 1.5 to 1.7 can be read", version.pos, version.text)
	case len(root.get("services").list()) == 0:
		return Intake{}, fmt.Errorf("%s: the bill of materials lists no services", diag.Pos{File: file, Line: 1, Col: 1})
	}
	r := &serviceReader{Desk: d, vendors: newRecogniser(d.Known), drafts: map[string]int{}}
	for _, s := range root.get("services").list() {
		r.read(s)
	}
	return r.in, nil
}

// serviceReader reads the services of a bill of materials.
type serviceReader struct {
	*Desk

	vendors *recogniser
	drafts  map[string]int // index by id
	in      Intake
}

// read drafts a record of a service, and of the services below it.
func (r *serviceReader) read(s *node) {
	for _, below := range s.get("services").list() {
		r.read(below)
	}
	name := s.get("name")
	from := Origin{Pos: s.pos, Field: "service", Text: name.text}
	if inside := s.get("x-trust-boundary"); inside.text == "false" {
		r.in.leave(from, "", "it is inside your trust boundary, so it is no vendor's")
		return
	}
	if why := hostile(name.text); why != "" {
		r.in.leave(from, "", "%s, so the service is left out", why)
		return
	}
	draft := Draft{Origin: from}
	facts := []struct {
		path   string
		values []*node
	}{
		{"name", []*node{name}},
		{"description", []*node{s.get("description")}},
		{"provider.legal_name", []*node{s.get("provider").get("name")}},
		{"domains", s.get("provider").get("url").list()},
		{"api_hosts", s.get("endpoints").list()},
		{"links.docs", references(s, "documentation")},
		{"scope.data_classes", classifications(s)},
	}
	for _, f := range facts {
		draft.Facts = append(draft.Facts, r.facts(f.path, f.values)...)
	}
	switch said := s.get("authenticated"); said.text {
	case "false":
		draft.Facts = append(draft.Facts, Fact{Origin{said.pos, "authenticated", said.text}, "authentication.methods", "[none]"})
	case "true":
		r.in.leave(Origin{said.pos, "authenticated", said.text}, "set authentication.methods", "a record says how clients authenticate, not whether they do")
	}
	r.keep(draft)
}

// facts writes the values of an attribute as one fact.
func (r *serviceReader) facts(path string, values []*node) []Fact {
	_, row, _ := record.Table().Lookup(path)
	var parts []string
	var from Origin
	for _, v := range values {
		if v.kind == 0 || blank(v.text) {
			continue
		}
		one := *row
		one.List = false // separators are part of the text
		value, refused := r.valueOf(&one, v.text)
		for _, no := range refused {
			r.in.leave(Origin{v.pos, path, no.text}, no.hint, "%s", no.why)
		}
		if value != "" && !slices.Contains(parts, value) {
			parts, from = append(parts, value), Origin{v.pos, path, v.text}
		}
	}
	switch {
	case len(parts) == 0:
		return nil
	case row.List:
		return []Fact{{from, path, "[" + strings.Join(parts, ", ") + "]"}}
	}
	return []Fact{{from, path, parts[0]}}
}

// references returns the addresses of a type.
func references(s *node, kind string) []*node {
	for _, ref := range s.get("externalReferences").list() {
		if ref.get("type").text == kind {
			return []*node{ref.get("url")}
		}
	}
	return nil
}

// classifications returns the classes of the data of a service. They are texts, or have a text.
func classifications(s *node) []*node {
	var out []*node
	for _, d := range s.get("data").list() {
		c := d.get("classification")
		if c.kind == '{' {
			c = c.get("classification")
		}
		out = append(out, c)
	}
	return out
}

// keep adds a draft, or adds its hosts and data to the one for the same vendor.
func (r *serviceReader) keep(draft Draft) {
	var name string
	var hosts []string
	for _, f := range draft.Facts {
		switch f.Path {
		case "name":
			name = f.Text
		case "domains", "api_hosts":
			hosts = append(hosts, listed(f.Value)...)
		}
	}
	var doubt string
	if draft.ID, draft.By, doubt = r.vendors.find(name, hosts); doubt != "" {
		r.in.leave(draft.Origin, "run `vendorgate registry new ID"+r.Flags+"` for the right vendor", "it cannot be told which vendor this is: %s", doubt)
		return
	}
	if draft.ID == "" {
		draft.By = "a new vendor: no known vendor has its name or host"
		if draft.ID = slug(name, hosts); draft.ID == "" {
			r.in.leave(draft.Origin, "run `vendorgate registry new ID"+r.Flags+"`", "no id can be made of its name")
			return
		}
	}
	if slices.Contains(r.Files.Known(), draft.ID) {
		draft.Facts = slices.DeleteFunc(draft.Facts, func(f Fact) bool {
			return slices.Contains([]string{"name", "description", "provider.legal_name", "domains", "links.docs"}, f.Path) || f.Path == "api_hosts" && !slices.ContainsFunc(listed(f.Value), func(h string) bool { return r.vendors.foreign(draft.ID, h) })
		})
	}
	if i, ok := r.drafts[draft.ID]; ok {
		r.in.Drafts[i].join(draft)
		return
	}
	r.drafts[draft.ID] = len(r.in.Drafts)
	r.in.Drafts = append(r.in.Drafts, draft)
}

// listed returns the items of a list of plain words in YAML.
func listed(value string) []string {
	words := strings.Split(strings.Trim(value, "[]"), ", ")
	for i, w := range words {
		words[i] = strings.Trim(w, `"`)
	}
	return words
}

// join adds the facts of another draft. Lists are joined; other values stay as they are.
func (d *Draft) join(other Draft) {
	for _, f := range other.Facts {
		i := slices.IndexFunc(d.Facts, func(g Fact) bool { return g.Path == f.Path })
		if i < 0 {
			d.Facts = append(d.Facts, f)
			continue
		}
		if _, row, ok := record.Table().Lookup(f.Path); ok && row != nil && row.List && row.Type != attr.Text {
			all := listed(d.Facts[i].Value)
			for _, v := range listed(f.Value) {
				if !slices.Contains(all, v) {
					all = append(all, v)
				}
			}
			d.Facts[i].Value = yamltree.FlowList(all)
		}
	}
}
