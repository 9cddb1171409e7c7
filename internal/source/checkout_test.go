package source_test

import (
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/source"
)

func TestReadCheckout(t *testing.T) {
	t.Parallel()
	const (
		commit = "f95f852bd8fca8fcc58a9a2d6c842781e32a215e"
		other  = "ec26c3e57ca3a959ca5aad62de7213c562f8c821"
		config = "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = https://github.com/acme/shop\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n[branch \"main\"]\n\turl = https://x.example/a/b\n"
	)
	for _, c := range []struct {
		name   string
		folder string
		files  map[string]string
		want   source.Checkout
		ok     bool
	}{
		{"none", ".", map[string]string{"vendors.yaml": ""}, source.Checkout{}, false},
		{"a file, as a submodule has it", "sub", map[string]string{"sub/.git": "gitdir: ../.git/modules/sub"}, source.Checkout{}, false},
		{"a commit", ".", map[string]string{".git/HEAD": commit + "\n", ".git/config": config}, source.Checkout{Commit: commit, Remote: "acme/shop"}, true},
		{"a branch", ".", map[string]string{".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": commit + "\n"}, source.Checkout{Commit: commit}, true},
		{"a packed branch", ".", map[string]string{".git/HEAD": "ref: refs/heads/main\n", ".git/packed-refs": "# pack-refs\n" + other + " refs/heads/mainly\n" + commit + " refs/heads/main\n^" + other + "\n"}, source.Checkout{Commit: commit}, true},
		{"an unborn branch", ".", map[string]string{".git/HEAD": "ref: refs/heads/main\n"}, source.Checkout{}, true},
		{"a ref that leads out", ".", map[string]string{".git/HEAD": "ref: refs/../../x\n", "x": commit + "\n"}, source.Checkout{}, true},
		{"no HEAD", ".", map[string]string{".git/config": config}, source.Checkout{NoHead: true, Remote: "acme/shop"}, true},
		{"a clone of a directory", ".", map[string]string{".git/HEAD": commit, ".git/config": "[remote \"origin\"]\n\turl = /srv/git/acme/shop.git\n"}, source.Checkout{Commit: commit, Remote: "acme/shop", Local: true}, true},
		{"a clone of a file URL", ".", map[string]string{".git/HEAD": commit, ".git/config": "[remote \"origin\"]\n\turl = file:///srv/git/acme/shop.git\n"}, source.Checkout{Commit: commit, Remote: "acme/shop", Local: true}, true},
		{"a clone of a drive", ".", map[string]string{".git/HEAD": commit, ".git/config": "[remote \"origin\"]\n\turl = C:/git/acme/shop.git\n"}, source.Checkout{Commit: commit, Remote: "acme/shop", Local: true}, true},
		{"a URL with a user and a port", ".", map[string]string{".git/HEAD": commit, ".git/config": "[remote \"origin\"]\n\turl = ssh://git@git.example:2222/acme/shop.git\n"}, source.Checkout{Commit: commit, Remote: "acme/shop"}, true},
		{"nonsense", ".", map[string]string{".git/HEAD": "main\n", ".git/config": "url = https://github.com/acme/shop\n"}, source.Checkout{}, true},
		{"a folder, ssh and .git", "registry", map[string]string{"registry/.git/HEAD": commit, "registry/.git/config": "[remote  \"origin\"]\r\n  url=git@github.com:acme/registry.git\r\n", ".git/HEAD": other}, source.Checkout{Commit: commit, Remote: "acme/registry"}, true},
	} {
		files := fstest.MapFS{}
		for name, text := range c.files {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		if got, ok := source.ReadCheckout(files, c.folder); got != c.want || ok != c.ok {
			t.Errorf("%s: got %+v, %t, want %+v, %t", c.name, got, ok, c.want, c.ok)
		}
	}
}
