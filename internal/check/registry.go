package check

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/lint"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/starter"
)

// justStarted reports whether a registry has no records on purpose: it has a policy, and a file that keeps the empty folder in Git.
func justStarted(in inputs.RegistryData) bool {
	if in.Policy == nil || in.PolicyChosen {
		return false
	}
	if in.Base != nil {
		if before, err := in.Base.List("vendors", ".yaml"); len(before) > 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false
		}
	}
	_, err := source.Lstat(in.Files.Files, "vendors/"+starter.Kept)
	return err == nil
}

// Registry checks a whole registry as data. It returns an error only if the context ended. If the registry cannot be read,
// the report says so and has no verdict.
func Registry(ctx context.Context, in inputs.RegistryData, s Settings) (Report, error) {
	rep := diag.Report{OfRegistry: true, Version: s.Version, AsOf: s.AsOf.In(in.Policy), Origin: in.Origin, Ref: in.Commit.Ref, Committed: in.Commit.Date, RequestURL: in.RequestURL, Baseline: in.BaseName}
	said, records := stated(in.Account), 0
	if in.Files != nil {
		about := lint.Input{Files: registry.AsData(in.Files, in.Embedded), Policy: in.Policy, AsOf: rep.AsOf, Version: s.Release, PolicyChosen: in.PolicyChosen, All: s.EveryRecord, EvidenceOnly: s.EvidenceOnly}
		if in.Base != nil {
			about.Base = registry.AsData(in.Base, in.Embedded)
		}
		result := lintFiles(ctx, lint.New(about))
		if about.Base != nil {
			means, warnings := meaning(about, result, rep.AsOf)
			rep.Sections, said = means, said.plus(warnings)
		}
		said = said.plus(remarks{findings: result.Findings, gaps: result.Gaps})
		records, rep.Revision = result.Records, in.Files.Digest()
		switch {
		case records == 0 && justStarted(in):
			said = said.plus(noticed("the registry has no records yet"))
		case records == 0:
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
