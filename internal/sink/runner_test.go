package sink_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/vendorgate/vendorgate/internal/sink/sinktest"
)

// lineVector is a line of a step's output and the command that the runner finds in it; none if Name is empty.
type lineVector struct {
	line string
	want sinktest.Command
}

// props are pairs of a key and a value.
func props(pairs ...string) map[string]string {
	out := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = pairs[i+1]
	}
	return out
}

// registered are the names of the commands that a runner knows. It ignores all others.
func registered() []string {
	return []string{
		"add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "notice", "remove-matcher",
		"save-state", "set-env", "set-output", "stop-commands", "warning",
	}
}

// bracketLines are commands of the first form: ##[name key=value;]data, anywhere in a line. A percent sign escapes the
// separators, and itself.
func bracketLines() []lineVector {
	return []lineVector{
		{"##[warning file=a.go;line=3;]not vetted", sinktest.Command{Name: "warning", Props: props("file", "a.go", "line", "3"), Data: "not vetted"}},
		{"##[warning file=a.go]not vetted", sinktest.Command{Name: "warning", Props: props("file", "a.go"), Data: "not vetted"}},
		{"##[endgroup]", sinktest.Command{Name: "endgroup", Props: props()}},
		{"##[notice title=a%3Bb%0Dc%0Ad%5De;]f%3Bg%0Dh%0Ai%5Dj", sinktest.Command{Name: "notice", Props: props("title", "a;b\rc\nd]e"), Data: "f;g\rh\ni]j"}},
		{"##[notice title=%253B%250A;]%253B%250A", sinktest.Command{Name: "notice", Props: props("title", "%3B%0A"), Data: "%3B%0A"}},
		{"##[notice title=;file=;]", sinktest.Command{Name: "notice", Props: props()}},
		{"12:00:01 ##[error]late", sinktest.Command{Name: "error", Props: props(), Data: "late"}},
		{`hint: add "x" ##[add-path]/tmp`, sinktest.Command{Name: "add-path", Props: props(), Data: "/tmp"}},
		{"::group::##[error]x", sinktest.Command{Name: "error", Props: props(), Data: "x"}},
		{"a list: ##[first]second", sinktest.Command{}},
		{"##[error", sinktest.Command{}},
		{"# #[error]x", sinktest.Command{}},
		{"##[ERROR]x", sinktest.Command{}},
	}
}

// colonLines are commands of the second form: ::name key=value,::data, at the start of a line but for white space.
func colonLines() []lineVector {
	return []lineVector{
		{"::error file=b.go,line=7,::lapsed", sinktest.Command{Name: "error", Props: props("file", "b.go", "line", "7"), Data: "lapsed"}},
		{"::error file=b.go::lapsed", sinktest.Command{Name: "error", Props: props("file", "b.go"), Data: "lapsed"}},
		{"::endgroup::", sinktest.Command{Name: "endgroup", Props: props()}},
		{"::debug title=a%2Cb%0Dc%0Ad%3Ae;]f,::g%0Dh%0Ai,j;k]l:m", sinktest.Command{Name: "debug", Props: props("title", "a,b\rc\nd:e;]f"), Data: "g\rh\ni,j;k]l:m"}},
		{"::debug::a%3Ab%2Cc", sinktest.Command{Name: "debug", Props: props(), Data: "a%3Ab%2Cc"}},
		{"::debug title=%252C%253A,::%250A", sinktest.Command{Name: "debug", Props: props("title", "%2C%3A"), Data: "%0A"}},
		{"::debug title=,file=,::", sinktest.Command{Name: "debug", Props: props()}},
		{"\t  ::stop-commands::x", sinktest.Command{Name: "stop-commands", Props: props(), Data: "x"}},
		{"\u2003\u00a0::add-mask::y", sinktest.Command{Name: "add-mask", Props: props(), Data: "y"}},
		{"::group::a::b", sinktest.Command{Name: "group", Props: props(), Data: "a::b"}},
		{"see ::error::x", sinktest.Command{}},
		{"::error file=b.go", sinktest.Command{}},
		{"::nothing::x", sinktest.Command{}},
		{":error::x", sinktest.Command{}},
	}
}

// outputVector is a file that GITHUB_OUTPUT names, and what the runner reads from it; nil if it refuses the file.
type outputVector struct {
	content string
	want    map[string]string
}

func outputVectors() []outputVector {
	const fixed = "_GitHubActionsFileCommandDelimeter_" // of go-githubactions, and no secret
	return []outputVector{
		{"", props()},
		{"verdict=pass\n", props("verdict", "pass")},
		{"verdict=pass", props("verdict", "pass")},
		{"\n\nverdict=no verdict\n\nerrors=2\n\n", props("verdict", "no verdict", "errors", "2")},
		{"verdict=\n", props("verdict", "")},
		{"a==b\nc=d=e\nf=g=\n", props("a", "=b", "c", "d=e", "f", "g=")},
		{"a=b<<c\n", props("a", "b<<c")},
		{"verdict=pass\nverdict=fail\n", props("verdict", "fail")},
		{"report<<END\none\n\nthree=3\nEND\n", props("report", "one\n\nthree=3")},
		{"report<<END\nEND\n", props("report", "")},
		{"a<<=E\nx\n=E\nb<<<E\ny\n<E\n", props("a", "x", "b", "y")},
		{"a<<E\n E\nE \nE\n", props("a", " E\nE ")},
		{"owner<<" + fixed + "\nx\n" + fixed + "\nverdict=pass\nrest<<" + fixed + "\n\n" + fixed + "\n", props("owner", "x", "verdict", "pass", "rest", "")},
		{"report<<END\none\n", nil},
		{"report<<END\none\nEND more\n", nil},
		{"verdict\n", nil},
		{"=pass\n", nil},
		{"<<END\nx\nEND\n", nil},
		{"report<<\nx\n", nil},
	}
}

// seeds are the texts that a fuzzer begins with.
func seeds(f *testing.F) {
	f.Helper()
	for _, s := range sinktest.Hostile() {
		f.Add(s)
	}
	for _, vector := range append(bracketLines(), colonLines()...) {
		f.Add(vector.line)
	}
	for _, vector := range outputVectors() {
		f.Add(vector.content)
	}
}

// The port of the runner in sinktest does what the runner does, or it could not judge the sinks.
func TestPortOfRunner(t *testing.T) {
	t.Parallel()
	known := func(name string) bool { return slices.Contains(registered(), name) }
	check := func(parser string, parse func(string, func(string) bool) (sinktest.Command, bool), all []lineVector) {
		for _, v := range all {
			got, ok := parse(v.line, known)
			if ok != (v.want.Name != "") || got.Name != v.want.Name || got.Data != v.want.Data || !maps.Equal(got.Props, v.want.Props) {
				t.Errorf("%s(%q): got %+v, %t; want %+v", parser, v.line, got, ok, v.want)
			}
		}
	}
	check("ParseV1", sinktest.ParseV1, bracketLines())
	check("ParseV2", sinktest.ParseV2, colonLines())
	for _, v := range outputVectors() {
		for _, windows := range []bool{false, true} {
			got, err := sinktest.Outputs(v.content, windows)
			if (err != nil) != (v.want == nil) || err == nil && !maps.Equal(got, v.want) {
				t.Errorf("Outputs(%q, windows %t): got %q, error %v; want %q", v.content, windows, got, err, v.want)
			}
		}
	}
}
