package settings

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// registryVariable names the registry outside CI if --registry does not. In CI, an earlier step could set it.
const registryVariable = "VENDORGATE_REGISTRY"

// registryName returns the registry that --registry or, outside CI, the environment names, and whether the environment does.
func registryName(env process.Env, given string, inJob bool) (name string, fromVariable bool) {
	name = env.Getenv(registryVariable)
	switch {
	case given != "", name == "":
		return given, false
	case inJob || inCI(env):
		env.Say(sink.Linef("vendorgate: the variable %s is ignored in CI, where an earlier step could set it; pass --registry", sink.Text(registryVariable)))
		return "", false
	default:
		return name, true
	}
}

// inCI reports whether a CI system runs the program. Most set CI; the others are Azure Pipelines, Jenkins, TeamCity and AWS CodeBuild.
func inCI(env process.Env) bool {
	return !slices.Contains([]string{"", "0", "false"}, strings.ToLower(env.Getenv("CI"))) ||
		slices.ContainsFunc([]string{"TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID"}, func(name string) bool { return env.Getenv(name) != "" })
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
