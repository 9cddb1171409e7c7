package render_test

import (
	"testing"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/render"
)

// Binary files are counted. Everything else that was not searched is listed.
func TestScanSkipped(t *testing.T) {
	t.Parallel()
	scan := render.Scan{
		Result: &detect.Result{
			Files: 3, Skipped: []detect.Skipped{{Path: "a.png", Reason: detect.Binary}, {Path: "b.js", Reason: "larger than 5 MiB"}, {Path: "c.png", Reason: detect.Binary}},
			UnknownHosts: []detect.UnknownHost{{Host: "api.acme.example", File: "d.js", Line: 1, Col: 2, Count: 1, Why: "URL in code, `/v1` in its path"}},
		},
		Declared: map[string]diag.Pos{}, Name: func(path string) string { return path },
	}
	for format, want := range map[string]string{
		"text": "unknown    api.acme.example\n    d.js:1:2: 1 place; URL in code, `/v1` in its path\nskipped    b.js: larger than 5 MiB\nskipped    2 binary files\n",
		"markdown": "### API vendors in the code\n\n0 confirmed, 0 likely, 0 hints; 0 used but undeclared, 0 declared but not found; 1 unknown host; 3 files searched, 3 skipped\n\n" +
			"\n#### Unknown hosts\n\n- `api.acme.example` at `d.js:1:2`: URL in code, `/v1` in its path\n\n#### Skipped\n\n- `b.js`: larger than 5 MiB\n- 2 binary files\n",
	} {
		got, err := render.ScanFormats().Render(format, scan, false)
		if err != nil || string(got.Bytes()) != want {
			t.Errorf("%s: error %v\n%s\nwant\n%s", format, err, got.Bytes(), want)
		}
	}
}
