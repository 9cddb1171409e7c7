package source

// Rules is a tree in the trusted zone. Opening a registry, loading a policy and finding a waiver require one, so files
// from a pull request cannot be used as rules by accident: the code would have to state why they can be trusted.
type Rules struct {
	tree *Tree
	why  Trust
}

// Trust is the reason why a tree is in the trusted zone.
type Trust string

// The reasons.
const (
	BuiltIn  Trust = "it is built into vendorgate"
	AtCommit Trust = "it was read at a commit of the repository that the settings name"
	AtBase   Trust = "it is as it was before the change"
	Agreed   Trust = "it is on the default branch, or there is no change to judge"
	Apart    Trust = "the settings name it, and it is outside the checked directory"
)

// Trust puts a tree into the trusted zone.
func (t *Tree) Trust(why Trust) Rules { return Rules{t, why} }

// Tree returns the tree itself; nil for the zero value.
func (r Rules) Tree() *Tree { return r.tree }

// Why returns the reason for the trust.
func (r Rules) Why() Trust { return r.why }
