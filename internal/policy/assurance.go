package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/vocab"
)

// AssuranceNeed is the assurance that the policy requires for an attribute, or for all attributes below a name.
type AssuranceNeed struct {
	Pattern string
	Paths   []string // the attributes that it is about
	Need    tiers[Assurance]
}

func parseAssurance(text string) (Assurance, error) {
	i := slices.Index(vocab.Assurances(), text)
	if i < 0 {
		return 0, fmt.Errorf("use one of %s", strings.Join(vocab.Assurances(), ", "))
	}
	return Assurance(i), nil
}

// Assurance is an index in vocab.Assurances.
type Assurance int

// The assurances, weakest first.
const (
	Asserted Assurance = iota
	Documented
	Attested
	Audited
	Tested
)

func (l Assurance) String() string { return vocab.Assurances()[l] }
