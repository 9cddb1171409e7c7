package cli

import (
	"cmp"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/sink"
)

// Build is what the build recorded about this program. The zero value is a build that recorded nothing.
type Build struct {
	Version  string // such as 0.1.0, or a pseudo-version between releases; empty if unknown
	Release  string // the release that Version is or follows, without a pre-release; empty if unknown
	Revision string // the commit
	Time     string // of the commit, in RFC 3339
	Modified bool   // the source differed from the commit
	Go       string // the version of Go
}

// unversioned is what Go calls the version of a build that recorded none.
const unversioned = "(devel)"

// version returns the version that reports show.
func (b Build) version() string { return cmp.Or(b.Version, unversioned) }

// release returns the version that a policy's required_version applies to. If the build has no release, no constraint
// accepts it.
func (b Build) release() string { return cmp.Or(b.Release, b.version()) }

func newVersion(r *run) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version and the commit that it was built from", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			b := r.env.Build
			lines := []sink.Line{sink.Linef("vendorgate %s", b.version())}
			if b.Revision != "" {
				state := ""
				if b.Modified {
					state = ", with local changes"
				}
				lines = append(lines, sink.Linef("commit: %s (%s%s)", b.Revision, cmp.Or(b.Time, "time unknown"), state))
			}
			if b.Go != "" {
				lines = append(lines, sink.Linef("built with: %s", b.Go))
			}
			for _, line := range lines {
				if err := r.env.Stdout.Print(line); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
