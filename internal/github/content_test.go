package github_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/snapshot"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/wire"
)

func TestFile(t *testing.T) {
	t.Parallel()
	big := strings.Repeat("x", 3<<20)
	for _, prefix := range []string{"", "/api/v3"} {
		server := serve(t, func(o *githubtest.Options) {
			o.Prefix = prefix
			for name, data := range map[string]string{"big.yaml": big, "full.yaml": big[:source.MaxFile], "a b/ä#?%.yaml": "odd", "null.yaml": "null"} {
				o.Repos[0].Commits[newCommit].Files[name] = data
			}
		})
		client, _ := connect(t, server.API, nil)
		for path, want := range map[string]string{
			"policy.yaml": "version: 1\n", "vendors/stripe.yaml": "id: stripe\n", "a b/ä#?%.yaml": "odd", "null.yaml": "null",
			"full.yaml": big[:source.MaxFile], "big.yaml": big[:source.MaxFile+1],
		} {
			got, err := client.File(t.Context(), "acme", "registry", path, newCommit)
			if err != nil || string(got) != want {
				t.Errorf("%s: got %d bytes, %v", path, len(got), err)
			}
		}
		if client.Calls() != 6 {
			t.Errorf("%d requests", client.Calls())
		}
		tokenStays(t, server)
	}
}

func TestFileRefuses(t *testing.T) {
	t.Parallel()
	server := serve(t, func(o *githubtest.Options) { o.Repos[0].Commits[newCommit].Files["empty.yaml"] = "" })
	tests := []struct {
		path  string
		cause wire.Cause
		want  string
	}{
		{"nothing.yaml", wire.NotFound, "/contents/nothing.yaml: not found"},
		{"vendors", wire.NotFile, "it is a folder, not a file"},
		{"dangling", wire.NotFile, "it is a symbolic link that does not lead to a file, not a file"},
		{"sub", wire.NotFile, "it is a submodule, not a file"},
		{"empty.yaml", wire.Empty, "the response is empty"},
	}
	for _, test := range tests {
		client, _ := connect(t, server.API, nil)
		data, err := client.File(t.Context(), "acme", "registry", test.path, newCommit)
		var e *wire.Error
		if data != nil || !errors.As(err, &e) || e.Cause != test.cause || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %q, %v", test.path, data, err)
		}
	}
	client, _ := connect(t, server.API, nil)
	for _, wrong := range [][4]string{
		{"o/../x", "registry", "a", newCommit},
		{"acme", "..", "a", newCommit},
		{"acme", "registry", "../a", newCommit},
		{"acme", "registry", "/a", newCommit},
		{"acme", "registry", "", newCommit},
		{"acme", "registry", ".", newCommit},
		{"acme", "registry", "a", "main"},
		{"acme", "registry", "a", newCommit + "?x"},
	} {
		var e *snapshot.ReferenceError
		if _, err := client.File(t.Context(), wrong[0], wrong[1], wrong[2], wrong[3]); !errors.As(err, &e) {
			t.Errorf("%q: got %v", wrong, err)
		}
	}
	if client.Calls() != 0 {
		t.Errorf("%d requests for names that are none", client.Calls())
	}
}

// Whatever the server does, the file comes as it is, or not at all.
func TestFileFaults(t *testing.T) {
	t.Parallel()
	shared := &http.Transport{}
	for kind, fault := range faults() {
		for _, forever := range []bool{false, true} {
			t.Run(fmt.Sprint(kind, forever), func(t *testing.T) {
				t.Parallel()
				server := serve(t, func(o *githubtest.Options) {
					o.Fault = once(1, fault)
					if forever {
						o.Fault = always(fault)
					}
				})
				client, _ := connect(t, server.API, func(o *github.Options) { o.Timeout, o.Transport = patience(kind), shared })
				data, err := client.File(t.Context(), "acme", "registry", "policy.yaml", newCommit)
				if err == nil && (forever || string(data) != "version: 1\n") || err != nil && data != nil {
					t.Errorf("got %q, %v", data, err)
				}
				leakFree(t, "error", fmt.Sprintf("%v %+v %#v", err, err, err))
			})
		}
	}
}
