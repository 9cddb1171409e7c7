package gitlabtest

import (
	"archive/tar"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/github/githubtest"
	"github.com/vendorgate/vendorgate/internal/source"
)

func readBody(r *http.Request) string {
	data, err := io.ReadAll(io.LimitReader(r.Body, 8<<20))
	if err != nil {
		return ""
	}
	return string(data)
}

func found(value any) answer { return answer{status: http.StatusOK, value: value} }

func none(what string) answer { return refuse(http.StatusNotFound, "404 "+what+" Not Found") }

func (s *Server) job(c call) answer {
	return found(map[string]any{
		"id": c.job.ID, "name": c.job.Name, "ref": c.job.Ref, "tag": c.job.Tag, "status": "running", "stage": "test",
		"web_url":  fmt.Sprintf("%s/-/jobs/%d", s.URL, c.job.ID),
		"commit":   map[string]any{"id": c.job.SHA},
		"pipeline": map[string]any{"id": c.job.Pipeline, "project_id": c.job.Project, "ref": c.job.Ref, "sha": c.job.SHA, "status": "running"},
		"project":  map[string]any{"ci_job_token_scope_enabled": false},
	})
}

func (s *Server) user(c call) answer {
	return found(map[string]any{"id": c.token.User, "username": "project_bot", "name": "vendorgate"})
}

func (s *Server) project(c call) answer {
	p := c.project
	return found(map[string]any{"id": p.ID, "path_with_namespace": p.Path, "default_branch": p.Default, "web_url": s.URL + "/" + p.Path})
}

func (s *Server) mergeRequest(c call) answer {
	iid, _ := strconv.ParseInt(c.values["iid"], 10, 64)
	mr, ok := c.project.MergeRequests[iid]
	if !ok {
		return none("Not found")
	}
	return found(map[string]any{
		"iid": iid, "id": iid + 1000, "project_id": c.project.ID, "target_project_id": c.project.ID, "source_project_id": mr.Source,
		"target_branch": mr.Target, "sha": mr.Head, "state": "opened", "author": map[string]any{"id": 5, "username": mr.Author},
	})
}

func (p *Project) named(names map[string]string, escaped, what string) answer {
	name, err := url.PathUnescape(escaped)
	sha, ok := names[name]
	if err != nil || !ok {
		return none(what)
	}
	return found(map[string]any{"name": name, "commit": p.described(sha)})
}

func (s *Server) branch(c call) answer {
	return c.project.named(c.project.Branches, c.values["name"], "Branch")
}

func (s *Server) tag(c call) answer {
	return c.project.named(c.project.Tags, c.values["name"], "Tag")
}

func (p *Project) described(sha string) map[string]any {
	date := p.Commits[sha].Date
	if date.IsZero() {
		date = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	}
	return map[string]any{"id": sha, "short_id": sha[:8], "committed_date": date.Format(time.RFC3339Nano), "parent_ids": p.Commits[sha].Parents}
}

func (s *Server) commit(c call) answer {
	if _, ok := c.project.Commits[c.values["sha"]]; !ok {
		return none("Commit")
	}
	return found(c.project.described(c.values["sha"]))
}

// commits answers with the first of the default branch, which is what is asked for.
func (s *Server) commits(c call) answer {
	return found([]any{c.project.described(c.project.Branches[c.project.Default])})
}

func (s *Server) refs(c call) answer {
	out := []map[string]string{}
	for _, kind := range []struct {
		word  string
		names map[string]string
	}{{"branch", c.project.Branches}, {"tag", c.project.Tags}} {
		for _, name := range slices.Sorted(maps.Keys(kind.names)) {
			if slices.Contains(c.project.history(kind.names[name]), c.values["sha"]) {
				out = append(out, map[string]string{"type": kind.word, "name": name})
			}
		}
	}
	return found(out)
}

// history returns a commit and all before it, the nearest first.
func (p *Project) history(sha string) []string {
	out := []string{sha}
	for i := 0; i < len(out); i++ {
		for _, parent := range p.Commits[out[i]].Parents {
			if !slices.Contains(out, parent) {
				out = append(out, parent)
			}
		}
	}
	return out
}

func (s *Server) mergeBase(c call) answer {
	refs := c.r.URL.Query()["refs[]"]
	if len(refs) != 2 {
		return refuse(http.StatusBadRequest, "Provide at least 2 refs")
	}
	theirs := c.project.history(refs[1])
	for _, sha := range c.project.history(refs[0]) {
		if _, ok := c.project.Commits[sha]; ok && slices.Contains(theirs, sha) {
			return found(c.project.described(sha))
		}
	}
	return none("Merge Base")
}

