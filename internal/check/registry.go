package check

import (
	"context"
	"fmt"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// Evidence compares the files of evidence in a registry with the hashes in its records. It returns the same as Registry.
func Evidence(ctx context.Context, in inputs.RegistryData, s Settings) (Report, error) {
	return checkRegistry(ctx, in, s, true)
}

// Registry checks a whole registry as data. It returns an error only if the context ended. If the registry cannot be read,
// the report says so and has no verdict.
func Registry(ctx context.Context, in inputs.RegistryData, s Settings) (Report, error) {
	return checkRegistry(ctx, in, s, false)
}

func checkRegistry(ctx context.Context, in inputs.RegistryData, s Settings, evidenceOnly bool) (Report, error) {
	rep := diag.Report{Version: s.Version, AsOf: s.AsOf.In(in.Policy), Origin: in.Origin, Ref: in.Commit.Ref, Committed: in.Commit.Date, RequestURL: in.RequestURL, Baseline: in.BaseName}
	said, records := stated(in.Account), 0
	if in.Files != nil {
		about := lint.Input{Files: registry.AsData(in.Files, in.Embedded), Policy: in.Policy, AsOf: rep.AsOf, Version: s.Release, PolicyChosen: in.PolicyChosen, EvidenceOnly: evidenceOnly}
		if in.Base != nil {
			about.Base = registry.AsData(in.Base, in.Embedded)
		}
		result := lintFiles(ctx, lint.New(about))
		said = said.plus(remarks{findings: result.Findings, gaps: result.Gaps})
		records, rep.Revision = result.Records, in.Files.Digest()
		if records == 0 {
			said = said.plus(stated(inputs.NoRegistry(in.Files.Origin, "its vendors folder contains no records", inputs.PassDirectory).Account))
		}
	}
	if in.Policy != nil {
		rep.Policy = in.Policy.ID
	}
	gate, gated := minimumGate(s, in.Policy)
	rep.Rules, rep.Links = rulesOf(said.findings, in.Policy), linksOf(in.Policy, in.RequestURL)
	said = said.plus(gated)
	rep.Findings, rep.Gaps, rep.Notices = said.findings, said.gaps, said.notices
	if err := ctx.Err(); err != nil {
		return Report{}, fmt.Errorf("lint stopped: %w", err)
	}
	rep = judgement{gate: gate}.conclude(rep)
	rep.Counts.Vendors = records
	return Report{Report: rep}, nil
}
