// Package internal is the house of vendorgate. This comment is its floor plan; floors_test.go holds the code to it.
//
// One sentence: edges observe, the core judges, report renders, cli decides the exit code.
//
//	14 cmd/vendorgate                       the process: streams, signals, files, exit
//	13 internal/cli                         commands, wiring, exit codes
//	10 internal/action internal/github      EDGES: observe, post
//	----------------------------------------- pure from here down
//	8  internal/lint internal/survey        what the registry's keepers ask: is it sound, how does it stand and what lapses,
//	   internal/brief internal/policytest   what to ask a vendor, does the policy decide as its cases say
//	7  internal/gate                        judges a repository: severity, waivers, undeclared uses, what fails
//	6  internal/rules                       the structural rules, one file a family, and the use that they judge
//	5  internal/policy                      the policy language: presets, parameters, requirements, operators
//	4  internal/detect                      how sure it is that a source tree uses a vendor
//	3  internal/manifest internal/registry  what a repository uses; what the organisation knows
//	2  internal/attr internal/report        a table of attributes, and all that follows from it; a report as a document
//	   internal/inventory                   a whole registry as a document: overview, calendar, forecast
//	   internal/search                      names of vendors in source trees, as they stand there
//	1  internal/yamltree internal/explain internal/sink internal/deps
//	0  internal/diag internal/scalar internal/source internal/vocab internal/gitindex internal/lexer, and the root package
//	   with the embedded registry
//
// A package imports packages of lower floors only. The pure floors know no disk, network, clock, environment, log or
// process: they are handed bytes (or an fs.FS) and return values.
//
// # One check, from bytes to exit code
//
//	argv -> settings                        cli        wrong: exit 2
//	manifests, base | registry | policy     source     none: 3; unreadable: 4
//	Manifest, Vendor, Waiver, Policy        attr       through yamltree; what is wrong in a file is a problem with a place
//	Evaluate                                gate       every rule about every use; severity, waivers, grace, order
//	Threshold                               gate       which findings fail the check
//	Render                                  report     complete before the first byte leaves
//	exit code                               cli        0 pass, 1 findings, 2 usage, 3 nothing to check, 4 no verdict
//
// check in internal/cli/check.go reads as this pipeline.
//
// # Owners of other people's modules
//
// A third-party module is imported by one package, and its types do not leave it: yaml.v3 by yamltree; packageurl-go and
// x/net/idna by scalar; doublestar by manifest; go-version by registry (API versions) and policy (required_version);
// cobra with pflag, and the diff of go-internal, by cli; go-githubactions by sink; go-github and the embedded roots of
// x/crypto by github; x/mod by deps, and by cmd/vendorgate to read its own version; go-toml by deps; x/net/publicsuffix by
// search. Four serve tests alone: go-cmp, by gate/gatetest; kin-openapi, which
// holds them to GitHub's description of its API, by github/githubtest; goldmark with x/net/html, which reads what we write
// in Markdown, by sink/sinktest; golang-ical, which reads our calendar, by inventory.
//
// # Where this departs from the first plan, and why
//
//   - attr is a floor of its own. Record, manifest, policy and waiver are four tables of one mechanism, so the mechanism
//     cannot live in registry.
//   - vocab holds the word lists (environments, ways to authenticate, data classes) that manifest, registry and policy
//     share; in any one of them they would pull an arrow sideways.
//   - source.Tree reads a file when it is asked for. A registry read whole would make every check as slow as the registry
//     is big, and a check needs the records that a manifest names.
//   - sink owns every escape, and report and action have none: they were two places with one duty, and everybody who prints
//     had to remember it. Now a string that is not escaped does not compile into a stream. HTML is the one exception:
//     html/template knows where in a page it stands, so inventory leaves that escape to it, and sink does the rest.
//   - registry.All parses with workers, below the edges. A report on a whole registry is seconds of parsing, and nothing of
//     it depends on the order: results are stored by index.
//   - A lint of a registry parses thousands of files, so cli starts some workers for it; what they call in policy and registry
//     is pure and shares nothing but immutable tables. A lint reads data, not rules: registry.Plain needs no trust, and
//     what judges stays source.Rules.
//   - search and detect are two packages. What finds a name in a file knows nothing of registries and weights, and what
//     weighs the names that were found needs no knowledge of languages' imports or of git: each can grow alone.
//   - registry.Identities reads who all vendors are with two workers and without parsing their records whole. So no index of
//     the vendors is kept in the repository, two branches can add vendors side by side, and a scan starts as quickly.
//   - detect searches with two workers, although the pure floors start none elsewhere: a scan is the one thing here that
//     takes seconds. A file that is done waits for those before it, so the workers cannot be told from one.
//   - deps, lexer and gitindex are packages of their own: each turns bytes into values, knows no vendor, and is fuzzed
//     and bounded alone.
//   - Grade is no function of its own: every finding about a use enters through evaluation.add, which is the one gate.
package internal
