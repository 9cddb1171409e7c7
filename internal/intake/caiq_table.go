package intake

// The editions of the CAIQ.
const (
	CAIQ403 = "4.0.3"
	CAIQ41  = "4.1"
)

// Editions lists the editions of the CAIQ that can be read.
func Editions() []string { return []string{CAIQ403, CAIQ41} }

// answer says what yes and no to a question say about an attribute. The questions moved between the editions.
type answer struct {
	in403, in41 string // id of the question
	path        string
	yes, no     string // values in YAML; empty if the answer does not settle the attribute
	open        string // why an answer does not settle it
}

// answers are the questions that settle an attribute. Most questions of the CAIQ ask whether a process is defined, which is no attribute.
func answers() []answer {
	return []answer{
		{"CEK-03.1", "CEK-03.1", "encryption.at_rest.encrypted", "true", "", "no can be about stored data or about transport"},
		{"CEK-08.1", "CEK-08.1", "encryption.at_rest.key_management", "", "vendor", "yes does not say whether the customer also holds the keys: byok or hyok"},
		{"DSP-19.1", "DSP-19.1", "data.storage_locations", "", "", "the answer does not name the countries"},
		{"IAM-14.1", "IAM-13.1", "access.mfa.supported", "true", "false", ""},
		{"IPY-02.1", "IPY-02.1", "exit.export.api", "true", "false", ""},
		{"IVS-06.1", "I&S-06.1", "data.tenant_isolation", "logical", "none", ""},
		{"LOG-09.1", "LOG-10.1", "logging.tamper_protection", "true", "false", ""},
		{"TVM-07.1", "TVM-03.1", "vulnerability_management.scanning.cadence", "monthly", "", "no does not say how often"},
	}
}

// asked returns the question of an edition; nil if it settles no attribute.
func asked(edition, id string) *answer {
	for _, a := range answers() {
		if edition == CAIQ403 && a.in403 == id || edition == CAIQ41 && a.in41 == id {
			return &a
		}
	}
	return nil
}
