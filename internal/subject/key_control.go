package subject

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// KeyControl is one of the compensating controls that together make a static key acceptable. Its state is unknown if the attributes in Unknown
// are.
type KeyControl struct {
	Missing string // what is wrong with the keys if the control is missing, as the end of a sentence
	State   policy.Outcome
	Unknown []string
}

// KeyControls returns the controls that together make a static key acceptable.
func (u *Subject) KeyControls() []KeyControl {
	maxAge, within := u.Policy.Params.Period("static_key_max_age", u.Tier), u.Policy.Params.Period("revocation_within", u.Tier)
	age := u.Attr("authentication.client_credential.max_age")
	ageControl := KeyControl{Missing: fmt.Sprintf("neither expire after %s nor rotate with overlap", maxAge.Value.Words()), Unknown: []string{"authentication.client_credential.max_age", "authentication.client_credential.overlap_rotation"}}
	overlap := u.Attr("authentication.client_credential.overlap_rotation")
	switch {
	case age.Known() && age.Text != "never" && age.Span.Compare(maxAge.Value) <= 0, overlap.True():
		ageControl.State = policy.Holds
	case age.Known() && overlap.Known():
		ageControl.State = policy.Fails
	default:
		ageControl.State = policy.IsUnknown
	}
	granularity := u.Attr("authentication.scopes.granularity")
	scoped := KeyControl{Missing: "cannot be scoped", Unknown: []string{"authentication.scopes.granularity"}, State: policy.IsUnknown}
	if granularity.Known() {
		scoped.State = policy.Holds
		if granularity.Text == "none" {
			scoped.State = policy.Fails
		}
	}
	supported, takes := u.Attr("authentication.revocation.supported"), u.Attr("authentication.revocation.max_propagation")
	revoked := KeyControl{Missing: fmt.Sprintf("are not revoked within %s", within.Value.Words()), Unknown: []string{"authentication.revocation.supported", "authentication.revocation.max_propagation"}}
	switch {
	case supported.False(), takes.State == attr.None, takes.Known() && takes.Span.Compare(within.Value) > 0:
		revoked.State = policy.Fails
	case supported.True() && takes.Known():
		revoked.State = policy.Holds
	default:
		revoked.State = policy.IsUnknown
	}
	return []KeyControl{
		scoped, ageControl, revoked,
		u.anyTrue("are shared between environments", "authentication.client_credential.per_environment"),
		u.anyTrue("have neither an IP allow-list nor leak detection", "authentication.client_credential.ip_allowlist", "authentication.secret_scanning_partner"),
	}
}

// anyTrue returns a control that any one of several attributes provides.
func (u *Subject) anyTrue(missing string, paths ...string) KeyControl {
	c := KeyControl{Missing: missing, State: policy.Fails}
	for _, path := range paths {
		v := u.Attr(path)
		switch {
		case v.True():
			return KeyControl{Missing: missing, State: policy.Holds}
		case !v.Known():
			c.State = policy.IsUnknown
			c.Unknown = append(c.Unknown, path)
		}
	}
	return c
}
