package githubtest

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Tarball is the archive of a commit, as git makes it.
func (r *Repo) Tarball(sha string) ([]byte, error) {
	commit, ok := r.Commits[sha]
	if !ok {
		return nil, fmt.Errorf("no commit %s", sha)
	}
	if commit.Archive != nil {
		return commit.Archive, nil
	}
	top := r.Owner + "-" + r.Name + "-" + sha[:7]
	headers := []tar.Header{
		{Typeflag: tar.TypeXGlobalHeader, Name: "pax_global_header", PAXRecords: map[string]string{"comment": sha}},
		{Typeflag: tar.TypeDir, Name: top + "/", Mode: 0o775, ModTime: commit.Date},
	}
	files := map[string]string{}
	for name, data := range commit.Files {
		if data, ok := commit.exported(name, data, sha); ok {
			files[name] = data
		}
	}
	maps.Copy(files, commit.Exported)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if commit.ignored(name) {
			continue
		}
		headers = append(headers, tar.Header{Typeflag: tar.TypeReg, Name: top + "/" + name, Mode: 0o664, ModTime: commit.Date, Size: int64(len(files[name]))})
	}
	for _, name := range slices.Sorted(maps.Keys(commit.Links)) {
		if _, ok := commit.exported(name, "", sha); !ok || commit.ignored(name) {
			continue
		}
		headers = append(headers, tar.Header{Typeflag: tar.TypeSymlink, Name: top + "/" + name, Linkname: commit.Links[name], Mode: 0o777, ModTime: commit.Date})
	}
	for _, name := range slices.Sorted(slices.Values(commit.Modules)) {
		headers = append(headers, tar.Header{Typeflag: tar.TypeDir, Name: top + "/" + name + "/", Mode: 0o775, ModTime: commit.Date})
	}
	return Pack(headers, func(h tar.Header) []byte { return []byte(files[h.Name[min(len(h.Name), len(top)+1):]]) })
}

// ignored reports whether attributes keep a file out of archives.
func (c Commit) ignored(name string) bool {
	return slices.ContainsFunc(c.ExportIgnore, func(path string) bool { return name == path || strings.HasPrefix(name, path+"/") })
}

// Pack writes a gzipped tar of the headers as they are, each with its content.
func Pack(headers []tar.Header, content func(tar.Header) []byte) ([]byte, error) {
	var out bytes.Buffer
	zipped, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	w := tar.NewWriter(zipped)
	for _, h := range headers {
		if err := w.WriteHeader(&h); err != nil {
			return nil, err
		}
		if h.Typeflag == tar.TypeReg {
			if _, err := w.Write(content(h)); err != nil {
				return nil, err
			}
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if err := zipped.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
