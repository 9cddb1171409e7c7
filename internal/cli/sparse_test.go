package cli_test

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
)

// gitIndex is a git index of version 3. A path with a star in front is left out of a sparse checkout.
func gitIndex(paths ...string) string {
	out := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("DIRC"), 3), uint32(len(paths)))
	for _, path := range paths {
		path, absent := strings.CutPrefix(path, "*")
		entry := make([]byte, 60)
		binary.BigEndian.PutUint32(entry[24:], 0o100644)
		entry = binary.BigEndian.AppendUint16(entry, 0x4000|uint16(len(path))) // extended
		flags := uint16(0)
		if absent {
			flags = 0x4000
		}
		entry = append(binary.BigEndian.AppendUint16(entry, flags), path...)
		out = append(out, append(entry, make([]byte, 8-len(entry)%8)...)...)
	}
	return string(append(out, make([]byte, 20)...))
}

// splitIndex is an index whose entries are in another file.
func splitIndex() string {
	whole := gitIndex()
	return whole[:12] + "link\x00\x00\x00\x14" + strings.Repeat("\x11", 20) + whole[12:]
}

// If a checkout of a registry lacks records, nobody knows them, so there is no verdict. A lint of a registry without a record that was
// deleted is about what is left.
func TestSparseRegistry(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, index, at string // the index, and the directory that it is in
		code, lint      int
		want            string
	}{
		{"a record", gitIndex("policy.yaml", "vendors/larkspur-mail.yaml", "*vendors/other.yaml"), "registry", 4, 4, "registry/vendors/other.yaml: error: the checkout does not have 1 path of the registry that git tracks, such as registry/vendors/other.yaml, so there is no verdict [VG-REG-007]"},
		{"records", gitIndex("*vendors/a.yaml", "*vendors/b.yaml"), "registry", 4, 4, "does not have 2 paths of the registry that git tracks, such as registry/vendors/a.yaml"},
		{"a record of a registry in the repository", gitIndex("*registry/vendors/other.yaml"), ".", 4, 4, "does not have 1 path of the registry"},
		{"other files", gitIndex("*docs/x.md", "vendors/larkspur-mail.yaml", "*waivers/WVR-1.yaml"), "registry", 0, 0, "pass"},
		{"other files of the repository", gitIndex("*vendors/x.yaml", "vendors.yaml"), ".", 0, 0, "pass"},
		{"a record was deleted", gitIndex("vendors/deleted.yaml"), "registry", 4, 0, "does not have 1 path of the registry"},
		{"a probe result was deleted", gitIndex("probes/larkspur-mail.json"), "registry", 4, 0, "such as registry/probes/larkspur-mail.json"},
		{"half of a split index", splitIndex(), "registry", 4, 4, "registry: the list of files that git tracks cannot be read: the index is split into two files: sharedindex.1111111111111111111111111111111111111111 cannot be read"},
		{"an index that is damaged", "DIRC", "registry", 4, 4, "the list of files that git tracks cannot be read: not a git index"},
	} {
		dirs := goodDirs()
		dirs[c.at][".git/index"] = &fstest.MapFile{Data: []byte(c.index)}
		run := newRun().with(dirs)
		code := run.main(t, "check", "--registry", "registry", "--as-of", "2026-11-23", "--scan", "off")
		if output := run.stdout.String() + run.stderr.String(); code != c.code || !strings.Contains(output, c.want) {
			t.Errorf("%s: exit code %d, want %d and %q in\n%s", c.name, code, c.code, c.want, output)
		}
		if code := run.main(t, "registry", "lint", "registry", "--fail-on", "off"); code != c.lint {
			t.Errorf("%s: lint: exit code %d, want %d\n%s", c.name, code, c.lint, &run.stdout)
		}
	}
}

// A checkout of a registry whose commit is dated in the future gives no verdict, as a registry on a server. One of the past does.
func TestFutureCheckout(t *testing.T) {
	t.Parallel()
	for when, want := range map[string]int{"4000000000": 4, "1700000000": 0} {
		dirs := goodDirs()
		content := fmt.Sprintf("tree %s\nauthor A <a@acme.example> 1 +0000\ncommitter A <a@acme.example> %s +0000\n\nAdd a record\n", strings.Repeat("0", 40), when)
		content = fmt.Sprintf("commit %d\x00%s", len(content), content)
		var object bytes.Buffer
		w := zlib.NewWriter(&object)
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		commit := fmt.Sprintf("%x", sha1.Sum([]byte(content)))
		for name, data := range map[string]string{"index": gitIndex("policy.yaml"), "HEAD": commit, "objects/" + commit[:2] + "/" + commit[2:]: object.String()} {
			dirs["registry"][".git/"+name] = &fstest.MapFile{Data: []byte(data)}
		}
		run := newRun().with(dirs)
		code := run.main(t, "check", "--registry", "registry", "--as-of", "2026-11-23", "--scan", "off")
		output := run.stdout.String() + run.stderr.String()
		if future := strings.Contains(output, "registry: its last commit is dated 2096-10-02T07:06:40Z, which is after the current time"); code != want || future != (want == 4) {
			t.Errorf("%s: exit code %d, want %d\n%s", when, code, want, output)
		}
	}
}
