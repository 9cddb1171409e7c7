package registry

// Scans reports whether a record has the form whose identity is read without parsing the record.
func Scans(data []byte) bool { return new(identityScanner).scan(string(data), new(Identity)) }
