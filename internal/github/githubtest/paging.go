package githubtest

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
)

// page is the part of a list that a request asks for; the header Link names the next page and the last.
func (s *Server) page(w http.ResponseWriter, r *http.Request, total int) (from, to int) {
	query := r.URL.Query()
	size, _ := strconv.Atoi(cmp.Or(query.Get("per_page"), "30"))
	number, _ := strconv.Atoi(cmp.Or(query.Get("page"), "1"))
	size, number = min(max(size, 1), 100), max(number, 1)
	last := (total + size - 1) / size
	if number < last {
		var links []string
		for _, link := range []struct {
			page int
			rel  string
		}{{number + 1, "next"}, {last, "last"}} {
			query.Set("page", strconv.Itoa(link.page))
			links = append(links, fmt.Sprintf("<%s%s?%s>; rel=%q", strings.TrimSuffix(s.API, s.options.Prefix), r.URL.Path, query.Encode(), link.rel))
		}
		w.Header().Set("Link", strings.Join(links, ", "))
	}
	return min((number-1)*size, total), min(number*size, total)
}

// tag gives what was read a tag that changes with it.
func tag(r *http.Request, w *httptest.ResponseRecorder) {
	if r.Method == http.MethodGet && w.Code == http.StatusOK {
		w.Header().Set("Etag", fmt.Sprintf(`"%x"`, sha256.Sum256(w.Body.Bytes())))
	}
}

// unchanged reports whether who asks has the answer already.
func unchanged(r *http.Request, w *httptest.ResponseRecorder) bool {
	is := w.Header().Get("Etag")
	return is != "" && strings.TrimPrefix(r.Header.Get("If-None-Match"), "W/") == is
}
