// Package bom describes the vendors that a repository uses as a CycloneDX bill of materials (ECMA-424): a service for each use, the SDKs that
// call it, and what the rules found as attestations. The same input gives the same bytes.
package bom

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Bill is what a bill of materials is made of.
type Bill struct {
	Name      string // of the repository
	Manifests []manifest.Manifest
	Vendor    func(id string) *registry.Vendor // the record of a vendor; nil if there is none
	Title     func(rule string) string         // what a rule or requirement is about
	Report    *diag.Report                     // of the check of the repository
}

// Formats are the versions of CycloneDX that a bill can be written in, the default first. What is used of them is the same in both.
func Formats() sink.Formats[*Bill] {
	format := func(spec string) sink.Format[*Bill] {
		return sink.Format[*Bill]{Name: "cyclonedx-" + spec, Render: func(b *Bill, _ bool) (sink.Document, error) { return sink.JSON(b.document(spec)) }}
	}
	return sink.Formats[*Bill]{format("1.7"), format("1.6")}
}

// namespace begins the names of our properties.
const namespace = "vendorgate:"

func (b *Bill) document(spec string) document {
	root := "repository:" + b.Name
	out := document{
		Schema: "http://cyclonedx.org/schema/bom-" + spec + ".schema.json", Format: "CycloneDX", Spec: spec, Version: 1,
		Metadata: metadata{
			Timestamp: b.Report.AsOf.UTC().Format(time.RFC3339),
			Tools:     tools{[]component{{Type: "application", Name: "vendorgate", Version: b.Report.Version}}},
			Component: component{Type: "application", Ref: root, Name: b.Name},
		},
		Components: []component{}, Services: []service{},
	}
	onRoot := dependency{Ref: root}
	sdks := map[string]*dependency{}
	for i := range b.Manifests {
		for j := range b.Manifests[i].Uses {
			u := &b.Manifests[i].Uses[j]
			s := b.service(u, b.Manifests[i].Path, refOf(u, out.Services))
			out.Services = append(out.Services, s)
			onRoot.On = append(onRoot.On, s.Ref)
			for _, purl := range texts(u.Get("sdks")) {
				if sdks[purl] == nil {
					group, name := scalar.PurlName(purl)
					sdks[purl] = &dependency{Ref: purl}
					out.Components = append(out.Components, component{Type: "library", Ref: purl, Group: group, Name: name, Purl: purl})
					onRoot.On = append(onRoot.On, purl)
				}
				sdks[purl].On = append(sdks[purl].On, s.Ref)
			}
			b.attest(&out, u, s.Ref)
		}
	}
	for _, v := range b.Report.Vendors {
		if strings.HasPrefix(v.Status, "undeclared") {
			s := b.undeclared(v)
			out.Services, onRoot.On = append(out.Services, s), append(onRoot.On, s.Ref)
		}
	}
	slices.SortFunc(out.Components, func(a, b component) int { return cmp.Compare(a.Ref, b.Ref) })
	slices.Sort(onRoot.On)
	out.Dependencies = []dependency{onRoot}
	for _, c := range out.Components {
		out.Dependencies = append(out.Dependencies, *sdks[c.Ref])
	}
	out.Compositions = []composition{{Aggregate: b.completeness(), Assemblies: []string{root}}}
	out.Serial = serial(out)
	return out
}

// completeness says whether the services are all that there are. A search cannot prove that there are no others.
func (b *Bill) completeness() string {
	if len(b.Report.Gaps) > 0 {
		return "incomplete"
	}
	return "unknown"
}

// Completeness says the same in words.
func (b *Bill) Completeness() string {
	if len(b.Report.Gaps) > 0 {
		return "the bill is incomplete, because not everything could be read"
	}
	return "there may be others that no manifest declares and no search finds"
}

