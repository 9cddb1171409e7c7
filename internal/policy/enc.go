package policy

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// weakTransport: VG-ENC-001 (RFC 9325, 3.1.1; RFC 8996).
func weakTransport(u *use) []fault {
	var out []fault
	add := func(most diag.Severity, path, protocol, hint string) {
		out = append(out, fault{
			most: most, pos: u.ID.Pos, related: []diag.Related{u.seen(path, "what the record says")}, key: path,
			message: fmt.Sprintf("%q accepts %s", u.ID.Value, protocol), hint: hint,
		})
	}
	const minTLS, plaintext = "encryption.in_transit.min_tls", "encryption.in_transit.plaintext_http"
	if v := u.get(minTLS).Text; v == "1.0" || v == "1.1" {
		add(diag.Off, minTLS, "TLS "+v, fmt.Sprintf("Blocked for all data; %s asks the vendor for TLS 1.2 or later.", u.policy.owner()))
	}
	switch u.get(plaintext).Text {
	case "served":
		add(diag.Off, plaintext, "plaintext HTTP", fmt.Sprintf("Blocked for all data; %s asks the vendor to close port 80.", u.policy.owner()))
	case "redirect":
		add(diag.Warning, plaintext, "plaintext HTTP and redirects it, so that a first request can leak its credential",
			"Make sure that every base URL in your code begins with https.")
	}
	return out
}

// unencryptedStorage: VG-ENC-002: data that is confidential or worse. A vendor that stores nothing needs no encryption.
func unencryptedStorage(u *use) []fault {
	class := u.sensitive()
	if class == "" || u.get("data.stores_customer_data").False() {
		return nil
	}
	w := u.wants("VG-ENC-002")
	w.yes("encryption.at_rest.encrypted", "it is not encrypted")
	w.yes("encryption.at_rest.backups", "its backups are not encrypted")
	return w.fault("stored "+u.sent(class), fmt.Sprintf("Send no %s data, or choose another vendor.", class))
}
