package lint

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Input is everything that a lint depends on.
type Input struct {
	Files   *registry.Plain
	Edits   map[string][]byte // what files will hold, instead of what Files has; by name
	Base    *registry.Plain   // the files before a change; nil if there is no base
	Policy  *policy.Policy    // of the base, or of the files without one; nil if it is invalid, and then checks that need a policy are skipped
	AsOf    time.Time
	Touched bool   // report only findings that the change touches
	All     bool   // a record that fails is an error, also if the change leaves it as it was
	Author  string // login of the author of the change; empty if unknown
	Version string // of vendorgate

	Only []string // ids of the records to check, and to compare with each other; nil for all. The others exist

	EvidenceOnly    bool // report only what is wrong with files of evidence, and records that cannot be read
	WithoutEvidence bool // Files has no files of evidence, although the registry may

	PolicyChosen bool // the policy is not meant to come from the registry, so it needs no policy.yaml
}

// Linter checks every file of a registry, then the references between them.
type Linter struct {
	in     Input
	names  []string
	strays map[string]registry.Stray // by name; they are among the names
	held   []string                  // files in the folder for evidence
	gaps   []diag.Gap
	known  *registry.Registry

	inForce *policy.Policy // once the change is merged: an edited policy if it is valid, and otherwise that of the input

	hasPolicy, hadPolicy bool // the registry has a policy, or a file of nearly that name; likewise before the change
}

// Linted is the result for one file.
type Linted struct {
	Name    string
	Changed bool // since the base; true without a base
	Removed bool // the change removes it
	found   []diag.Finding
	unread  int // how many of them say that the file cannot be read in full
	gap     *diag.Gap
	record  *crossRefs
	waiver  *crossRefs
}

// crossRefs is what checkAcrossFiles needs to know about a file.
type crossRefs struct {
	id, status string
	pos        diag.Pos
	vendor     diag.At[string]      // only for waivers
	waiver     *registry.Waiver     // only for waivers
	use        *subject.Subject     // the widest that a record permits
	judged     []gate.RecordFinding // what a check finds about it
	replacedBy diag.At[string]
	others     []diag.At[string] // exit.alternatives
	claims     []subject.Claim
	files      []string // of evidence
}

// read reads a file after the change.
func (l *Linter) read(name string) ([]byte, error) {
	if data, edited := l.in.Edits[name]; edited {
		return data, nil
	}
	return l.in.Files.Tree.Read(name)
}

// before reads a file of the base. A file that is not regular counts as absent.
func (l *Linter) before(name string) (data []byte, existed bool, err error) {
	if l.in.Base == nil {
		return nil, false, nil
	}
	data, err = l.in.Base.Tree.Read(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, source.ErrNotRegular) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// problems adds the problems of a file. All keys that are missing in a mapping stand at its place, so none of them is said twice.
func (l *Linter) problems(out *Linted, vendor string, problems []diag.Problem) {
	for _, p := range problems {
		l.append(out, rules.RecordContradicts, diag.Error, vendor, subject.Defect{Pos: p.Pos, Key: gate.MessageKey(p.Message), Message: p.Message, Hint: p.Hint})
	}
}

// add adds a defect of a file, unless the same place has one that says enough.
func (l *Linter) add(out *Linted, rule string, severity diag.Severity, vendor string, d subject.Defect) {
	said := slices.ContainsFunc(out.found, func(f diag.Finding) bool {
		return f.Pos == d.Pos && f.Rule == rules.RecordContradicts && rule == rules.RecordContradicts && f.Severity >= severity
	})
	unread := slices.ContainsFunc(out.found[:out.unread], func(f diag.Finding) bool { return f.Pos == d.Pos })
	if severity == diag.Off || unread || said { // what could not be read, or contradicts other values, is one mistake
		return
	}
	l.append(out, rule, severity, vendor, d)
}

func (l *Linter) append(out *Linted, rule string, severity diag.Severity, vendor string, d subject.Defect) {
	var related []diag.Related
	for _, r := range d.Related {
		if r.Pos != d.Pos && r.Pos.File != "" {
			related = append(related, r)
		}
	}
	out.found = append(out.found, diag.Finding{
		Rule: rule, Severity: severity, Vendor: vendor, Pos: d.Pos, Related: related, Message: d.Message, Hint: strings.TrimSpace(subject.Sentence(d.Hint)),
		Introduced: out.Changed, Key: out.Name + "\x00" + d.Key,
	})
}

// severity returns the severity of a rule in a lint. A rule that is off by default is still a warning here, unless the policy
// switches it off explicitly.
func (l *Linter) severity(rule string, tier int) diag.Severity {
	return severityBy(l.inForce, rule, tier)
}

func severityBy(p *policy.Policy, rule string, tier int) diag.Severity {
	if p == nil {
		return diag.Error
	}
	levels := p.Rule(rule)
	if levels.Levels[tier] == diag.Off && levels.Pos.File == "" {
		return diag.Warning
	}
	return levels.Levels[tier]
}

// endsAsYAML reports whether a name ends in .yaml or .yml, in any case.
func endsAsYAML(name string) bool {
	ending := strings.ToLower(path.Ext(name))
	return ending == ".yaml" || ending == ".yml"
}
