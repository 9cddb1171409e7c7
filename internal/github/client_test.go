package github_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/wire"
)

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	good := github.Options{APIURL: "https://api.github.com", Now: now}
	tests := []struct {
		name, want string
		change     func(*github.Options)
	}{
		{"no URL", "is not a URL", func(o *github.Options) { o.APIURL = "" }},
		{"no scheme", "is not a URL", func(o *github.Options) { o.APIURL = "api.github.com" }},
		{"http", `must begin with https://`, func(o *github.Options) { o.APIURL = "http://api.github.com" }},
		{"ftp", `must begin with https://`, func(o *github.Options) { o.APIURL = "ftp://127.0.0.1" }},
		{"user", "must contain only a scheme, host and path", func(o *github.Options) { o.APIURL = "https://u:" + canary + "@api.github.com" }},
		{"query", "must contain only a scheme, host and path", func(o *github.Options) { o.APIURL = "https://api.github.com/?x=" + canary }},
		{"fragment", "must contain only a scheme, host and path", func(o *github.Options) { o.APIURL = "https://api.github.com/#" + canary }},
		{"clock", "no clock", func(o *github.Options) { o.Now = nil }},
		{"token with a newline", "the token contains a space or a control character", func(o *github.Options) { o.Token = wire.NewToken(canary + "\r\nX: y") }},
		{"token with a letter of another alphabet", "the token contains a space or a control character", func(o *github.Options) { o.Token = wire.NewToken(canary + "é") }},
		{"CA", "no PEM certificate", func(o *github.Options) { o.CA = []byte("x") }},
		{"proxy", "the proxy is not an http or https URL", func(o *github.Options) { o.Proxy = "://u:" + canary + "@h" }},
		{"proxy scheme", "the proxy is not an http or https URL", func(o *github.Options) { o.Proxy = "socks5://u:" + canary + "@h" }},
		{"transport and proxy", "excludes a proxy", func(o *github.Options) { o.Transport, o.Proxy = http.DefaultTransport, "http://h" }},
	}
	for _, test := range tests {
		o := good
		test.change(&o)
		client, err := github.New(o)
		if client != nil || err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v", test.name, err)
			continue
		}
		leakFree(t, test.name, err.Error())
	}
}

func TestNewTakes(t *testing.T) {
	t.Parallel()
	for _, url := range []string{
		"https://api.github.com", "https://api.github.com/", "https://ghes.example/api/v3", "https://ghes.example:8443/api/v3//",
		"http://127.0.0.1:1/api/v3", "http://[::1]:1", "http://localhost:1", "https://api.acme.ghe.com",
	} {
		if _, err := github.New(github.Options{APIURL: url, Now: now}); err != nil {
			t.Errorf("%s: %s", url, err)
		}
	}
}

// Without a Sleep of the caller's the client waits for real, and a context's end wakes it.
func TestRealSleep(t *testing.T) {
	t.Parallel()
	server := serve(t, nil)
	client, _ := connect(t, server.API, func(o *github.Options) { o.Sleep = nil })
	if _, _, err := client.Registry(t.Context(), reference(t, "acme/registry")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, _, err := limited(t, githubtest.Says(500, "")).Registry(ctx, reference(t, "acme/registry"))
	if err == nil || !strings.Contains(err.Error(), "it was cancelled") {
		t.Errorf("got %v", err)
	}
}
