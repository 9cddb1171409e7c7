package process

import (
	"cmp"
)

// Build is what the build recorded about this program. The zero value is a build that recorded nothing.
type Build struct {
	Version  string // such as 0.1.0, or a pseudo-version between releases; empty if unknown
	Release  string // the release that Version is or follows, without a pre-release; empty if unknown
	Revision string // the commit
	Time     string // of the commit, in RFC 3339
	Modified bool   // the source differed from the commit
	Go       string // the version of Go

	// Repository published this program in its image, as owner/name. It is empty for a program that is no release, such as the one
	// in an image that a runner builds from the action's own source.
	Repository string
}

// unversioned is what Go calls the version of a build that recorded none.
const unversioned = "(devel)"

// ShownVersion returns the version that reports show.
func (b Build) ShownVersion() string { return cmp.Or(b.Version, unversioned) }

// PolicyVersion returns the version that a policy's required_version applies to. If the build has no release, no constraint
// accepts it.
func (b Build) PolicyVersion() string { return cmp.Or(b.Release, b.ShownVersion()) }
