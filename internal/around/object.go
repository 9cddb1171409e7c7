package around

import (
	"bytes"

	"github.com/vendorgate/vendorgate/internal/search"
)

// ContainerImage reports whether a name is the registry in the name of an image or chart: registry/owner/name:tag, oci://registry/name.
func ContainerImage(data []byte, at, end int) bool {
	from, to := search.Line(data, at)
	rest := data[end:to]
	if before := data[from:at]; bytes.HasSuffix(before, []byte("://")) {
		return bytes.HasSuffix(before, []byte("oci://")) || bytes.HasSuffix(before, []byte("docker://"))
	}
	if len(rest) == 0 || rest[0] != '/' {
		return false
	}
	if i := bytes.IndexAny(rest, " \t\r\"'`,"); i >= 0 {
		rest = rest[:i]
	}
	line := bytes.TrimLeft(data[from:at], " \t-\"'")
	for _, word := range []string{"FROM ", "image:", "image\":", "repository:", "uses: docker:", "org.opencontainers.image.", "LABEL org.opencontainers.image."} {
		if bytes.HasPrefix(line, []byte(word)) {
			return true
		}
	}
	return bytes.IndexByte(rest, ':') > 0 || bytes.Contains(rest, []byte("@sha256"))
}

// ObjectName reports whether a name in configuration is part of the name of a Kubernetes object: the group of apiVersion: group/v1, or the
// owner of an annotation, owner/name: value.
func ObjectName(data []byte, at, end int) bool {
	from, to := search.Line(data, at)
	before := bytes.TrimLeft(data[from:at], " \t-\"'")
	for _, key := range []string{"apiVersion", "apiGroup", "apiGroups", "api_version", "group"} {
		if rest, ok := bytes.CutPrefix(before, []byte(key)); ok && len(bytes.Trim(rest, " \t:=\"'[")) == 0 {
			return true
		}
	}
	name, ok := bytes.CutPrefix(data[end:to], []byte("/"))
	i := bytes.IndexAny(name, ":\"' \t")
	return ok && len(before) == 0 && i > 0 && bytes.IndexByte(name[:i], '/') < 0 && bytes.HasPrefix(bytes.TrimLeft(name[i:], "\"'"), []byte(":"))
}
