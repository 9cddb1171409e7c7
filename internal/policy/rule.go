package policy

import "github.com/vendorgate/vendorgate/internal/diag"

// Rule is a structural rule: one that looks across fields, files or dates.
type Rule struct {
	ID       string // permanent
	Title    string // the fault in words
	Levels   Levels // severity by effective tier, before the policy changes it
	Waivable bool
	Fixed    bool // the policy cannot change its severity
	judge    func(*use) []fault
}

// fault is what a rule finds in one use, before it is graded.
type fault struct {
	most    diag.Severity // heaviest it may weigh whatever the policy says; Off means no limit
	pos     diag.Pos      // in the manifest
	related []diag.Related
	message string
	hint    string
	request string // URL of a form that asks for the vendor
	key     string // tells apart the faults of one rule in one use

	lapsed     bool // it is past a day, which lies late days back: grace may soften it
	day        day
	everywhere bool
}

// Rules lists the structural rules by id.
func Rules() []Rule {
	var (
		errors = everyTier(diag.Error)
		byTier = Levels{0, diag.Error, diag.Error, diag.Warning, diag.Note}
	)
	return []Rule{
		{ID: "VG-APR-001", Title: "the vendor's status does not permit the use", Levels: errors, Waivable: true, judge: statusForbids},
		{ID: "VG-APR-002", Title: "the approval has lapsed", Levels: errors, Waivable: true, judge: approvalLapsed},
		{ID: "VG-APR-003", Title: "the review is overdue", Levels: byTier, Waivable: true, judge: reviewOverdue},
		{ID: "VG-APR-004", Title: "the approval is not valid", Levels: errors, judge: approvalInvalid},
		{ID: "VG-APR-005", Title: "a condition of the approval is overdue", Levels: errors, Waivable: true, judge: conditionOverdue},
		{ID: "VG-AUT-001", Title: "neither modern authentication nor compensating controls", Levels: byTier, Waivable: true, judge: weakAuthentication},
		{ID: "VG-AUT-002", Title: "a forbidden way to authenticate", Levels: errors, Waivable: true, judge: forbiddenAuthentication},
		{ID: "VG-ENC-001", Title: "old TLS or plaintext HTTP", Levels: errors, judge: weakTransport},
		{ID: "VG-MAN-001", Title: "the manifest cannot be read as it is written", Levels: errors, Fixed: true},
		{ID: "VG-MAN-002", Title: "the manifest holds what looks like a credential", Levels: errors, Fixed: true},
		{ID: "VG-MAN-003", Title: "more than one manifest, or one under a wrong name", Levels: errors, Fixed: true},
		{ID: "VG-REG-001", Title: "the vendor is not in the registry", Levels: errors},
		{ID: "VG-REG-003", Title: "the record contradicts itself or another", Levels: errors, judge: recordContradicts},
		{ID: "VG-REG-005", Title: "nobody has established what the policy asks for", Levels: byTier, Waivable: true},
		{ID: "VG-REG-007", Title: "the registry or the policy could not be read", Levels: errors, Fixed: true},
		{ID: "VG-SCP-001", Title: "a class of data outside the approved scope", Levels: errors, Waivable: true, judge: dataOutsideScope},
		{ID: "VG-SCP-002", Title: "an environment, repository or team outside the approved scope", Levels: errors, Waivable: true, judge: useOutsideScope},
		{ID: "VG-SCP-003", Title: "an API version that is not approved, or at its end", Levels: errors, Waivable: true, judge: versionOutsideScope},
		{ID: "VG-SCP-004", Title: "a host or a way to authenticate outside the approved scope", Levels: errors, Waivable: true, judge: endpointOutsideScope},
		{ID: "VG-WVR-001", Title: "a waiver that does not hold", Levels: errors},
	}
}

// RuleByID finds a structural rule.
func RuleByID(id string) (Rule, bool) {
	for _, r := range Rules() {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}
