package githubtest_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/corpus"
)

var update = flag.Bool("update", false, "replace contract.json")

// The committed contract is what internal/corpus/cut makes of GitHub's description.
func TestContractIsCurrent(t *testing.T) {
	t.Parallel()
	want := corpus.Read(t, corpus.Contract)
	if *update {
		if err := os.WriteFile("contract.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("contract.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("contract.json is out of date; run: go test ./internal/github/githubtest -update\n%s", cmp.Diff(string(want), string(got)))
	}
}
