package cli

import (
	"context"
	"net/http"
	"time"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/source"
)

// network is how servers are reached: by what the settings declare and nothing that the environment says.
type network struct {
	transport http.RoundTripper // nil for a direct one
	now       func() time.Time
	sleep     func(context.Context, time.Duration) error // nil for a real one
	proxy     string
	ca        []byte
}

// network reads the settings of it. A file of certificates that the change could have written is refused.
func (o *checkOptions) network(env Env) (network, error) {
	n := network{transport: env.Transport, now: env.Now, sleep: env.Sleep, proxy: o.proxy}
	if o.caFile == "" {
		return n, nil
	}
	if _, below := placeIn(env, o.dir, o.caFile); below && env.Getenv("GITHUB_ACTIONS") == "true" {
		return n, usagef("write it outside of the workspace in an earlier step, to the folder that runner.temp names", "--ca-file %s lies in the workspace, which the pull request can change", o.caFile)
	}
	var err error
	if n.ca, err = env.ReadFile(o.caFile, source.MaxFile); err != nil {
		return n, usagef("name a file with certificates in PEM form", "--ca-file %s: %s", o.caFile, source.Reason(err))
	}
	return n, nil
}

// connect makes a client. It asks nothing of the server.
func (n network) connect(apiURL, graphQLURL string, token github.Token) (*github.Client, error) {
	return github.New(github.Options{
		APIURL: apiURL, GraphQLURL: graphQLURL, Token: token, Transport: n.transport, Now: n.now, Sleep: n.sleep, Proxy: n.proxy, CA: n.ca,
	})
}
