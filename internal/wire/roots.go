package wire

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/crypto/x509roots/fallback/bundle"
)

// Connection timeouts.
const (
	dialTimeout      = 10 * time.Second
	handshakeTimeout = 10 * time.Second
)

// Direct returns a transport that ignores the environment, because an earlier step of the job can set HTTPS_PROXY,
// SSL_CERT_FILE and GODEBUG for later steps. It uses the given proxy, and the embedded and given root certificates, and
// sets the TLS options that GODEBUG could weaken.
func Direct(proxy string, ca []byte) (*http.Transport, error) {
	trusted, err := roots()
	if err != nil {
		return nil, err
	}
	if len(ca) > 0 {
		trusted = trusted.Clone()
		if !trusted.AppendCertsFromPEM(ca) {
			return nil, errors.New("the CA file contains no PEM certificate")
		}
	}
	via, err := proxyURL(proxy)
	if err != nil {
		return nil, err
	}
	// HTTP/2 is disabled: with GODEBUG=http2debug=1 Go writes its headers, and the token in them, to standard error.
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	return &http.Transport{
		Proxy:               via,
		DialContext:         (&net.Dialer{Timeout: dialTimeout}).DialContext,
		TLSHandshakeTimeout: handshakeTimeout,
		Protocols:           &protocols,
		TLSClientConfig: &tls.Config{
			RootCAs:    trusted,
			MinVersion: tls.VersionTLS12,
			CipherSuites: []uint16{ // of TLS 1.2
				tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
				tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
				tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
			},
		},
	}, nil
}

// roots are read once, because a run has several clients.
//
//nolint:gochecknoglobals // they do not change
var roots = sync.OnceValues(embeddedRoots)

// embeddedRoots is Mozilla's list at the time vendorgate was built. The package above bundle would set it for the
// whole process, and only where the system has none.
func embeddedRoots() (*x509.CertPool, error) {
	pool := x509.NewCertPool()
	for root := range bundle.Roots() {
		certificate, err := x509.ParseCertificate(root.Certificate)
		if err != nil {
			return nil, fmt.Errorf("read the embedded root certificates: %w", err)
		}
		if root.Constraint != nil {
			pool.AddCertWithConstraint(certificate, root.Constraint)
		} else {
			pool.AddCert(certificate)
		}
	}
	return pool, nil
}

// proxyURL parses a proxy's URL; nil if the text is empty. Errors do not quote the text, which may contain a password.
func proxyURL(text string) (func(*http.Request) (*url.URL, error), error) {
	if text == "" {
		return nil, nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, errors.New("the proxy is not an http or https URL; write http://HOST:PORT or https://HOST:PORT")
	}
	return http.ProxyURL(u), nil
}
