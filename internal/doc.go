// Package internal contains all of vendorgate's packages.
//
// # Layers
//
// Packages are in numbered layers, and a package imports only packages in lower layers; floors_test.go enforces it. The I/O
// packages read and write, gate and rules evaluate, report and render format, and command decides the exit code.
//
//	18 cmd/vendorgate                       the process: streams, signals, files, exit
//	17 internal/cli                         commands: flags in, report out
//	16 internal/keeper                      commands for the keepers of a registry
//	15 internal/command                     what commands share: flags, arguments, exit codes
//	14 internal/settings                    values of flags, checked against each other and the job
//	   internal/publish                     what a CI job shows of a report: outputs, annotations, summary, comment
//	13 internal/ci                          the CI system that a job runs in, and the server of a registry
//	12 internal/check                       judges one repository: values in, a report out
//	   internal/render                      documents that have no package of their own: briefs, renewals, policies, scans
//	   internal/process                     the process and the machine, as commands see them
//	11 internal/inputs                      head, base, trusted registry: reads them, and knows where trust comes from
//	   internal/decision                    what an approval, a renewal or a suspension changes in a record
//	   internal/layout                      which files a registry has, and what is in them
//	   internal/impact                      what a change of a registry does to its records
//	10 internal/lint internal/survey        for the registry's maintainers: what is wrong in it, what expires, what to ask a
//	   internal/brief internal/policytest   vendor, whether the policy passes its test cases
//	9  internal/gate                        judges all uses: severity, waivers, undeclared uses, what fails
//	8  internal/rules                       the structural rules, one file a family
//	7  internal/subject                     what a rule judges: one use of a vendor, its evidence, deadlines and shortfalls
//	6  internal/policy                      the policy language: presets, parameters, requirements, operators
//	   internal/detect                      how sure it is that a source tree uses a vendor
//	5  internal/construct                   the clients that code creates with an SDK
//	   internal/library                     copies of other people's libraries in a source tree
//	   internal/bom                         the vendors of a repository as a CycloneDX bill of materials
//	   internal/drafts                      records that are still to be filled in
//	   internal/intake                      drafts of records from what others wrote about vendors
//	4  internal/manifest internal/registry  what a repository uses; what the organisation knows
//	   internal/around                      what surrounds a name in a text: a call, an assignment, a section
//	   internal/owner                       whose a source tree is
//	3  internal/record                      the table of a record: meaning, question, evidence and users of each attribute
//	   internal/report                      a report as a document
//	   internal/edit                        changes single values in the text of a file
//	   internal/search                      names of vendors in source trees, as they are written there
//	2  internal/attr internal/interop       a table of attributes, and what is derived from it; a report for other tools
//	   internal/inventory                   a whole registry as a document: overview, calendar, forecast
//	   internal/egress                      an allow list of hosts, for proxies and network policies
//	   internal/starter                     the files of a new registry
//	   internal/deps                        what the manifests of package managers list
//	   internal/choice                      the services that a program chooses by name
//	   internal/action internal/disk        I/O: they import only diag, source, sink, comment, wire and snapshot
//	   internal/github internal/gitlab
//	1  internal/yamltree internal/explain internal/sink internal/worktree
//	   internal/gitrepo                     the history of a checkout, from git's own files
//	   internal/wire                        I/O: requests to the API of a server that may be hostile
//	   internal/snapshot                    the files of a commit, how they come in an archive, and references to them
//	   internal/control                     standards and laws: editions, spellings, and what no record can answer
//	0  internal/diag internal/scalar internal/source internal/vocab internal/gitindex internal/lexer, internal/comment (which comment on
//	   a change request is ours, and what happens to it), and the root package with the embedded registry and workflows
//
// All packages except cmd, process, the I/O packages and those for tests (accuracy, corpus, effort, gitindex/indextest) are pure: they
// do not use the disk, network, clock, environment, log or process. They take bytes (or an fs.FS) and return values.
//
// # One check, from bytes to exit code
//
//	argv -> settings                        settings   wrong: exit 2
//	manifests, base | registry | policy     inputs     none: 3; unreadable: 4
//	Manifest, Vendor, Waiver, Policy        attr       through yamltree; what is wrong in a file is a problem with a place
//	Evaluate                                gate       every rule about every use; severity, waivers, grace, order
//	Threshold                               gate       which findings fail the check
//	Report with a verdict                   check      composed of what the steps returned
//	Render                                  report     complete before the first byte leaves
//	exit code                               command    0 pass, 1 findings, 2 usage, 3 nothing to check, 4 no verdict
//
// Run in internal/check/check.go follows these steps. It takes and returns values and does not depend on the process, so one
// process can check many repositories.
//
// # CI systems
//
// inputs defines what it needs from a server (Forge) and a CI job (Event), and ci what it needs from a CI system, in neutral
// terms. internal/github and internal/action implement that for GitHub, and only internal/ci/github.go connects them. internal/gitlab
// does so for GitLab, and only internal/ci/gitlab.go connects it. Each has a command, action and gitlab, that chooses the System; the
// name of a registry chooses its server. Variables of a job on GitLab are only hints, see package gitlab.
//
// # Third-party dependencies
//
// A third-party module is imported by one package, and its types do not leave it: yaml.v3 by yamltree; packageurl-go,
// x/net/idna by scalar; x/net/publicsuffix by scalar and search; doublestar by manifest; go-version by registry (API versions) and
// policy (required_version); cobra with pflag by command, keeper and cli; the diff of go-internal by keeper and, in tests, cli; go-githubactions by sink; go-github by github; the embedded roots of
// x/crypto by wire; x/sys by disk; x/mod by deps, and by cmd/vendorgate to read its own version; go-toml by deps.
// Some are only used by tests: go-cmp, by gate/gatetest; go-git, which writes repositories, by gitrepo and cli; kin-openapi, which checks requests against GitHub's description of its
// API, by github/githubtest; goldmark with x/net/html, which parses our Markdown, by sink/sinktest; golang-ical, which parses
// our calendars, by inventory; jsonschema, which checks our schemas and the JSON that they describe, by attr, bom, interop, report and cli.
//
// # Tests
//
// Package corpus finds test data that other projects publish. Tests that need it are skipped if it is missing; .ci/run
// provides it. The program in accuracy measures the search on public repositories. Package effort shortens long tests; .ci/run runs them in full. githubtest is a fake GitHub server, gitlabtest a fake GitLab server, and
// sinktest a port of the Actions runner's parsers.
//
// # Design notes
//
//   - attr has its own layer. Record, manifest, policy and waiver are four tables of the same mechanism, so it cannot be part
//     of registry.
//   - vocab holds the word lists (environments, ways to authenticate, data classes) that manifest, registry and policy
//     share. In any one of them, the others would have to import it.
//   - subject and rules are two packages. subject says what is judged without the id of a rule, so a family of rules is one file, and
//     the rules that look at the same evidence or deadline read it in one place.
//   - settings reads the values of flags and command, keeper and cli define the flags, so cobra stays in them.
//   - source.Tree reads files on demand. A check needs only the records that a manifest names, and reading all of a large
//     registry would make every check slow.
//   - sink does all escaping, not report and action, so that no caller can forget it: code that writes an unescaped string to
//     a stream does not compile.
//   - sink has a builder for HTML, and cli writes the usage of commands in code. html/template would know the context of a text, too,
//     but templates call methods by name. Then the linker cannot remove methods that nothing calls, such as most of go-github's,
//     and the program is a fifth larger.
//   - registry.All parses with workers, although it is below the I/O packages. A report on a whole registry takes seconds to parse.
//     Results are stored by index, so their order does not depend on the workers.
//   - registry lint parses thousands of files, so check starts some workers for it. The functions that they call in policy and
//     registry are pure and share only immutable tables. The files to lint are data and need no trust (registry.Plain); the
//     policy that applies to them does (source.Rules).
//   - search and detect are two packages. search finds names in files without a registry or weights; detect weighs them without
//     knowing about imports or git. around answers their questions about the text near a name, and knows no vendors. So do construct,
//     about the clients of an SDK, library, about copies of other people's code, and owner, about whose the tree is.
//   - registry.Identities reads the identities of all vendors with two workers, without parsing whole records. So the repository
//     needs no index of vendors, two branches can add vendors without a conflict, and a scan starts just as quickly. cli has check.Prepare
//     read them while the tree is listed.
//   - detect searches with two workers, because a scan takes seconds. The result of a file waits for those before it, so the
//     result does not depend on the workers.
//   - Code that is not checked out comes as an archive, file by file and only once. But what a file means depends on others, such as a
//     manifest of dependencies that comes last. So detect.Stream searches each file as it comes, keeps the few with something to weigh,
//     and weighs them at the end, with the same code as a scan of a directory. github calls it from two workers, because unpacking,
//     comparing and searching each take seconds.
//   - Outside CI, gitrepo finds out what an event says in CI: the repository's name, the base and the default branch. inputs reads a base
//     from a checkout and from a Forge with the same code (baseAt), so that the verdict is the same.
//   - deps, lexer and gitindex are separate packages. Each turns bytes into values, does not know about vendors, and has its own
//     fuzz tests and limits.
//   - wire and snapshot are separate packages, because the servers differ in their words and not in what can go wrong: a token goes to one
//     host, an answer has a limit, and an archive is compared with the list of files. What differs is a wire.Dialect.
//   - worktree is a separate package, because inputs and detect must agree on which files belong to a repository. Otherwise there
//     would be a way around the gate.
//   - disk is a separate I/O package. The base directory of relative names is a value, so tests can run commands in different
//     directories in one process.
//   - render has the documents without a package of their own. Everything that commands print is rendered by report, inventory or
//     render, with a sink.Formats: a list of names and renderers that flags, errors and completion use.
//   - Each value of inputs has an Account of what happened while it was read, and the steps of check return remarks. Run joins
//     them; no step modifies the report.
//   - There is no function Grade. Every finding about a use goes through evaluation.add.
//
// # Glossary
//
// These words have one meaning in code, messages and documentation.
//
//   - manifest: vendors.yaml in a repository. use: one entry of it, a vendor that the repository uses for a purpose.
//   - registry: policy.yaml, vendors, waivers and probe results of an organisation. record: what it says about a vendor.
//     catalogue: the embedded records, which identify vendors and approve none.
//   - vendor: a service, not a company. status: the organisation's decision about it. approval: a decision in favour, with
//     approvers, a scope and an expiry date. scope: what the approval covers.
//   - tier: how critical a use is, from 1 to 4, with 1 the most critical. data class: a kind of data, such as personal.
//   - attribute: a value in a file, named by its path. claim: an attribute that says something about the vendor; it is true,
//     false or unknown. evidence: a document or test that supports a claim; assurance: how strong it is.
//   - rule: a check with a permanent id, such as VG-APR-002. requirement: a check that a policy defines. policy: the
//     requirements, and the settings of rules. preset: a policy that ships with vendorgate; overlay: one that goes on top.
//   - problem: something wrong in a file, found by its reader, with a place and no rule.
//   - finding: what a rule or requirement reports, with a place, a severity and a fingerprint. level: the severity that a rule
//     has at each tier. introduced: about a use that is new or changed since the base.
//   - evaluate: to apply all rules to a use. grade: to set a finding's severity, waiver and whether it blocks. block: to fail
//     the check.
//   - verdict: pass, fail, nothing-to-check or no-verdict. gap: something that could not be read. definite: true whatever is in
//     the gaps.
//   - base: approved code that a change is compared with. In CI it is the merge base of the head and the approved branch, which is
//     the default branch, or the target branch if the policy trusts it. head: the repository with the change; of a pull request,
//     as it would be merged. existing: about a use that is not introduced; if there is no change to check, every use is.
//   - zone: where data comes from; trusted zones are the registry at its commit and the base, and the head is never trusted.
//   - waiver: a dated exception in the registry, granted by an approver, that covers findings. exemption: any exception,
//     whoever writes it: a waiver, an ignore entry, an exempted repository. grace: time in which an expired date is a
//     warning for an unchanged use.
//   - date: the last valid day, inclusive, in the policy's time zone. expired: said of something whose last valid day has passed.
//     overdue: said of a task whose last day has passed. due: said of a task that must be done by that day.
//   - hit: a name that a search finds in a file. sighting: a hit with its confidence and context. confidence: confirmed,
//     likely or hint. unknown host: a host of no known vendor. undeclared: used by the code, in no manifest.
//   - probe: an automatic test of a vendor's hosts. pilot: a trial before the approval, and its measurements.
//   - escape: to make text safe for one kind of output. sink: such an output.
package internal
