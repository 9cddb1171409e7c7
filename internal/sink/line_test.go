package sink_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/sink/sinktest"
)

func TestText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "plain é 日本": "plain é 日本", "a\tb\r\nc": "a b  c", "a ##[error]x": `a ##\[error]x`, "::error::x": `\::error::x`, "\n::x": ` \::x`, "a ::x": "a ::x",
		"\x1b[31m\u202e": `\u001b[31m\u202e`, "\u2028::x": `\u2028::x`, "\xff": "\ufffd",
	} {
		if got := sink.Text(text).String(); got != want {
			t.Errorf("Text(%q): got %q, want %q", text, got, want)
		}
	}
	if got, want := sink.Linef("%s%s: %d", "##", "[error]x", 7).String(), `##\[error]x: 7`; got != want {
		t.Errorf("Linef: got %q, want %q", got, want)
	}
	if got, want := sink.Join(sink.Text("a").In(sink.Red), sink.Text("b").In(sink.Plain)).String(), "\x1b[31ma\x1b[0mb"; got != want {
		t.Errorf("Join: got %q, want %q", got, want)
	}
}

func FuzzLine(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		line := sink.Text(s).String()
		if strings.ContainsAny(line, "\r\n\t\x1b\u2060") || !utf8.ValidString(line) {
			t.Errorf("Text(%q): got %q", s, line)
		}
		if again := sink.Text(line).String(); again != line {
			t.Errorf("Text(Text(%q)): got %q, want %q", s, again, line)
		}
		for cut := range len(s) + 1 { // two harmless halves
			halves := sink.Join(sink.Text(s[:cut]), sink.Text(s[cut:])).String()
			format := sink.Linef("%s%s", s[:cut], sink.Text(s[cut:])).String()
			colour := sink.Join(sink.Text(s[:cut]).In(sink.Bold), sink.Text(s[cut:]).In(sink.Red)).String()
			sinktest.CheckSilent(t, "Join", halves+"\n"+format+"\n"+colour+"\n")
			if cut > 200 {
				break
			}
		}
		var page sink.Page
		page.Linef("%s", s)
		page.Line()
		page.Line(sink.Text(s), sink.Text(s))
		if out := string(page.Document().Bytes()); strings.Count(out, "\n") != 3 {
			t.Errorf("Page of %q: got %q, want three lines", s, out)
		} else {
			sinktest.CheckSilent(t, "Page", out)
		}
	})
}

// Text for a log keeps its lines and tabs, however it is cut on its way.
func FuzzLines(f *testing.F) {
	seeds(f)
	f.Add("Usage:\n\tvendorgate check [dir]\n\nFlags:\n  --a\n")
	f.Fuzz(func(t *testing.T, s string) {
		want := string(sink.Lines(s).Bytes())
		sinktest.CheckSilent(t, "Lines", want)
		if strings.Count(want, "\n") != strings.Count(s, "\n") || strings.Count(want, "\t") != strings.Count(s, "\t") {
			t.Errorf("Lines(%q): got %q", s, want)
		}
		var out bytes.Buffer
		w := sink.To(&out).Writer()
		for i := range len(s) {
			if n, err := w.Write([]byte(s[i : i+1])); n != 1 || err != nil {
				t.Fatalf("Write: %d, %v", n, err)
			}
		}
		if err := w.Flush(); err != nil || out.String() != want {
			t.Errorf("Writer of %q: got %q, error %v, want %q", s, &out, err, want)
		}
	})
}

func FuzzJSON(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		document, err := sink.JSON(map[string][]string{s: {s}})
		if err != nil {
			t.Fatalf("JSON(%q): %v", s, err)
		}
		sinktest.CheckSilent(t, "JSON", string(document.Bytes()))
		var back map[string][]string
		if err := json.Unmarshal(document.Bytes(), &back); err != nil {
			t.Fatalf("JSON(%q): %v", s, err)
		}
		if got := back[s]; utf8.ValidString(s) && (len(got) != 1 || got[0] != s) {
			t.Errorf("JSON(%q): read back as %q", s, back)
		}
	})
}

func TestJSONError(t *testing.T) {
	t.Parallel()
	if d, err := sink.JSON(func() {}); err == nil || len(d.Bytes()) > 0 {
		t.Errorf("JSON of a function: got %q, error %v", d.Bytes(), err)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// What a stream cannot write is an error of whoever writes.
func TestStreamFull(t *testing.T) {
	t.Parallel()
	s := sink.To(full{})
	w := s.Writer()
	_, whole := w.Write([]byte("a\nb"))
	for i, err := range []error{s.Print(sink.Text("a")), s.Put(sink.Lines("a")), whole, w.Flush(), w.Flush()} {
		if err == nil {
			t.Errorf("%d: no error", i)
		}
	}
	var out bytes.Buffer
	s = sink.To(&out)
	if err := errors.Join(s.Print(sink.Text("##[x]")), s.Put(sink.Lines("a\n")), s.Writer().Flush()); err != nil || out.String() != "##\\[x]\na\n" {
		t.Errorf("got %q, error %v", &out, err)
	}
}

// Lines that end in CR LF are the same lines, and as silent.
func TestCRLF(t *testing.T) {
	t.Parallel()
	for _, text := range sinktest.Hostile() {
		lines := sink.Lines(text + "\nx\n")
		got := string(sink.CRLF(lines).Bytes())
		if strings.ReplaceAll(got, "\r\n", "\n") != string(lines.Bytes()) || strings.Count(got, "\r") != strings.Count(got, "\n") {
			t.Errorf("CRLF of %q: %q", text, got)
		}
		sinktest.CheckSilent(t, "CRLF", got)
	}
}
