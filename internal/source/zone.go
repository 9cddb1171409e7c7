package source

// Rules is a tree of the trusted zone: what judges may be read from it. Nothing else can open a registry, load a policy
// or find a waiver, so what a pull request brings along cannot judge itself by mistake: somebody would have to say why it
// may be trusted.
type Rules struct {
	tree *Tree
	why  Trust
}

// Trust is the reason why a tree belongs to the trusted zone.
type Trust string

// The reasons.
const (
	BuiltIn  Trust = "it is built into vendorgate"
	AtCommit Trust = "it was read at a commit of the repository that the settings name"
	AtBase   Trust = "it is as it was before the change"
	Agreed   Trust = "it is on the default branch, or there is no change to judge"
	Apart    Trust = "the settings name it, and it is outside the checked directory"
)

// Trust moves a tree into the trusted zone.
func (t *Tree) Trust(why Trust) Rules { return Rules{t, why} }

// Tree is the tree itself; nil for the zero value.
func (r Rules) Tree() *Tree { return r.tree }

// Why is the reason that was given.
func (r Rules) Why() Trust { return r.why }
