package check

// noChange reports, where it matters, that the run judges no change.
func (in Inputs) noChange() remarks {
	if in.Before.Unchanged == "" || !in.ChangedOnly {
		return remarks{}
	}
	return noticed(in.Before.Unchanged + ", so every use counts as existing; of these, only findings that count in every scope can fail the check")
}
