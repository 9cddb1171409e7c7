package detect

import (
	"bytes"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/search"
)

// weigh sets the kind and confidence of a hit. It returns false if the hit is not a sighting.
func (f *file) weigh(t *weighed, span lexer.Span) bool {
	switch t.Kind {
	case search.HostName:
		if t.Host == search.NoHost {
			if f.class == "" && !f.stock && !f.listing && span.State != lexer.Comment && !f.outside.Contain(t.At) {
				f.keepUnknown(t.Hit, span)
			}
			return false
		}
		return f.weighHost(t, span)
	case search.Server:
		return f.weighServer(t)
	case search.Import:
		return f.weighImport(t, span)
	case search.Package:
		f.weighPackage(t)
	case search.Action:
		switch t.kind, t.confidence = KindAction, Likely; {
		case span.State == lexer.Comment:
			t.demote(inComment)
		case f.class != "":
			t.demote(f.class)
		case f.tree.c.Registry(t.Vendor): // to publish or fetch packages
			t.demote(asRegistry)
		}
	case search.Terraform, search.Resource:
		f.weighProvider(t, span)
	case search.File, search.Symbol:
		return f.weighMark(t, span)
	case search.Permission, search.Command:
		f.weighProvider(t, span)
		if t.confidence = min(t.confidence, Likely); t.Kind == search.Permission && f.looksOnly(t.At, t.End) || t.Kind == search.Command && around.Lists(f.data, t.At) {
			t.demote(isNameOnly)
		}
	default:
		f.weighEnv(t, span)
	}
	return true
}

// weighServer weighs a server in an API description, or a host that infrastructure serves. The server of a known vendor is a sighting,
// because the repository contains that vendor's description. Any other server is the repository's own.
func (f *file) weighServer(t *weighed) bool {
	if t.Host == search.NoHost {
		name := strings.ToLower(string(f.data[t.At:t.End]))
		if domain, ok := search.Registrable(name); ok && f.path == "" {
			f.found.own = append(f.found.own, unknownHost{domain: domain, host: name, at: t.At})
		}
		return false
	}
	if t.kind, t.confidence = KindOpenAPI, Likely; f.path != "" {
		t.demote(f.path)
	}
	return true
}

func (f *file) weighPackage(t *weighed) {
	t.kind, t.confidence = KindPackage, Likely
	switch {
	case f.path != "":
		t.demote(f.path)
	case f.broken:
		t.demote(isBroken)
	case t.Community:
		t.demote(isCommunity)
	case t.Local:
		t.demote(isLocal)
	case f.tree.serves(t, t.Text):
		t.demote(isOwn)
	case t.Dev:
		t.demote(inDevelopment)
	case t.Indirect:
		t.demote(isIndirect)
	}
}

func (f *file) weighProvider(t *weighed, span lexer.Span) {
	t.kind, t.confidence = kinds()[t.Kind], Confirmed
	switch {
	case f.path != "":
		t.demote(f.path)
	case f.class == inRegistry:
		t.demote(f.class)
	case span.State == lexer.Comment:
		t.demote(inComment)
	}
}

// weighMark weighs a file that a service reads, or a name that only its users write. A symbol in the middle of a text for people is
// none.
func (f *file) weighMark(t *weighed, span lexer.Span) bool {
	t.kind, t.confidence = kinds()[t.Kind], Likely
	switch {
	case f.class != "" && path.Base(f.name) != "strings.xml" && path.Base(f.name) != "app.json": // settings of Android's apps, and add-ons
		t.demote(f.class)
	case t.Kind == search.File && around.OnlyAtRoot(f.name):
		t.demote(isMisplaced)
	case t.Kind == search.File:
	case span.State == lexer.Comment:
		t.demote(inComment)
	case span.State == lexer.String && around.Prose(f.data, t.At, false, span):
		return false
	case !f.family.Code() && around.Unfilled(f.data, t.End):
		t.demote(isPlaceholder)
	case f.disabled(t.At):
		t.demote(isDisabled)
	}
	return true
}

// looksOnly reports whether a permission does not say that the service is used: it covers everything, or only looks at things.
func (f *file) looksOnly(at, end int) bool {
	_, action, _ := strings.Cut(string(f.data[at:end]), ":")
	return action == "*" || strings.HasPrefix(action, "Describe") || strings.HasPrefix(action, "List") || strings.HasPrefix(action, "Get")
}

// kinds are the kinds of sightings in templates of infrastructure and in scripts, and of marks.
func kinds() map[search.Kind]Kind {
	return map[search.Kind]Kind{search.Terraform: KindTerraform, search.Resource: KindResource, search.Permission: KindPermission, search.Command: KindCommand, search.File: KindFile, search.Symbol: KindSymbol}
}

func (f *file) weighImport(t *weighed, span lexer.Span) bool {
	const scheme = len("package:")
	t.kind = KindImport
	switch {
	case !t.Constant && f.tree.defines(f.name, string(f.data[t.At:t.End]), t):
		return false
	case f.class != "":
		t.demote(f.class)
	case span.State == lexer.Comment:
		t.demote(inComment)
	case span.State == lexer.String && t.At-span.Start > scheme && !bytes.Contains(f.data[span.Start:t.At], []byte("://")): // part of a longer string
		return false
	case t.Local:
		t.demote(isLocal)
	case f.tree.serves(t, string(f.data[t.At:t.End])):
		t.demote(isOwn)
	case f.switchesOff(string(f.data[t.At:t.End])):
		t.demote(isDisabled)
	case t.Constant:
		t.demote(isNameOnly)
	case t.Derived && !f.tree.depends(t.Vendor, t.Ecosystem):
		t.demote(isUnlisted)
	case t.Short && !f.tree.namesPackage(t.Vendor, t.Ecosystem, f.data[t.At:t.End]):
		if t.confidence = Likely; t.Packaged && f.tree.listed(t.Ecosystem) {
			t.demote(isUnlisted)
		}
	default:
		t.confidence = Confirmed
	}
	return true
}

// switchesOff reports whether code switches a module off. It looks through the file once for each module.
func (f *file) switchesOff(module string) bool {
	off, known := f.off[module]
	if !known {
		if f.off == nil {
			f.off = map[string]bool{}
		}
		off = around.SwitchesOff(f.data, module)
		f.off[module] = off
	}
	return off
}
