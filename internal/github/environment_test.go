package github_test

import (
	"context"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/github/githubtest"
)

// An earlier step of the job can set these for every later one. A client of the standard library obeys, ours does not.
func TestEnvironmentChangesNothing(t *testing.T) { //nolint:paralleltest // it sets the environment
	server := httptest.NewUnstartedServer(githubtest.Says(200, `{"default_branch":"main"}`))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it speaks of the handshakes that fail, as they should
	server.StartTLS()
	defer server.Close()
	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, authority, 0o600); err != nil {
		t.Fatal(err)
	}
	proxy, proxied := environmentProxy()
	proxied.Store(0)
	for key, value := range map[string]string{
		"SSL_CERT_FILE": file, "SSL_CERT_DIR": filepath.Dir(file), "HTTPS_PROXY": proxy.URL, "https_proxy": proxy.URL, "HTTP_PROXY": proxy.URL,
		"ALL_PROXY": proxy.URL, "NO_PROXY": "", "no_proxy": "",
		"GODEBUG": "x509usefallbackroots=1,x509sha1=1,x509negativeserial=1,tlsrsakex=1,tls3des=1,tls10server=1,http2client=1,http2debug=2",
	} {
		t.Setenv(key, value)
	}
	// The controls: the variables do what they are feared for. A loopback address is never proxied; 0.0.0.0 is not known
	// as one, and reaches this machine all the same.
	unspecified := fmt.Sprintf("https://0.0.0.0:%d", server.Listener.Addr().(*net.TCPAddr).Port)
	obedient := &http.Transport{Proxy: http.ProxyFromEnvironment}
	if !reached(t, obedient, server.URL) {
		t.Error("control: SSL_CERT_FILE does not make the standard library trust the server")
	}
	if reached(t, obedient, unspecified); proxied.Load() == 0 {
		t.Error("control: HTTPS_PROXY does not make the standard library use the proxy")
	}
	proxied.Store(0)
	for _, url := range []string{server.URL, unspecified} {
		client, _ := connect(t, url, func(o *github.Options) { o.Budget = -1 })
		_, _, err := client.Registry(t.Context(), reference(t, "acme/registry"))
		if err == nil || !strings.Contains(err.Error(), "tls: failed to verify certificate: x509: ") {
			t.Errorf("%s: got %v", url, err)
		}
	}
	if proxied.Load() != 0 {
		t.Error("the proxy of the environment was asked")
	}
	// What is declared counts.
	client, _ := connect(t, server.URL, func(o *github.Options) { o.CA = authority })
	if _, _, err := client.Registry(t.Context(), reference(t, "acme/registry")); err == nil || strings.Contains(err.Error(), "x509") {
		t.Errorf("with the CA given: got %v", err)
	}
	client, _ = connect(t, server.URL, func(o *github.Options) { o.Proxy, o.Budget = proxy.URL, -1 })
	if _, _, err := client.Registry(t.Context(), reference(t, "acme/registry")); err == nil || proxied.Load() == 0 {
		t.Errorf("with the proxy given: got %v", err)
	}
}

// environmentProxy counts who asks it. It lives as long as the process: net/http reads HTTPS_PROXY once.
var environmentProxy = sync.OnceValues(func() (*httptest.Server, *atomic.Int32) {
	var asked atomic.Int32
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.WriteHeader(http.StatusBadGateway)
	})), &asked
})

func reached(t *testing.T, transport *http.Transport, url string) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return false
	}
	return answer.Body.Close() == nil
}

// HTTP/2 would write the token to standard error under GODEBUG=http2debug=1.
func TestSafeTransport(t *testing.T) {
	t.Parallel()
	transport, err := github.SafeTransport()
	if err != nil {
		t.Fatal(err)
	}
	if transport.Proxy != nil || transport.Protocols.HTTP2() || transport.Protocols.UnencryptedHTTP2() || !transport.Protocols.HTTP1() {
		t.Errorf("got %+v", transport)
	}
	if c := transport.TLSClientConfig; c.MinVersion < 0x0303 || c.RootCAs == nil || c.InsecureSkipVerify || len(c.CipherSuites) == 0 {
		t.Errorf("got %+v", c)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 1 {
			t.Errorf("spoke HTTP/%d", r.ProtoMajor)
		}
		githubtest.Says(500, "")(w, r)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	client, _ := connect(t, server.URL, func(o *github.Options) {
		o.CA = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	})
	if _, _, err := client.Registry(t.Context(), reference(t, "acme/registry")); err == nil || !strings.Contains(err.Error(), "HTTP 500") {
		t.Errorf("got %v", err)
	}
}
