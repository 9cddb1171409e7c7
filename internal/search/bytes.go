package search

// The classes of bytes.
const (
	hostByte byte = 1 << iota // letters, digits, - and _
	letter
	digit
	upper
)

//nolint:gochecknoglobals // an immutable table
var byteClass = func() (table [256]byte) {
	for c := range table {
		switch {
		case 'a' <= c && c <= 'z':
			table[c] = hostByte | letter
		case 'A' <= c && c <= 'Z':
			table[c] = hostByte | letter | upper
		case '0' <= c && c <= '9':
			table[c] = hostByte | digit
		case c == '-', c == '_':
			table[c] = hostByte
		}
	}
	return table
}()

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// NameByte reports whether a byte is a letter, a digit, a hyphen or an underscore.
func NameByte(c byte) bool { return byteClass[c]&hostByte != 0 }

// WordByte reports whether a byte continues a name. Bytes of non-ASCII characters do.
func WordByte(c byte) bool { return byteClass[c]&hostByte != 0 || c >= 0x80 }
