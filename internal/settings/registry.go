package settings

import (
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
)

// RegistryRequest returns a request for a command that reads a registry and checks no repository.
func RegistryRequest(env process.Env, s ci.RegistrySettings) (inputs.Request, error) {
	out := inputs.Request{Host: env.Host(), Version: env.Build.PolicyVersion(), Dir: ".", Registry: s.Name}
	var err error
	if out.Remote, err = ci.RemoteRegistry(env, s, env.Network()); out.Remote != nil {
		out.Registry = ""
	}
	return out, err
}
