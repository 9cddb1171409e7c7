package source

// File is a file to write.
type File struct {
	Name string
	Data []byte
}
