package settings

import (
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
)

// registryVariable names the registry outside CI if --registry does not. In CI, an earlier step could set it.
const registryVariable = "VENDORGATE_REGISTRY"

// registryName returns the registry that --registry or, outside CI, the environment names, and whether the environment does.
func registryName(env process.Env, given string, inJob bool) (name string, fromVariable bool) {
	if given != "" || inJob || env.Getenv("CI") != "" { // most CI systems set it
		return given, false
	}
	name = env.Getenv(registryVariable)
	return name, name != ""
}

// RegistryRequest returns a request for a command that reads a registry and checks no repository.
func RegistryRequest(env process.Env, s ci.RegistrySettings) (inputs.Request, error) {
	s.Name, _ = registryName(env, s.Name, ci.InJob(env))
	out := inputs.Request{Host: env.Host(), Version: env.Build.PolicyVersion(), Dir: ".", Registry: s.Name}
	var err error
	if out.Remote, err = ci.RemoteRegistry(env, s, env.Network()); out.Remote != nil {
		out.Registry = ""
	}
	return out, err
}
