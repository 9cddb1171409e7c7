package gate

import (
	"time"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Input is everything that a verdict depends on.
type Input struct {
	Manifests  []manifest.Manifest
	Base       map[string]manifest.Manifest // manifests before the change, by Manifest.Path; a use that they lack is introduced
	Removed    []manifest.Manifest          // by the change; their entries may have been moved
	NoChange   bool                         // the run checks no change: every use counts as existing, and Base is ignored
	Registry   *registry.Registry
	Policy     *policy.Policy
	AsOf       time.Time
	Repository string              // owner/name; empty if unknown
	CodeScan   *CodeScan           // what a scan found in the source tree; nil without a scan
	UsedBefore func(Question) bool // answers about the base; nil if there is none yet
	RequestURL string              // where to request a vendor if the policy does not say; empty if unknown
}

// Result is the outcome of an evaluation.
type Result struct {
	Findings []diag.Finding
	Vendors  []diag.Vendor // by id, before Threshold.Vendors sets their verdicts
	Uses     []diag.Use
	Unvetted int
	Lapsed   int
	Gaps     []diag.Gap
	Notices  []string

	Questions []Question // about the base, whose answers may change the findings
}

// CodeScan is the result of a scan of the source tree.
type CodeScan struct {
	*detect.Result
	Name     func(file string) string       // name of a file in reports
	Changed  func(file string) bool         // since the base; nil if every file counts as changed
	Declared func(vendor, file string) bool // by a manifest of the base; nil if there is no base
	Ignores  []*IgnoreUse                   // of the manifests that are judged
	Ignored  []diag.Ignored                 // what was left out because of ignore entries
}

// evaluation is one run of Evaluate.
type evaluation struct {
	in             Input
	today          policy.Today
	uses           []*subject.Subject // those whose vendor could be judged
	undeclaredUses []*subject.Subject // likewise, as if they were declared
	findings       []gradedFinding
	gaps           []diag.Gap
	notices        []string
	rows           map[string]*diag.Vendor
	unvetted       map[string]bool
	suggested      int
	judged         []diag.Use
	asked          []rules.Rule
	questions      []Question

	brokenWaivers map[string]bool
	continued     map[string]map[diag.Pos]*manifest.Use // the entries of the base that uses continue, by vendor and place of the use
	entries       map[string][]entryBefore              // of the base, by vendor; nil until somebody asks
	newlyNames    map[*subject.Subject]bool             // existing uses that name another waiver than before
}

func newEvaluation(in Input) *evaluation {
	return &evaluation{
		in: in, today: in.Policy.At(in.AsOf), rows: map[string]*diag.Vendor{}, unvetted: map[string]bool{}, asked: rules.All(), brokenWaivers: map[string]bool{},
		continued: map[string]map[diag.Pos]*manifest.Use{}, newlyNames: map[*subject.Subject]bool{},
	}
}

// gradedFinding is a finding that a waiver may cover.
type gradedFinding struct {
	diag.Finding
	waivable bool
	offers   bool   // the hint says that a waiver is possible, unless one covers the finding
	private  string // what it says without a reason, if that is more than whom to ask
	urgent   string // what to do at once, which stays if reasons are hidden
	soon     bool   // a last day comes near, and nothing else is wrong
	lapsed   bool   // a last day has passed, and nothing else is wrong

	ofSeveral bool // it stands at one of several entries of its vendor
	joined    bool // it is about several of them
}

func (e *evaluation) row(u *subject.Subject) *diag.Vendor {
	id := u.ID.Value
	if e.rows[id] == nil {
		e.rows[id] = &diag.Vendor{ID: id, Name: id, Status: "unregistered", Tier: 4, Verdict: diag.Pass}
	}
	return e.rows[id]
}

// unknown marks the row of a vendor whose record could not be read.
func unknown(row *diag.Vendor) { row.Status, row.Tier, row.Verdict = unreadStatus, 0, diag.NoVerdict }

// The states of a vendor in a report that are not in its record, besides that it has none.
const (
	unreadStatus     = "unknown"
	undeclaredStatus = "undeclared"
)
