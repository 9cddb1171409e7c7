package inventory

import "strings"

// handlesCards reports whether a vendor has to do with card data.
func (p *VendorProof) handlesCards() bool {
	return p.sends("cardholder") || p.Facts.One("compliance.pci.role") == "service-provider"
}

// paper returns a piece of evidence; an empty one if there is none.
func (p *VendorProof) paper(id string) Paper {
	for _, e := range p.Evidence {
		if id != "" && e.ID == id {
			return e
		}
	}
	return Paper{}
}

// valid says whether a piece of evidence counts; empty if there is none.
func (e Paper) valid() string {
	if e.ID == "" {
		return ""
	}
	return yes(e.Counts)
}

// pciProviders are the third-party service providers of PCI DSS 12.8.1, with what 12.8.2 to 12.8.5 ask for each.
func pciProviders() extract {
	return extract{
		"pci-12.8-csv", "the list of PCI DSS 4.0.1, 12.8.1 to 12.8.5",
		[]string{
			"service", "provider", "service_description", "data_classes", "status", "agreement", "agreement_status", "agreement_signed_on", "agreement_end",
			"engaged_on", "due_diligence", "pci_level", "last_review", "review_due", "proof_of_compliance", "responsibility_matrix", "matrix_sha256", "matrix_valid",
		},
		func(p *VendorProof) [][]string {
			if !p.handlesCards() {
				return nil
			}
			end := p.Facts.One("contract.end")
			if end == noEnd {
				end = "none"
			}
			matrix := p.paper(p.Facts.One("compliance.pci.responsibility_matrix"))
			return [][]string{{
				p.Name, p.Facts.One("provider.legal_name"), p.Facts.One("description"), strings.Join(p.Facts["scope.data_classes"], "; "), p.Status, p.Facts.One("contract.ref"),
				p.Facts.One("contract.status"), p.Facts.One("contract.signed_on"), end, p.Decision.On.String(), p.Decision.DecisionRef, p.Facts.One("compliance.pci.level"),
				p.Facts.One("approval.last_review"), p.Review.String(), p.outcomeOf("VG-CMP-001"), matrix.ID, matrix.SHA256, matrix.valid(),
			}}
		},
	}
}

// outcomeOf returns the outcome of a rule; empty if the policy does not have it.
func (p *VendorProof) outcomeOf(rule string) string {
	for i := range p.Demands {
		if p.Demands[i].Rule == rule {
			return string(p.Demands[i].Outcome)
		}
	}
	return ""
}

// pciMatrix has a row for each provider and requirement of PCI DSS. Who meets which one is written in the document that it names.
func pciMatrix() extract {
	return extract{
		"pci-matrix-csv", "the responsibility matrix of PCI DSS 4.0.1, 12.8.5",
		[]string{"service", "provider", "requirement", "responsible", "document", "document_address", "document_sha256", "document_valid"},
		func(p *VendorProof) [][]string {
			if !p.handlesCards() {
				return nil
			}
			matrix := p.paper(p.Facts.One("compliance.pci.responsibility_matrix"))
			var rows [][]string
			for requirement := 1; requirement <= 12; requirement++ {
				rows = append(rows, []string{p.Name, p.Facts.One("provider.legal_name"), number(requirement), "", matrix.ID, matrix.Address, matrix.SHA256, matrix.valid()})
			}
			return rows
		},
	}
}
