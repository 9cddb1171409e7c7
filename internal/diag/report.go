package diag

import "time"

// Verdict is the result of a run in one word.
type Verdict string

// The verdicts. Pass and Fail are results; the other two mean that there is none.
const (
	Pass           Verdict = "pass"
	Fail           Verdict = "fail"
	NothingToCheck Verdict = "nothing-to-check"
	NoVerdict      Verdict = "no-verdict"
)

// Report is everything that a run found. It is complete before any of it is written.
type Report struct {
	Version    string    // of vendorgate
	Verdict    Verdict   //
	Reason     string    // why there is no verdict, or nothing to check; empty otherwise
	AsOf       time.Time // the instant that dates were compared with
	Origin     string    // of the registry: a directory, "embedded", a repository
	Revision   string    // of the registry: a commit or a digest; empty if it has none
	Ref        string    // that the registry was read at, where it is a repository: refs/heads/main
	Committed  time.Time // when the registry's commit was made; zero where it has none
	Policy     string    // id of the policy that was applied
	Baseline   string    // what "introduced" was measured against; empty if nothing was
	Settings   []Setting // of the run, as they were given: those that decide what is checked, and by which rules
	Notices    []string  // what the reader should know about the run itself
	Rules      []Rule    // of the findings, each once, by id
	RequestURL string    // where to request a vendor if the policy does not say; empty if unknown
	Links      []string  // URLs of the policy that may become links; every other URL is text
	Counts     Counts
	Vendors    []Vendor
	Uses       []Use // in the order of the manifests; none if the policy is confidential
	Findings   []Finding
	Draft      string // a manifest with the vendors that the code uses, if they belong into one that is missing
	Gaps       []Gap
	Ignored    []Ignored // what ignore entries of manifests cover
	OfRegistry bool      // it is about the files of a registry, and not about a repository's use of vendors
	Sections   []Section // what a change of a registry means, once it is merged
}

// Section is a list with a title.
type Section struct {
	Title  string
	Folded bool // it is worth less space than the others
	Items  []Item
}

// Item is a line of a section.
type Item struct {
	Name string // of a record, a waiver, a rule; empty for none
	Text string
}

// Setting is a setting of a run.
type Setting struct{ Name, Value string }

// Counts are the numbers of a report. Errors, Warnings and Notes leave out what is waived.
type Counts struct {
	Errors, Warnings, Notes, Waived int
	Blocking                        int // findings that fail the check
	Ignored                         int // vendors and hosts that ignore entries cover
	Vendors                         int // distinct vendors declared
	Unvetted                        int // no record approves it (VG-REG-001, or a status not yet approved), or it is an unknown host
	Lapsed                          int // of those: past an approval or review date
	Absent                          int // paths that git tracks and the checkout does not have
}

// Vendor is one row of the report: a vendor that the manifests declare.
type Vendor struct {
	ID, Name string
	Status   string // status in the registry; "unregistered" if no record gives one; it begins with "undeclared" where no manifest names the vendor
	Tier     int    // most critical effective tier of its uses, 1 to 4
	Expires  string // last valid day of the approval, YYYY-MM-DD; empty if there is none
	Verdict  Verdict
}

// Rule explains a rule to a reader who does not know it.
type Rule struct {
	ID, Title string
	Why       string // one or two sentences
	Page      string // URL of its page; empty if it has none
	Acts      string // who acts when it fires
}

// Gap is something that the run could not read. A report always lists its gaps.
type Gap struct{ Target, Reason string }

// Count fills the counts that follow from the findings.
func (r *Report) Count() {
	r.Counts.Errors, r.Counts.Warnings, r.Counts.Notes, r.Counts.Waived, r.Counts.Blocking = 0, 0, 0, 0, 0
	r.Counts.Ignored = CountIgnored(r.Ignored)
	for _, f := range r.Findings {
		if f.Blocks {
			r.Counts.Blocking++
		}
		switch {
		case f.Waived():
			r.Counts.Waived++
		case f.Severity == Error:
			r.Counts.Errors++
		case f.Severity == Warning:
			r.Counts.Warnings++
		case f.Severity == Note:
			r.Counts.Notes++
		}
	}
}