func (s *Server) tree(c call) answer {
	query := c.r.URL.Query()
	commit, ok := c.project.Commits[query.Get("ref")]
	if !ok || query.Get("pagination") != "keyset" {
		return none("Tree")
	}
	if query.Get("recursive") != "true" {
		return commit.folder(query.Get("path"), s.options.PageSize)
	}
	entries := map[string]map[string]string{}
	add := func(name, kind, mode, id string) {
		entries[name] = map[string]string{"id": id, "name": path.Base(name), "path": name, "type": kind, "mode": mode}
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			entries[dir] = map[string]string{"id": strings.Repeat("a", 40), "name": path.Base(dir), "path": dir, "type": "tree", "mode": "040000"}
		}
	}
	for name, data := range commit.Files {
		add(name, "blob", "100644", string(source.BlobOf([]byte(data))))
	}
	for name, target := range commit.Links {
		add(name, "blob", "120000", string(source.BlobOf([]byte(target))))
	}
	names := slices.Sorted(maps.Keys(entries))
	from, _ := slices.BinarySearch(names, query.Get("page_token"))
	size, _ := strconv.Atoi(query.Get("per_page"))
	if s.options.PageSize > 0 {
		size = min(size, s.options.PageSize)
	}
	out := answer{status: http.StatusOK, header: map[string]string{}}
	to := min(len(names), from+size)
	if to < len(names) {
		query.Set("page_token", names[to])
		out.header["Link"] = fmt.Sprintf(`<%s%s?%s>; rel="next"`, s.URL, c.r.URL.EscapedPath(), query.Encode())
	}
	page := []map[string]string{}
	for _, name := range names[from:to] {
		page = append(page, entries[name])
	}
	out.value = page
	return out
}

// folder answers with what is in a folder, if that fits on a page.
func (c Commit) folder(dir string, size int) answer {
	at := map[string]githubtest.Entry{}
	for _, entry := range (githubtest.Commit{Files: c.Files, Links: c.Links}).Folder(dir) {
		at[path.Join(dir, entry.Name)] = entry
	}
	if len(at) == 0 {
		return none("Tree")
	}
	out := answer{status: http.StatusOK, header: map[string]string{}}
	page := []map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(at)) {
		kind := "blob"
		if at[name].Mode == "40000" {
			kind = "tree"
		}
		page = append(page, map[string]string{"id": at[name].SHA, "name": at[name].Name, "path": name, "type": kind, "mode": fmt.Sprintf("%06s", at[name].Mode)})
	}
	if size > 0 && len(page) > size {
		page, out.header["Link"] = page[:size], `<https://gitlab.example/?page_token=x>; rel="next"`
	}
	out.value = page
	return out
}

func (s *Server) blob(c call) answer {
	for _, commit := range c.project.Commits {
		for _, contents := range []map[string]string{commit.Files, commit.Links} {
			for _, data := range contents {
				if string(source.BlobOf([]byte(data))) == c.values["sha"] {
					return answer{status: http.StatusOK, raw: []byte(data)}
				}
			}
		}
	}
	return none("Blob")
}

func (s *Server) archive(c call) answer {
	sha := c.r.URL.Query().Get("sha")
	commit, ok := c.project.Commits[sha]
	if !ok {
		return none("File")
	}
	if commit.Archive != nil {
		return answer{status: http.StatusOK, raw: commit.Archive}
	}
	return answer{status: http.StatusOK, raw: commit.Pack(path.Base(c.project.Path)+"-"+sha, sha)}
}

// Pack makes the archive of a commit in a folder, as git does.
func (c Commit) Pack(top, sha string) []byte {
	headers := []tar.Header{
		{Typeflag: tar.TypeXGlobalHeader, Name: "pax_global_header", PAXRecords: map[string]string{"comment": sha}},
		{Typeflag: tar.TypeDir, Name: top + "/", Mode: 0o775},
	}
	for _, name := range slices.Sorted(maps.Keys(c.Files)) {
		if !slices.Contains(c.Left, name) {
			headers = append(headers, tar.Header{Typeflag: tar.TypeReg, Name: top + "/" + name, Mode: 0o664, Size: int64(len(c.Files[name]))})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Links)) {
		headers = append(headers, tar.Header{Typeflag: tar.TypeSymlink, Name: top + "/" + name, Linkname: c.Links[name], Mode: 0o777})
	}
	data, err := githubtest.Pack(headers, func(h tar.Header) []byte { return []byte(c.Files[strings.TrimPrefix(h.Name, top+"/")]) })
	if err != nil {
		panic(err) // it is written to memory
	}
	return data
}
