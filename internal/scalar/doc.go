// Package scalar parses values that Go has no types for: days, periods, hosts, URLs, purls, country codes, LEIs, and
// strings that look like a secret. It knows no files, positions, clock, or types of other packages.
//
// # Why
//
// A day is not an instant, so [Date] is not a time.Time. A value is accepted only in its canonical form, so that equal
// values are equal strings. An error has the form "cause; fix" and never contains the value, which may be a secret. The
// caller quotes it.
package scalar
