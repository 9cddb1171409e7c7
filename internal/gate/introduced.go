package gate

import (
	"maps"
	"slices"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Question asks whether the base had a use that seems to be new: of a vendor or an unknown host, in the folder of a manifest.
type Question struct {
	Vendor   string             // id; empty for a host
	Domain   string             // of the host, or of one that the entry of the vendor claims; may be empty
	Manifest *manifest.Manifest // of the head
	Declared bool               // by that manifest
	Files    []string           // of the head that show the use
	From     []string           // folders of the base that the use may have moved from: those of manifests without the vendor now
}

// isNew reports whether a use that seems to be new is so, as far as that is known.
func (e *evaluation) isNew(q Question) bool {
	e.questions = append(e.questions, q)
	return e.in.UsedBefore == nil || !e.in.UsedBefore(q)
}

// newFolders returns the manifests, by path, in whose folders files show a use that the base did not have: code shows it newly, or a
// declaration that covered it is gone. In a folder without a changed file there is no new use.
func (e *evaluation) newFolders(q Question, files []string) map[string]bool {
	out := map[string]bool{}
	if e.in.NoChange {
		return out
	}
	scan, byManifest, order := e.in.CodeScan, map[string]Question{}, []string(nil)
	for _, file := range files {
		m := e.manifestFor(file)
		group, known := byManifest[m.Path]
		if !known {
			group, order = q, append(order, m.Path)
			group.Manifest, group.From = m, e.removedFolders(m)
		}
		group.Files = append(group.Files, file)
		byManifest[m.Path] = group
	}
	undeclared := func(file string) bool {
		if q.Vendor == "" {
			return e.wasEndpoint(q.Domain, file)
		}
		return scan.Declared != nil && scan.Declared(q.Vendor, file)
	}
	for _, path := range order {
		switch group := byManifest[path]; {
		case slices.ContainsFunc(group.Files, undeclared), scan.Changed == nil:
			out[path] = true
		case slices.ContainsFunc(group.Files, e.changed):
			out[path] = e.isNew(group)
		}
	}
	return out
}

// introduced reports whether a declared use is new or changed since the base. It is neither if the base declared the same for its folder,
// if its entry was moved, if it only says in other words what was said, or if it declares what the code did before. If the run checks no
// change, no use is new.
func (e *evaluation) introduced(u *subject.Subject) bool {
	if e.in.NoChange {
		return false
	}
	before := e.before(u)
	if before == nil {
		return e.newlyDeclared(u)
	}
	if u.Waiver.Value != "" && u.Waiver.Value != before.Waiver.Value {
		e.newlyNames[u] = true
	}
	q := e.question(u)
	for _, b := range e.movable(u.ID.Value, u.Manifest.Path) {
		q.From = append(q.From, manifest.Folder(b.manifest))
	}
	if slices.ContainsFunc(q.Files, e.changed) && e.isNew(q) {
		return true // a manifest that moved covers code that neither moved with it nor was covered before
	}
	return !u.Same(*before) && judged(u) && e.worse(u, before)
}

// judged reports whether the rules judge a use. Of a vendor without a decision, all that counts is that there is none.
func judged(u *subject.Subject) bool { return u.Vendor != nil && u.Vendor.Reviewed() }

// newlyDeclared reports whether a use that the base did not declare is new: the code did not show it either, or it was milder without
// what the entry says. It asks only where that matters, which is where there is a finding.
func (e *evaluation) newlyDeclared(u *subject.Subject) bool {
	if !slices.ContainsFunc(e.in.Manifests, func(m manifest.Manifest) bool { return m.Path == u.Manifest.Path }) || e.in.Base == nil {
		return true
	}
	now := *u
	now.Introduced = true
	if judged(u) && len(Judge(&now)) == 0 {
		return true
	}
	q := e.question(u)
	if e.isNew(q) {
		return true
	}
	undeclared := HypotheticalUse(e.in.Policy, e.in.Registry, u.ID.Value, e.in.AsOf, nil, []string{"prod"})
	shown := *u
	shown.Hypothetical = true // code states nothing, so what the entry does not state makes it no worse
	return undeclared != nil && e.worse(&shown, &undeclared.Use)
}

// question returns the question for the code that a declared use covers, and that neither a manifest of the base nor one further down covers.
func (e *evaluation) question(u *subject.Subject) Question {
	q := Question{Vendor: u.ID.Value, Manifest: u.Manifest, Declared: true}
	if e.in.CodeScan == nil {
		return q
	}
	folder := manifest.Folder(u.Manifest.Path)
	covered := func(file string) bool {
		return slices.ContainsFunc(e.entriesBefore(u.ID.Value), func(b entryBefore) bool { return b.covers(file) })
	}
	add := func(file string, claims func(manifest.Use) bool) {
		if manifest.Below(folder, file) && !covered(file) && !e.declaredBelow(folder, file, claims) {
			q.Files = append(q.Files, file)
		}
	}
	same := func(other manifest.Use) bool { return other.ID.Value == u.ID.Value }
	for _, v := range e.in.CodeScan.Vendors {
		if v.ID == u.ID.Value && v.Confidence >= detect.Likely {
			for _, file := range v.Files {
				add(file, same)
			}
		}
	}
	for _, h := range e.in.CodeScan.UnknownHosts { // which the entry claims for its vendor
		claims := func(other manifest.Use) bool {
			return same(other) && slices.ContainsFunc(other.Endpoints, func(endpoint diag.At[string]) bool { return inDomain(endpoint.Value, h.Domain) })
		}
		if claims(u.Use) {
			q.Domain = h.Domain
			for _, place := range append([]detect.UnknownHost{h}, h.Others...) {
				add(place.File, claims)
			}
		}
	}
	return q
}

// declaredBelow reports whether a manifest further down than a folder has an entry for a file.
func (e *evaluation) declaredBelow(folder, file string, entry func(manifest.Use) bool) bool {
	return slices.ContainsFunc(e.in.Manifests, func(m manifest.Manifest) bool {
		below := manifest.Folder(m.Path)
		return below != folder && manifest.Below(folder, below) && manifest.Below(below, file) && slices.ContainsFunc(m.Uses, entry)
	})
}

// changed reports whether the change touched a file.
func (e *evaluation) changed(file string) bool {
	return e.in.CodeScan.Changed == nil || e.in.CodeScan.Changed(file)
}

// before returns the entry of the base that a use continues; nil if it is a new use, or does more than before.
func (e *evaluation) before(u *subject.Subject) *manifest.Use {
	if e.continued[u.ID.Value] == nil {
		e.continued[u.ID.Value] = e.matches(u.ID.Value)
	}
	return e.continued[u.ID.Value][u.ID.Pos]
}

// matches finds the entries of the base that the uses of a vendor continue, by the place of the use. Those that are the same are matched
// first, so that another use which is only alike does not take one that moved.
func (e *evaluation) matches(id string) map[diag.Pos]*manifest.Use {
	out, taken := map[diag.Pos]*manifest.Use{}, map[*manifest.Use]bool{}
	for _, fits := range []func(u, before manifest.Use) bool{manifest.Use.Same, e.notWider} {
		for i := range e.in.Manifests {
			for _, u := range e.in.Manifests[i].Uses {
				if u.ID.Value != id || out[u.ID.Pos] != nil {
					continue
				}
				covering, moved := e.candidates(id, e.in.Manifests[i].Path)
				if k := slices.IndexFunc(covering, func(b *manifest.Use) bool { return fits(u, *b) }); k >= 0 {
					out[u.ID.Pos] = covering[k]
				} else if k := slices.IndexFunc(moved, func(b *manifest.Use) bool { return !taken[b] && fits(u, *b) }); k >= 0 {
					out[u.ID.Pos], taken[moved[k]] = moved[k], true
				}
			}
		}
	}
	return out
}

// notWider reports whether a use does no more than an earlier one. A data class that the policy does not define is a mistake that is reported
// as such.
func (e *evaluation) notWider(u, before manifest.Use) bool {
	u.Data = slices.DeleteFunc(slices.Clone(u.Data), func(class diag.At[string]) bool {
		_, known := e.in.Policy.ClassTier(class.Value)
		return !known
	})
	return !u.Widens(before)
}

// candidates returns the entries of the base for a vendor that a use in a manifest may continue: those of manifests that covered its folder,
// its own first, and those elsewhere that the head no longer has.
func (e *evaluation) candidates(id, path string) (covering, moved []*manifest.Use) {
	for _, b := range e.entriesBefore(id) {
		switch {
		case b.manifest == path:
			covering = slices.Insert(covering, 0, b.use)
		case b.covers(path):
			covering = append(covering, b.use)
		}
	}
	for _, b := range e.movable(id, path) {
		moved = append(moved, b.use)
	}
	return covering, moved
}

// movable returns the entries of the base for a vendor that a use in a manifest may have been moved from.
func (e *evaluation) movable(id, path string) []entryBefore {
	return slices.DeleteFunc(slices.Clone(e.entriesBefore(id)), func(b entryBefore) bool { return !b.gone || b.covers(path) })
}

// removedFolders returns the folders of the manifests that the change removed, if a manifest is new and may be one of them.
func (e *evaluation) removedFolders(m *manifest.Manifest) []string {
	var out []string
	if _, had := e.in.Base[m.Path]; !had {
		for i := range e.in.Removed {
			out = append(out, manifest.Folder(e.in.Removed[i].Path))
		}
	}
	return out
}

// entryBefore is an entry of the base.
type entryBefore struct {
	manifest string // its path
	use      *manifest.Use
	gone     bool // the head has no entry for the vendor in that manifest
}

// covers reports whether the entry covered a file.
func (b entryBefore) covers(file string) bool {
	return manifest.Below(manifest.Folder(b.manifest), file)
}

// entriesBefore returns the entries of the base for a vendor, in the order of the manifests.
func (e *evaluation) entriesBefore(id string) []entryBefore {
	if e.entries == nil {
		e.entries = map[string][]entryBefore{}
		there := map[string]bool{}
		for i := range e.in.Manifests {
			for _, use := range e.in.Manifests[i].Uses {
				there[e.in.Manifests[i].Path+"\x00"+use.ID.Value] = true
			}
		}
		before := slices.Clone(e.in.Removed)
		for _, name := range slices.Sorted(maps.Keys(e.in.Base)) {
			m := e.in.Base[name]
			m.Path = name
			before = append(before, m)
		}
		for i := range before {
			for k := range before[i].Uses {
				use := &before[i].Uses[k]
				id := use.ID.Value
				e.entries[id] = append(e.entries[id], entryBefore{before[i].Path, use, !there[before[i].Path+"\x00"+id]})
			}
		}
	}
	return e.entries[id]
}

// worse reports whether a use has a finding that it would not have as it was before the change.
func (e *evaluation) worse(u *subject.Subject, before *manifest.Use) bool {
	found := func(use manifest.Use) []diag.Finding {
		s, alone := *u, *u.Manifest
		alone.Uses, use.Label = nil, diag.At[string]{} // the names of uses tell them apart, and say nothing of what they do
		s.Use, s.Manifest, s.EnvironmentNames, s.Introduced = use, &alone, nil, false
		s.SetData(use.Data)
		for _, env := range use.Environments {
			s.EnvironmentNames = append(s.EnvironmentNames, env.Value)
		}
		s.SetTier()
		return Judge(&s)
	}
	was := found(*before)
	return slices.ContainsFunc(found(u.Use), func(f diag.Finding) bool {
		return f.Severity > diag.Note && !slices.ContainsFunc(was, func(b diag.Finding) bool { return b.Rule == f.Rule && b.Key == f.Key && b.Severity >= f.Severity })
	})
}
