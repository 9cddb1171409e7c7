package inputs

import "github.com/vendorgate/vendorgate/internal/policy"

// permitted refuses settings that the policy must allow. Without a policy there is no verdict by them anyway.
func (r Request) permitted(rules *policy.Policy) error {
	if r.AsOf == "" || rules == nil || rules.AllowAsOf.Value {
		return nil
	}
	return usagef("leave it out to check as of now; the registry's policy.yaml can allow it with `allow_as_of: true`", "--as-of %s: the policy does not let a run in CI choose its date", r.AsOf)
}
