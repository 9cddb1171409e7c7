package inventory_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/inventory"
)

// extractOf renders an extract about one vendor with these facts, without the heads of the columns.
func extractOf(t *testing.T, format, status string, facts inventory.Facts) string {
	t.Helper()
	v := empty()
	v.Prove = func() inventory.Dossier {
		return inventory.Dossier{Vendors: []inventory.VendorProof{{Record: inventory.Record{ID: "acme-pay", Name: "Acme Pay", Category: "payments", Status: status}, Facts: facts}}}
	}
	out, err := inventory.Formats().Render(format, v, false)
	if err != nil {
		t.Fatal(err)
	}
	_, rows, _ := strings.Cut(string(out.Bytes()), "\n")
	return rows
}

// An extract writes what the registry knows in the words of the other register, and leaves the rest empty.
func TestExtracts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why, format, status string
		facts               inventory.Facts
		want                string
	}{
		{"an LEI first", "dora-b0501-csv", "approved", inventory.Facts{"provider.identifiers.lei": {"L"}, "provider.identifiers.euid": {"E"}, "provider.identifiers.vat": {"V"}}, "L,LEI,E,EUID,,,,,,,,,acme-pay\n"},
		{"an EUID without it", "dora-b0501-csv", "conditional", inventory.Facts{"provider.identifiers.euid": {"E"}, "provider.identifiers.vat": {"V"}, "provider.legal_name": {"Čeští s.r.o."}}, "E,EUID,V,VAT,Čeští s.r.o.,Čeští s.r.o.,,,,,,,acme-pay\n"},
		{"a name in other letters", "dora-b0501-csv", "approved", inventory.Facts{"provider.legal_name": {"Ελληνική ΑΕ"}}, ",,,,Ελληνική ΑΕ,,,,,,,,acme-pay\n"},
		{"the country of registration is not where the headquarters are", "dora-b0501-csv", "approved", inventory.Facts{"provider.country": {"IE"}}, ",,,,,,,,,,,,acme-pay\n"},
		{"a vendor that may not be used", "dora-b0501-csv", "denied", inventory.Facts{"provider.identifiers.lei": {"L"}}, ""},
		{"a contract without an end", "dora-b0202-csv", "approved", inventory.Facts{"contract.end": {"null"}, "contract.renewal.notice": {"P3M"}, "data.stores_customer_data": {"false"}, "data.storage_locations": {"EU"}}, ",,,,,,,9999-12-31,,,,,,No,,,,,acme-pay\n"},
		{"no critical function", "dora-b0701-csv", "approved", inventory.Facts{"risk.substitutability": {"easily"}}, ""},
		{"a plan, and no alternative", "dora-b0701-csv", "approved", inventory.Facts{"risk.critical_or_important_function": {"true"}, "exit.plan": {"plan"}, "exit.alternatives": {}, "risk.substitutability": {"not-substitutable"}}, ",,,,Not substitutable,,,Yes,,,No,,acme-pay\n"},
		{"no card data", "pci-12.8-csv", "approved", inventory.Facts{"scope.data_classes": {"personal"}}, ""},
		{"no personal data", "gdpr-recipients-csv", "approved", inventory.Facts{"scope.data_classes": {"internal"}}, ""},
		{"data in the EEA", "gdpr-transfers-csv", "approved", inventory.Facts{"scope.data_classes": {"personal"}, "data.storage_locations": {"EU"}, "data.processing_locations": {"NO"}}, ""},
		{"data outside of it", "gdpr-transfers-csv", "approved", inventory.Facts{"scope.data_classes": {"personal"}, "data.storage_locations": {"IE"}, "data.processing_locations": {"US", "IN"}, "compliance.dpa.transfer_mechanism": {"scc"}}, ",Acme Pay,personal,IN,no,yes,scc,,,,acme-pay\n,Acme Pay,personal,US,no,yes,scc,,,,acme-pay\n"},
		{"an unknown place", "gdpr-transfers-csv", "approved", inventory.Facts{"scope.data_classes": {"health"}}, ",Acme Pay,health,,,,,,,,acme-pay\n"},
	} {
		if d := cmp.Diff(c.want, extractOf(t, c.format, c.status, c.facts)); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.why, d)
		}
	}
}

// What an extract leaves empty is counted, by column.
func TestExtractNote(t *testing.T) {
	t.Parallel()
	note, ok := inventory.ExtractNote("dora-b0501-csv", sample())
	const want = "dora-b0501-csv: an extract for template B_05.01 of the DORA register and no filing: 1 row, 8 of 12 cells empty, because the registry does not know them (B_05.01.0030 1, B_05.01.0040 1, B_05.01.0070 1, B_05.01.0080 1, B_05.01.0090 1, B_05.01.0100 1, B_05.01.0110 1, B_05.01.0120 1)"
	if !ok || note.String() != want {
		t.Errorf("got %q", note)
	}
	if _, ok := inventory.ExtractNote("csv", sample()); ok {
		t.Error("csv is no extract")
	}
}
