package check

// noChange returns a notice if the run checks no change and the settings depend on it.
func (in Inputs) noChange() remarks {
	if in.Before.Unchanged == "" || !in.ChangedOnly {
		return remarks{}
	}
	return noticed(in.Before.Unchanged + "; every use counts as existing, and with fail-scope changed only findings such as a suspended vendor can fail the check")
}
