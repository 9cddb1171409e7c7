package main

import (
	"encoding/json"
	"os"
	"path/filepath"
)

func write(out, name string, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return writeFile(out, name, data)
}

func writeFile(out, name string, data []byte) error {
	path := filepath.Join(out, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // a cache for every user
		return err
	}
	return os.WriteFile(path, data, 0o644) //nolint:gosec // a cache for every user
}
