package rules

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Rules about encryption.
const (
	WeakTransport      = "VG-ENC-001"
	UnencryptedStorage = "VG-ENC-002"
	WeakCiphers        = "VG-ENC-003"
)

func encryptionRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: WeakTransport, Title: "the vendor accepts old TLS or plaintext HTTP", Levels: tiered("EEEE")},
			Judge:    weakTransport,
		},
		{
			RuleInfo: policy.RuleInfo{ID: UnencryptedStorage, Title: "sensitive data is stored without encryption", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    unencryptedStorage,
		},
		{
			RuleInfo: policy.RuleInfo{ID: WeakCiphers, Title: "weak ciphers protect data in transit or at rest", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    weakCiphers,
		},
	}
}

// weakTransport implements VG-ENC-001 (RFC 9325, 3.1.1; RFC 8996).
func weakTransport(u *subject.Subject) []subject.Fault {
	var out []subject.Fault
	add := func(most diag.Severity, path, protocol, hint string) {
		out = append(out, subject.Fault{
			MaxSeverity: most, Pos: u.ID.Pos, Related: []diag.Related{u.RelatedTo(path, "in the record")}, Key: path,
			Message: fmt.Sprintf("%q accepts %s", u.ID.Value, protocol), Hint: hint,
		})
	}
	const minTLS, plaintext = "encryption.in_transit.min_tls", "encryption.in_transit.plaintext_http"
	u.WantsIfStated("1.2 or 1.3", minTLS)
	u.WantsIfStated("closed or refuse", plaintext)
	if v := u.Attr(minTLS); v.State == attr.None || v.Text == "1.0" || v.Text == "1.1" {
		protocol := "TLS " + v.Text
		if v.State == attr.None {
			protocol = "connections without TLS"
		}
		add(diag.Off, minTLS, protocol, "Do not send any data. "+u.KeepersMust("ask the vendor to require TLS 1.2 or later."))
	}
	switch u.Attr(plaintext).Text {
	case "served":
		add(diag.Off, plaintext, "plaintext HTTP", "Do not send any data. "+u.KeepersMust("ask the vendor to close port 80."))
	case "redirect":
		add(diag.Warning, plaintext, "plaintext HTTP and redirects it, so the first request can leak its credential",
			"Make sure that every base URL in your code starts with https.")
		out[len(out)-1].Team = true
	}
	return out
}

// unencryptedStorage implements VG-ENC-002, for data that is confidential or more sensitive. It skips vendors that store nothing.
func unencryptedStorage(u *subject.Subject) []subject.Fault {
	class := u.Sensitive()
	switch {
	case class == "":
		return u.NotAsked("the use has no data that is confidential or more sensitive")
	case !u.Stores():
		return u.NotAsked("the vendor stores no customer data")
	}
	w := u.Shortfalls(UnencryptedStorage)
	w.RequireTrue("encryption.at_rest.encrypted", "data at rest is not encrypted")
	w.RequireTrue("encryption.at_rest.backups", "backups are not encrypted")
	return subject.ForTeam(w.Fault(u.MustNotSend(class), fmt.Sprintf("Stop sending %s data, or choose another vendor.", class)))
}

// weakCiphers implements VG-ENC-003. Stored data counts if it is sensitive; VG-ENC-002 reports that it is not encrypted at all.
func weakCiphers(u *subject.Subject) []subject.Fault {
	const profile, algorithm = "encryption.in_transit.mozilla_profile", "encryption.at_rest.algorithm"
	w := u.Shortfalls(WeakCiphers)
	u.Wants("intermediate or modern", profile)
	if v, ok := w.Claim(profile); ok && v.Text == "old" {
		w.Add(profile, "its hosts accept the cipher suites of Mozilla's profile old")
	}
	if u.Sensitive() != "" && u.Stores() && !u.Attr("encryption.at_rest.encrypted").False() {
		u.Wants("a current cipher and mode, such as AES-256-GCM", algorithm)
		if v, ok := w.Claim(algorithm); ok {
			if weak := vocab.WeakCipher(v.Text); weak != "" {
				w.Add(algorithm, "stored data is encrypted with %s", weak)
			}
		}
	}
	return w.Fault(u.About("%q uses weak ciphers"), u.OwnerMust("ask the vendor for current ciphers, such as AES-GCM with ECDHE."))
}
