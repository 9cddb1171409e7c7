package registry

import "github.com/vendorgate/vendorgate/internal/attr"

// contract holds what was agreed, which is known: what a contract does not say is not agreed.
func contract() []attr.Row {
	rows := []attr.Row{
		{Path: "ref", Type: attr.Text, Example: "ACME-2026-0417", Doc: "Number of the contract.", Seed: "C4", Controls: []string{"PCI DSS 4.0.1 12.8.2"}},
		{Path: "status", Type: attr.Enum, Values: []string{"draft", "active", "terminated"}, Example: "active", Doc: "Whether it is signed and in force.", Seed: "C4", Controls: []string{"PCI DSS 4.0.1 12.8.2", "DORA 30(1)", "SOC 2 CC9.2"}},
		{Path: "signed_on", Type: attr.Date, Doc: "Day on which it was signed.", Seed: "C4", Controls: []string{"PCI DSS 4.0.1 12.8.2"}},
		{Path: "start", Type: attr.Date, Doc: "First day of its term.", Seed: "C4", Controls: []string{"DORA 30(1)"}},
		{Path: "end", Type: attr.Date, Nullable: true, Example: "2028-05-31", Doc: "Last day of its term; null if it has no end.", Seed: "C4", Controls: []string{"DORA 30(1)"}},
		{Path: "renewal.type", Type: attr.Enum, Values: []string{"auto", "manual"}, Doc: "What happens at its end.", Seed: "C4", Controls: []string{"DORA 30(2)(h)"}},
		{Path: "renewal.notice", Type: attr.Period, Example: "P90D", Doc: "How long before its end it must be given notice.", Seed: "C4", Controls: []string{"DORA 30(2)(h)"}},
		{Path: "governing_timezone", Type: attr.Zone, Example: "Europe/Dublin", Doc: "IANA zone in which its days end; the policy's if absent.", Seed: "C4"},
		{Path: "sla.uptime_pct", Type: attr.Number, Example: "99.9", Doc: "Percentage of time that it must be up.", Seed: "C3", Controls: []string{"DORA 30(2)(e)", "DORA 30(3)(a)"}},
		{Path: "sla.window", Type: attr.Enum, Values: []string{"monthly", "quarterly", "annual"}, Doc: "Measured over which time.", Seed: "C3", Controls: []string{"DORA 30(3)(a)"}},
		{Path: "sla.credits", Type: attr.Tri, Doc: "Whether less is paid for.", Seed: "C3", Controls: []string{"DORA 30(3)(a)"}},
		{Path: "sla.security_incidents_count_as_downtime", Type: attr.Tri, Doc: "Whether a security incident counts against it until it is resolved.", Seed: "C3", Controls: []string{"DORA 30(3)(a)"}},
		{Path: "incident.notify_hours", Type: attr.Int, Example: "24", Doc: "Hours within which an incident must be reported to us.", Seed: "C3", Controls: []string{"MVSP 1.7", "GDPR 33(2)", "CCM 4.0 SEF-07", "SR-8"}},
		{Path: "incident.ack", Type: attr.Period, Example: "PT1H", Doc: "How soon our report is acknowledged.", Seed: "C3", Controls: []string{"DORA 30(2)(f)"}},
		{Path: "incident.rca", Type: attr.Period, Example: "P5D", Doc: "How soon the cause is explained.", Seed: "C3", Controls: []string{"DORA 30(2)(f)"}},
		{Path: "incident.penalties", Type: attr.Tri, Doc: "Whether missing these times costs the vendor.", Seed: "C3", Controls: []string{"DORA 30(2)(f)"}},
		{Path: "security_terms.scanning", Type: attr.Tri, Doc: "Whether scanning is agreed.", Seed: "C1", Controls: []string{"NIST CSF 2.0 GV.SC-05", "SA-4"}},
		{Path: "security_terms.patch_sla", Type: attr.Tri, Doc: "Whether patch times are agreed.", Seed: "C2", Controls: []string{"NIST CSF 2.0 GV.SC-05", "SA-4"}},
		{Path: "security_terms.annual_pentest", Type: attr.Tri, Doc: "Whether a penetration test each year is agreed.", Seed: "C1", Controls: []string{"SA-4"}},
		{Path: "security_terms.audit_right", Type: attr.Tri, Doc: "Whether we may audit.", Seed: "C1", Controls: []string{"DORA 30(3)(e)", "CCM 4.0 STA-09"}},
		{Path: "security_terms.subprocessor_notice", Type: attr.Period, Example: "P30D", Doc: "How long before it changes a processor we are told.", Seed: "C1", Controls: []string{"GDPR 28(2)"}},
		{Path: "security_terms.breach_cooperation", Type: attr.Tri, Doc: "Whether it must help us after a breach.", Seed: "C1", Controls: []string{"SA-4"}},
	}
	for _, severity := range []string{"sev1", "sev2", "sev3", "sev4"} {
		rows = append(rows, attr.Row{Path: "incident.resolve." + severity, Type: attr.Period, Example: "PT8H", Doc: "How soon an incident of severity " + severity + " is resolved.", Seed: "C3", Controls: []string{"DORA 30(2)(f)"}})
	}
	for i := range rows {
		rows[i].Path = "contract." + rows[i].Path
	}
	return rows
}

func exit() []attr.Row {
	rows := claims("exit.", []attr.Row{
		{Path: "export.formats", Type: attr.Word, List: true, Example: "[json, csv]", Doc: "Formats in which we get our data out.", Seed: "R5", Controls: []string{"CCM 4.1 IPY-02", "CCM 4.1 IPY-04", "DORA 30(2)(d)"}},
		{Path: "export.api", Type: attr.Tri, Doc: "Whether it can be fetched by program.", Seed: "R5", Controls: []string{"CCM 4.1 IPY-02"}},
		{Path: "export.included", Type: attr.Tri, Doc: "Whether that costs nothing.", Seed: "R5", Controls: []string{"DORA 30(2)(d)"}},
		{Path: "export.deadline", Type: attr.Period, Example: "P30D", Doc: "How long the export takes.", Seed: "R5", Controls: []string{"DORA 30(2)(d)"}},
		{Path: "reintegration", Type: attr.Enum, Values: []string{"easy", "difficult", "highly-complex"}, Ordered: true, Doc: "How hard it would be to do the work ourselves.", Seed: "R5", Controls: []string{"DORA B_07.01.0090"}},
	})
	return append(rows,
		attr.Row{Path: "exit.plan", Type: attr.ID, Doc: "Evidence that holds our plan for leaving.", Seed: "R5", Controls: []string{"DORA 28(8)", "DORA 30(3)(f)", "DORA B_07.01.0080", "NIST CSF 2.0 GV.SC-10"}},
		attr.Row{Path: "exit.plan_tested_on", Type: attr.Date, Doc: "Day on which we last tried it.", Seed: "R5", Controls: []string{"DORA 28(8)"}},
		attr.Row{Path: "exit.transition", Type: attr.Period, Example: "P3M", Doc: "How long it goes on serving us after notice, as agreed.", Seed: "R5", Controls: []string{"DORA 30(3)(f)"}},
		attr.Row{Path: "exit.data_return_or_deletion", Type: attr.Period, Example: "P30D", Doc: "How soon our data is returned or deleted, as agreed.", Seed: "R5", Controls: []string{"GDPR 28(3)(g)"}},
		attr.Row{Path: "exit.alternatives", Type: attr.ID, List: true, Doc: "Vendors that could take over.", Seed: "R5", Controls: []string{"DORA B_07.01.0110", "DORA B_07.01.0120"}},
	)
}
