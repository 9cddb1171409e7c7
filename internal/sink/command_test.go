package sink_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/sink/sinktest"
)

// At most ten of a kind, the last of which counts the others; none longer than the runner keeps.
func TestAnnotationLimits(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 9, 10, 11, 10_000} {
		all := []sink.Annotation{{Kind: sink.Notice, Message: sink.Text("m")}, {Kind: sink.Warning, Message: sink.Text("m")}}
		long := sink.Text(strings.Repeat("é", 5000))
		for range n {
			all = append(all, sink.Annotation{Message: long})
		}
		commands := sinktest.Commands(string(sink.Annotations(all).Bytes()))
		if len(commands) != min(n, 10)+2 {
			t.Errorf("%d errors: %d annotations", n, len(commands))
		}
		if last := commands[len(commands)-2:]; last[0].Name != "warning" || last[1].Name != "notice" {
			t.Errorf("%d errors: the others are %v", n, last)
		}
		for _, c := range commands {
			if utf8.RuneCountInString(c.Data) > 4096 {
				t.Errorf("%d errors: a message of %d characters", n, utf8.RuneCountInString(c.Data))
			}
		}
		if n > 10 && !strings.HasPrefix(commands[9].Data, fmt.Sprintf("and %d more;", n-9)) {
			t.Errorf("%d errors: the last annotation is %s", n, commands[9].Data)
		}
	}
}

// Whatever an annotation holds, it is one command, and the runner reads back what was meant.
func FuzzAnnotations(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 300 {
			return
		}
		out := string(sink.Annotations([]sink.Annotation{{Kind: sink.Warning, File: s, Line: 3, Col: 7, Title: s, Message: sink.Text(s), Explanation: sink.Text(s)}}).Bytes())
		line := sink.Text(s).String()
		want := sinktest.Command{Name: "warning", Props: map[string]string{}, Data: line}
		if line != "" {
			want.Props["file"], want.Props["line"], want.Props["col"] = line, "3", "7"
			want.Data += "\n" + line
		}
		if title := strings.TrimSpace(line); title != "" {
			want.Props["title"] = title
		}
		if diff := cmp.Diff([]sinktest.Command{want}, sinktest.Commands(out)); diff != "" {
			t.Errorf("Annotations(%q): the runner finds (want, got):\n%s\nin %q", s, diff, out)
		}
		if strings.Contains(out, "##[") || strings.Count(out, "\n") != 1 {
			t.Errorf("Annotations(%q): got %q", s, out)
		}
	})
}

func TestMask(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		secret string
		want   []string
	}{
		{"", nil},
		{"1234567", nil},
		{"é234567", nil},
		{"12345678", []string{"12345678", "MTIzNDU2Nzg=", "MTIzNDU2Nzg"}},
		{"ghp_canary>>>", []string{"ghp_canary>>>", "Z2hwX2NhbmFyeT4+Pg==", "Z2hwX2NhbmFyeT4-Pg"}},
		{"first line\r\nshort\n100% ::x::", []string{
			"first line\r\nshort\n100% ::x::", "Zmlyc3QgbGluZQ0Kc2hvcnQKMTAwJSA6Ong6Og==", "Zmlyc3QgbGluZQ0Kc2hvcnQKMTAwJSA6Ong6Og", "first line", "100% ::x::",
		}},
	} {
		var got []string
		for _, c := range sinktest.Commands(string(sink.Mask(test.secret).Bytes())) {
			if c.Name != "add-mask" {
				t.Errorf("Mask(%q): %v", test.secret, c)
			}
			got = append(got, c.Data)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("Mask(%q): want, got:\n%s", test.secret, diff)
		}
	}
}

// A mask hides the secret, or nothing; what it hides is never short.
func FuzzMask(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		out := string(sink.Mask(s).Bytes())
		commands := sinktest.Commands(out)
		if len(commands) != strings.Count(out, "\n") || utf8.RuneCountInString(s) >= 8 != (len(commands) > 0) {
			t.Errorf("Mask(%q): %d commands in %q", s, len(commands), out)
		}
		allowed := append(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }),
			s, base64.StdEncoding.EncodeToString([]byte(s)), base64.RawURLEncoding.EncodeToString([]byte(s)))
		for _, c := range commands {
			if c.Name != "add-mask" || len(c.Props) > 0 || !slices.Contains(allowed, c.Data) || utf8.RuneCountInString(c.Data) < 8 {
				t.Errorf("Mask(%q): %+v", s, c)
			}
		}
	})
}