// serial derives the serial number from the content, so that it is the same for the same bill.
func serial(d document) string {
	text, err := sink.JSON(d)
	if err != nil {
		return ""
	}
	h := sha256.Sum256(text.Bytes())
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80 // version 8 of RFC 9562: our own way
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// refOf returns the reference of a use, which no service before it has.
func refOf(u *manifest.Use, before []service) string {
	ref := "vendor:" + u.ID.Value
	if u.Label.Value != "" {
		ref += ":" + u.Label.Value
	}
	for n, base := 2, ref; slices.ContainsFunc(before, func(s service) bool { return s.Ref == ref }); n++ {
		ref = fmt.Sprintf("%s:%d", base, n)
	}
	return ref
}

// service describes a declared use.
func (b *Bill) service(u *manifest.Use, file, ref string) service {
	s := service{
		Ref: ref, Name: u.ID.Value, Version: u.APIVersion.Value, Description: u.Purpose.Value, Boundary: true, Zone: "external",
		Endpoints: values(u.Endpoints), Data: dataOf(u), Properties: []property{},
	}
	if u.AuthMethod.Value != "" {
		authenticated := u.AuthMethod.Value != attr.NoneWord
		s.Authenticated = &authenticated
	}
	say := s.say
	say("use:declared_at", fmt.Sprintf("%s:%d", file, u.ID.Pos.Line))
	say("use:name", u.Label.Value)
	say("use:owner", u.Owner.Value)
	say("use:environment", values(u.Environments)...)
	say("use:api", u.APIID.Value)
	say("use:auth_method", u.AuthMethod.Value)
	b.recorded(&s, u.ID.Value)
	return s
}

// undeclared describes a vendor that the code uses and no manifest declares.
func (b *Bill) undeclared(v diag.Vendor) service {
	s := service{Ref: "vendor:" + v.ID + ":undeclared", Name: v.ID, Boundary: true, Zone: "external", Properties: []property{}}
	s.say("use:declared", "false")
	b.recorded(&s, v.ID)
	return s
}

// say adds a property for each value that is not empty.
func (s *service) say(name string, all ...string) {
	for _, value := range all {
		if value != "" {
			s.Properties = append(s.Properties, property{namespace + name, value})
		}
	}
}

// recorded adds what the registry says of a vendor.
func (b *Bill) recorded(s *service, id string) {
	for _, v := range b.Report.Vendors {
		if v.ID == id {
			s.say("vendor:status", v.Status)
			if v.Tier > 0 {
				s.say("vendor:tier", fmt.Sprint(v.Tier))
			}
			s.say("approval:expires", v.Expires)
			s.say("check:verdict", string(v.Verdict))
		}
	}
	v := b.Vendor(id)
	if v == nil || v.Record == nil {
		return
	}
	text := func(path string) string {
		if got := v.Record.Get(path); got.Known() && got.Text != attr.NoneWord {
			return got.Text
		}
		return ""
	}
	s.say("vendor:name", text("name"))
	s.Group = text("provider.id")
	if name := cmp.Or(text("provider.legal_name"), s.Group); name != "" {
		s.Provider = &provider{Name: name}
		if url := text("provider.website"); url != "" {
			s.Provider.URL = []string{url}
		}
		if country := text("provider.country"); country != "" {
			s.Provider.Address = &address{country}
		}
	}
	for _, link := range []struct{ path, kind, comment string }{
		{"links.docs", "documentation", "API documentation"},
		{"links.auth_docs", "documentation", "authentication"},
		{"links.security", "other", "security page"},
		{"links.trust_center", "other", "trust centre"},
		{"links.changelog", "release-notes", ""},
		{"vulnerability_management.disclosure.security_txt", "rfc-9116", ""},
	} {
		if url := text(link.path); strings.Contains(url, "://") {
			s.References = append(s.References, reference{URL: url, Type: link.kind, Comment: link.comment})
		}
	}
	if !v.Private() {
		s.References = append(s.References, evidence(v.Record)...)
	}
}

// evidence returns the documents with an address. If one of them is not public, the record is private, and none is named.
func evidence(r *attr.Record) []reference {
	var out []reference
	for _, e := range r.Get("evidence").Records {
		url := e.Get("url")
		if !url.Known() {
			continue
		}
		ref := reference{URL: url.Text, Type: e.Get("type").Text, Comment: e.Get("id").Text + ", " + e.Get("assurance").Text}
		if sum := e.Get("sha256"); sum.Known() {
			ref.Hashes = []hash{{"SHA-256", sum.Text}}
		}
		out = append(out, ref)
	}
	return out
}

// flows are the directions of CycloneDX, which are relative to the service.
func flow(direction string) string {
	switch direction {
	case "send":
		return "inbound"
	case "receive":
		return "outbound"
	case "both":
		return "bi-directional"
	default:
		return "unknown"
	}
}

func dataOf(u *manifest.Use) []data {
	var out []data
	for _, d := range u.Get("data").Records {
		class := d.Get("class").Text
		if class == "" || class == attr.NoneWord || class == attr.ToDo {
			continue
		}
		one := data{Flow: flow(d.Get("direction").Text), Classification: class, Name: d.Get("name").Text}
		if u.Owner.Value != "" {
			one.Governance = &governance{[]party{{named{u.Owner.Value}}}}
		}
		out = append(out, one)
	}
	return out
}

// attest adds the outcomes of the rules for a use. What nobody knows is attested in neither direction.
func (b *Bill) attest(out *document, u *manifest.Use, target string) {
	i := slices.IndexFunc(b.Report.Uses, func(r diag.Use) bool { return r.Pos == u.ID.Pos })
	if i < 0 {
		return
	}
	const by = "assessor:registry"
	var all []mapped
	for _, asked := range b.Report.Uses[i].Asked {
		ref := "rule:" + asked.Rule
		m := mapped{Requirement: ref}
		id := "claim:" + target + ":" + asked.Rule
		switch asked.Outcome {
		case diag.Passed:
			m.Claims, m.Conformance = []string{id}, conformance{1, "the check found nothing"}
		case diag.Failed:
			m.CounterClaims, m.Conformance = []string{id}, conformance{0, "the check failed it"}
		case diag.Excused:
			m.CounterClaims, m.Conformance = []string{id}, conformance{0, fmt.Sprintf("the check failed it; %s waives that through %s", asked.Waiver, asked.Until)}
		default:
			continue
		}
		all = append(all, m)
		if out.Declarations == nil {
			out.Declarations = &declarations{Assessors: []assessor{{by, false, named{cmp.Or(b.Report.Policy, "vendorgate")}}}}
			out.Definitions = &definitions{[]standard{{Ref: "policy", Name: "vendorgate policy " + b.Report.Policy, Version: cmp.Or(b.Report.Revision, "1")}}}
		}
		out.Declarations.Claims = append(out.Declarations.Claims, claim{id, target, "meets " + asked.Rule})
		if rules := &out.Definitions.Standards[0].Requirements; !slices.ContainsFunc(*rules, func(r requirement) bool { return r.Ref == ref }) {
			*rules = append(*rules, requirement{ref, asked.Rule, b.Title(asked.Rule)})
		}
	}
	if len(all) > 0 {
		out.Declarations.Attestations = append(out.Declarations.Attestations, attestation{
			Summary: fmt.Sprintf("%s as of %s", target, b.Report.AsOf.UTC().Format(time.DateOnly)), Assessor: by, Map: all,
		})
	}
}

func values(all []diag.At[string]) []string {
	var out []string
	for _, one := range all {
		out = append(out, one.Value)
	}
	return out
}

func texts(v *attr.Value) []string {
	if v == nil {
		return nil
	}
	return v.Texts()
}
