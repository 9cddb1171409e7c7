package inputs

import "github.com/vendorgate/vendorgate/internal/policy"

// permitted returns an error for settings that the policy does not allow. If the policy could not be read, there is no verdict
// anyway.
func (r Request) permitted(rules *policy.Policy) error {
	if r.AsOf == "" || rules == nil || rules.AllowAsOf.Value {
		return nil
	}
	return Usagef("remove it to check as of now, or allow it with `allow_as_of: true` in the policy", "--as-of %s: the policy does not allow this setting in CI", r.AsOf)
}
