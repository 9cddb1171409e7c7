package process

import (
	"context"
	"net/http"
	"time"
)

// Network says how to reach servers. It comes from the settings only, never from environment variables.
type Network struct {
	Transport http.RoundTripper // nil to connect directly
	Now       func() time.Time
	Sleep     func(context.Context, time.Duration) error // nil to sleep for real
	Proxy     string
	CA        []byte
}

// Network returns the network without settings.
func (e Env) Network() Network {
	return Network{Transport: e.Transport, Now: e.Now, Sleep: e.Sleep}
}
