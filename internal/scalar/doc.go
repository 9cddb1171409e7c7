// Package scalar holds the values that our files have and Go does not: days, periods, hosts, URLs, purls, country
// codes, LEIs, and strings that look like a secret. It knows no file, no position, no clock and no project type.
//
// # Why
//
// A day is not an instant, so [Date] is not a time.Time. A value is accepted only in its one canonical form, so that
// equal things are equal strings and nothing has to be folded later. An error names the fault and what to write
// instead, and never holds the value: the caller quotes it, once it knows that it is no secret.
package scalar
