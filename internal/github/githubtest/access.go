package githubtest

// Level is how far a permission goes.
type Level int

// The levels, each of which includes the one before.
const (
	None Level = iota
	Read
	Write
)

// Access is whose a token is, and what it may do.
type Access struct {
	Login        string // "github-actions[bot]"
	Type         string // "Bot" or "User"
	Contents     Level
	PullRequests Level // comments included
}

// Bot is the access of a workflow's token whose permissions grant all that vendorgate uses.
func Bot() Access {
	return Access{Login: "github-actions[bot]", Type: "Bot", Contents: Write, PullRequests: Write}
}
