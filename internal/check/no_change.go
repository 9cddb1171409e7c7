package check

// noChange returns a notice if the run checks no change and the settings depend on it.
func (in Inputs) noChange() remarks {
	if in.Before.Unchanged == "" || !in.ChangedOnly {
		return remarks{}
	}
	return noticed(in.Before.Unchanged + ", so every use counts as existing and only findings that count in every fail scope can fail the check")
}
