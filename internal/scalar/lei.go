package scalar

import "errors"

// ParseLEI accepts a legal entity identifier (ISO 17442): eighteen upper-case letters or digits, then two check
// digits, so that the whole is 1 modulo 97 (ISO/IEC 7064, MOD 97-10).
func ParseLEI(s string) error {
	if len(s) != 20 {
		return errors.New("not an LEI; write its 20 characters, without spaces")
	}
	remainder := 0
	for i := range len(s) {
		switch c := s[i]; {
		case isDigit(c):
			remainder = (remainder*10 + int(c-'0')) % 97
		case isUpper(c) && i < 18:
			remainder = (remainder*100 + int(c-'A') + 10) % 97
		case isUpper(c):
			return errors.New("it does not end in two check digits; copy it again from the register")
		default:
			return errors.New("not an LEI; use upper-case letters and digits only")
		}
	}
	if remainder != 1 {
		return errors.New("its check digits are wrong; copy it again from the register")
	}
	return nil
}
