package diag

// Use is one use of a vendor, and what was asked about it. What passes is in no finding, and so only here.
type Use struct {
	Vendor string
	Label  string // that tells it from other uses of the vendor; may be empty
	Pos    Pos    // in its manifest
	Tier   int    // effective; 0 if unknown
	Asked  []Asked
}

// Asked is the outcome of a rule or requirement that is on at the tier of the use.
type Asked struct {
	Rule          string
	Outcome       Outcome
	Waiver, Until string // what covers a failure: the id of the waiver, and its last day
}

// Outcome is the outcome of a rule or requirement, as files write it.
type Outcome string

// The outcomes. What only says that a last day comes near passes.
const (
	Passed  Outcome = "pass"
	Failed  Outcome = "fail"
	Unknown Outcome = "unknown" // the record or the manifest does not have the answer
	Excused Outcome = "waived"  // it fails, and a waiver covers all its findings

	NotAsked Outcome = "not_asked" // it does not apply to the use
)
