// Package rules holds the structural rules: those that look across fields, files or dates. Each is one Go function that judges
// a Subject, one use of one vendor. The package grades nothing and applies no waivers; that is the work of package gate.
package rules

import (
	"github.com/vendorgate/vendorgate/internal/diag"

	"github.com/vendorgate/vendorgate/internal/policy"
)

// Rule is a structural rule: one that looks across fields, files or dates.
type Rule struct {
	policy.RuleInfo
	Judge func(*Subject) []Fault
}

// Fault is what a rule finds in one use, before it is graded.
type Fault struct {
	Cap     diag.Severity // heaviest it may weigh whatever the policy says; Off means no limit
	Pos     diag.Pos      // in the manifest
	Related []diag.Related
	Message string
	Hint    string
	Request string // URL of a form that asks for the vendor
	Paste   string // lines that are ready to be put into a file
	Key     string // tells apart the faults of one rule in one use

	Lapsed     bool // it is past a day, which lies late days back: grace may soften it
	Day        LastDay
	Grace      string // parameter with a grace of its own, besides the policy's
	Everywhere bool
}

// Rules lists the structural rules by id.
func All() []Rule {
	return []Rule{
		{RuleInfo: policy.RuleInfo{ID: "VG-APR-001", Title: "the vendor's status does not permit the use", Levels: tiered("EEEE"), Waivable: true, Loud: true}, Judge: statusForbids},
		{RuleInfo: policy.RuleInfo{ID: "VG-APR-002", Title: "the approval has lapsed", Levels: tiered("EEEE"), Waivable: true}, Judge: approvalLapsed},
		{RuleInfo: policy.RuleInfo{ID: "VG-APR-003", Title: "the review is overdue", Levels: tiered("EEWN"), Waivable: true}, Judge: reviewOverdue},
		{RuleInfo: policy.RuleInfo{ID: "VG-APR-004", Title: "the approval is not valid", Levels: tiered("EEEE")}, Judge: approvalInvalid},
		{RuleInfo: policy.RuleInfo{ID: "VG-APR-005", Title: "a condition of the approval is overdue", Levels: tiered("EEEE"), Waivable: true}, Judge: conditionOverdue},
		{RuleInfo: policy.RuleInfo{ID: "VG-AUD-001", Title: "no current independent audit covers the service", Levels: tiered("EEW-"), Waivable: true, Optional: true}, Judge: auditMissing},
		{RuleInfo: policy.RuleInfo{ID: "VG-AUD-002", Title: "no current independent penetration test covers the service", Levels: tiered("EEW-"), Waivable: true, Optional: true}, Judge: pentestMissing},
		{RuleInfo: policy.RuleInfo{ID: "VG-AUD-003", Title: "security documentation is missing, or a report was refused", Levels: tiered("EEW-"), Waivable: true, Optional: true}, Judge: documentationMissing},
		{RuleInfo: policy.RuleInfo{ID: "VG-AUD-004", Title: "an auditor's reservation, or findings that stay open", Levels: tiered("EEW-"), Waivable: true, Optional: true}, Judge: findingsOpen},
		{RuleInfo: policy.RuleInfo{ID: "VG-AUT-001", Title: "neither modern authentication nor compensating controls", Levels: tiered("EEWN"), Waivable: true}, Judge: weakAuthentication},
		{RuleInfo: policy.RuleInfo{ID: "VG-AUT-002", Title: "a forbidden way to authenticate", Levels: tiered("EEEE"), Waivable: true}, Judge: forbiddenAuthentication},
		{RuleInfo: policy.RuleInfo{ID: "VG-AUT-003", Title: "tokens or keys live too long", Levels: tiered("EEW-"), Waivable: true, Optional: true}, Judge: longLivedTokens},
		{RuleInfo: policy.RuleInfo{ID: "VG-AUT-004", Title: "a secret of ours is too old", Levels: tiered("EEWW"), Waivable: true, Optional: true}, Judge: secretTooOld},
		{RuleInfo: policy.RuleInfo{ID: "VG-CMP-001", Title: "card data without PCI DSS proof", Levels: tiered("EEEE"), Optional: true}, Judge: cardDataUnproven},
		{RuleInfo: policy.RuleInfo{ID: "VG-CMP-002", Title: "health data without a business associate agreement", Levels: tiered("EEEE"), Optional: true}, Judge: healthDataUnagreed},
		{RuleInfo: policy.RuleInfo{ID: "VG-CMP-003", Title: "personal data without a processing agreement or a way to transfer it", Levels: tiered("EEEE"), Optional: true}, Judge: personalDataUnagreed},
		{RuleInfo: policy.RuleInfo{ID: "VG-CMP-004", Title: "a field of the DORA register is missing", Levels: tiered("EEEE"), Waivable: true, Optional: true}, Judge: registerIncomplete},
		{RuleInfo: policy.RuleInfo{ID: "VG-CON-001", Title: "no contract is in force, or its end is near", Levels: tiered("EEW-"), Waivable: true, Optional: true}, Judge: contractNotInForce},
		{RuleInfo: policy.RuleInfo{ID: "VG-CON-002", Title: "the contract lacks service levels for security", Levels: tiered("EE--"), Waivable: true, Optional: true}, Judge: contractTooWeak},
		{RuleInfo: policy.RuleInfo{ID: "VG-DAT-001", Title: "data in the wrong place, kept too long, or passed on", Levels: tiered("EEW-"), Waivable: true, Optional: true}, Judge: dataUnbounded},
		{RuleInfo: policy.RuleInfo{ID: "VG-DAT-002", Title: "data may train the vendor's models", Levels: tiered("EE--"), Waivable: true, Optional: true}, Judge: dataTrainsModels},
		{RuleInfo: policy.RuleInfo{ID: "VG-DET-001", Title: "threats are not detected in time, or alerts do not reach us", Levels: tiered("EW--"), Waivable: true, Optional: true}, Judge: threatsUnseen},
		{RuleInfo: policy.RuleInfo{ID: "VG-DET-002", Title: "malicious requests are not blocked", Levels: tiered("EW--"), Waivable: true, Optional: true}, Judge: attacksUnblocked},
		{RuleInfo: policy.RuleInfo{ID: "VG-ENC-001", Title: "old TLS or plaintext HTTP", Levels: tiered("EEEE")}, Judge: weakTransport},
		{RuleInfo: policy.RuleInfo{ID: "VG-ENC-002", Title: "sensitive data is stored without encryption", Levels: tiered("EEW-"), Waivable: true, Optional: true}, Judge: unencryptedStorage},
		{RuleInfo: policy.RuleInfo{ID: "VG-EXT-001", Title: "no way out", Levels: tiered("EEW-"), Waivable: true, Optional: true}, Judge: noWayOut},
		{RuleInfo: policy.RuleInfo{ID: "VG-IAM-001", Title: "the console cannot be locked down", Levels: tiered("EEW-"), Waivable: true, Optional: true}, Judge: weakConsole},
		{RuleInfo: policy.RuleInfo{ID: "VG-LOG-001", Title: "logs are incomplete, too short, or not ours to read", Levels: tiered("EEW-"), Waivable: true, Optional: true}, Judge: weakLogs},
		{RuleInfo: policy.RuleInfo{ID: "VG-LOG-002", Title: "no log, alert or status feed reaches our stack", Levels: tiered("WW--"), Waivable: true, Optional: true}, Judge: logsNotExported},
		{RuleInfo: policy.RuleInfo{ID: "VG-MAN-001", Title: "the manifest cannot be read as it is written", Levels: tiered("EEEE"), Fixed: true}},
		{RuleInfo: policy.RuleInfo{ID: "VG-MAN-002", Title: "the manifest holds what looks like a credential", Levels: tiered("EEEE"), Fixed: true}},
		{RuleInfo: policy.RuleInfo{ID: "VG-MAN-003", Title: "more than one manifest, or one under a wrong name", Levels: tiered("EEEE"), Fixed: true}},
		{RuleInfo: policy.RuleInfo{ID: "VG-MAN-004", Title: "an ignore entry that has lapsed, or is about nothing", Levels: tiered("WWWW")}},
		{RuleInfo: policy.RuleInfo{ID: "VG-PIL-001", Title: "approved without a pilot that measured", Levels: tiered("EEN-"), Waivable: true, Optional: true}, Judge: pilotMissing},
		{RuleInfo: policy.RuleInfo{ID: "VG-PIL-002", Title: "approved without attacks and breach drills", Levels: tiered("EW--"), Waivable: true, Optional: true}, Judge: pilotUnattacked},
		{RuleInfo: policy.RuleInfo{ID: "VG-PRB-001", Title: "a probe contradicts the record", Levels: tiered("EEEE"), Waivable: true, Optional: true}, Judge: probeContradicts},
		{RuleInfo: policy.RuleInfo{ID: "VG-PRB-002", Title: "probe results are missing or old, or a probe fails", Levels: tiered("WW--"), Waivable: true, Optional: true}, Judge: probesMissing},
		{RuleInfo: policy.RuleInfo{ID: "VG-REG-001", Title: "the vendor is not in the registry", Levels: tiered("EEEE")}},
		{RuleInfo: policy.RuleInfo{ID: "VG-REG-002", Title: "the code uses a vendor that nobody has declared", Levels: tiered("EEWW"), Waivable: true}},
		{RuleInfo: policy.RuleInfo{ID: "VG-REG-003", Title: "the record contradicts itself or another", Levels: tiered("EEEE")}, Judge: recordContradicts},
		{RuleInfo: policy.RuleInfo{ID: "VG-REG-004", Title: "the record makes a claim that cannot be measured", Levels: tiered("EEEE"), Waivable: true, Optional: true}, Judge: vagueClaims},
		{RuleInfo: policy.RuleInfo{ID: "VG-REG-005", Title: "nobody has established what the policy asks for", Levels: tiered("EEWN"), Waivable: true}},
		{RuleInfo: policy.RuleInfo{ID: "VG-REG-006", Title: "a claim is not proven well enough", Levels: tiered("EW--"), Waivable: true, Optional: true}, Judge: unprovenClaims},
		{RuleInfo: policy.RuleInfo{ID: "VG-REG-007", Title: "the registry or the policy could not be read", Levels: tiered("EEEE"), Fixed: true}},
		{RuleInfo: policy.RuleInfo{ID: "VG-REG-008", Title: "the code calls a host of no vendor that is known", Levels: tiered("WWWW")}},
		{RuleInfo: policy.RuleInfo{ID: "VG-RTE-001", Title: "rate limits are undocumented or badly signalled", Levels: tiered("EWW-"), Waivable: true, Optional: true}, Judge: unboundedRates},
		{RuleInfo: policy.RuleInfo{ID: "VG-SCP-001", Title: "a class of data outside the approved scope", Levels: tiered("EEEE"), Waivable: true}, Judge: dataOutsideScope},
		{RuleInfo: policy.RuleInfo{ID: "VG-SCP-002", Title: "an environment, repository or team outside the approved scope", Levels: tiered("EEEE"), Waivable: true}, Judge: useOutsideScope},
		{RuleInfo: policy.RuleInfo{ID: "VG-SCP-003", Title: "an API version that is not approved, or at its end", Levels: tiered("EEEE"), Waivable: true}, Judge: versionOutsideScope},
		{RuleInfo: policy.RuleInfo{ID: "VG-SCP-004", Title: "a host or a way to authenticate outside the approved scope", Levels: tiered("EEEE"), Waivable: true}, Judge: endpointOutsideScope},
		{RuleInfo: policy.RuleInfo{ID: "VG-VUL-001", Title: "vulnerabilities are sought or fixed too slowly, or nobody promised to", Levels: tiered("EEW-"), Waivable: true, Optional: true}, Judge: slowPatches},
		{RuleInfo: policy.RuleInfo{ID: "VG-VUL-002", Title: "no way to report a vulnerability", Levels: tiered("WWN-"), Waivable: true, Optional: true}, Judge: noDisclosure},
		{RuleInfo: policy.RuleInfo{ID: "VG-WVR-001", Title: "a waiver that does not hold", Levels: tiered("EEEE")}},
	}
}

// tiered reads a severity for each of the four tiers: E error, W warning, N note, - off.
func tiered(letters string) (out policy.Levels) {
	for i, c := range letters {
		switch c {
		case 'E':
			out[i+1] = diag.Error
		case 'W':
			out[i+1] = diag.Warning
		case 'N':
			out[i+1] = diag.Note
		}
	}
	return out
}

// RuleByID finds a structural rule.
func ByID(id string) (Rule, bool) {
	for _, r := range All() {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}

// LoadPolicy reads a policy about the structural rules, as policy.Load does.
func LoadPolicy(file string, data []byte, version string) (*policy.Policy, []diag.Problem) {
	var infos []policy.RuleInfo
	for _, r := range All() {
		infos = append(infos, r.RuleInfo)
	}
	return policy.Load(file, data, version, infos)
}
