package subject

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Surroundings is what the other files of a registry show about a record.
type Surroundings struct {
	Overlaps []Overlap         // with other vendors of the run
	Defects  []Defect          // in how the record refers to the world around it
	Replaced map[string]string // ids of evidence whose file is not the document that was reviewed, with why
}

// Wrong returns what is wrong with a record because of the other files.
func (s *Surroundings) Wrong() []Defect {
	var out []Defect
	for _, o := range s.Overlaps {
		out = append(out, o.Defect())
	}
	return append(out, s.Defects...)
}

// EvidenceFolder is the folder of a registry that holds copies of evidence.
const EvidenceFolder = "evidence"

// FilesKey begins the key of a defect about a file of evidence.
const FilesKey = "file:"

// EvidenceFile compares the file of a piece of evidence with the hash in the record. It returns nil if nothing is wrong or the evidence names
// no file, and the hash of the file if it can be read.
func EvidenceFile(files fs.FS, vendor string, e *attr.Record) (wrong *Defect, sum string) {
	file, hash, id := e.Get("file"), e.Get("sha256"), e.Get("id").Text
	if !file.Known() {
		return nil, ""
	}
	defect := func(message, hint string) *Defect {
		return &Defect{Pos: file.Pos, Key: FilesKey + id, Message: fmt.Sprintf("evidence %q names the file %q, ", id, file.Text) + message, Hint: hint}
	}
	if !fs.ValidPath(file.Text) || !strings.HasPrefix(file.Text, EvidenceFolder+"/") {
		return defect("which is not in the folder evidence of the registry", "move it to a path such as evidence/"+vendor+"/"+path.Base(file.Text)+", and write that"), ""
	}
	sum, err := source.Digest(files, file.Text)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return defect("which does not exist", "add the file, or leave out `file`"), ""
	case errors.Is(err, source.ErrNotRegular):
		return defect("which is not a regular file", "commit the file itself"), ""
	case err != nil:
		return defect("which cannot be read: "+source.Reason(err), ""), ""
	case !hash.Known():
		return defect("but not its hash", fmt.Sprintf("if it is the document that was reviewed, add `sha256: %s`", sum)), sum
	case hash.Text != sum:
		return defect("which is not the document that was reviewed: its hash is "+sum, "restore the file, or review it again, and record its hash and date"), sum
	default:
		return nil, sum
	}
}

// RepositoryPatterns returns the patterns of a list that no repository can match.
func RepositoryPatterns(path string, list *attr.Value) []Defect {
	return unmatched(path, "repository", list, scalar.RepositoryPattern)
}

func unmatched(path, what string, list *attr.Value, judge func(string) (problem, hint string)) []Defect {
	var out []Defect
	for i := range list.Items {
		item := &list.Items[i]
		if problem, hint := judge(item.Text); problem != "" {
			out = append(out, Defect{Pos: item.Pos, Key: path + ":" + item.Text, Message: fmt.Sprintf("%s has %q, which matches no %s: %s", path, item.Text, what, problem), Hint: hint})
		}
	}
	return out
}

// Cycle is the defect of a record whose replacements lead back to it. shown are the ids on the way, the first one again at the end.
func Cycle(at diag.Pos, shown ...string) Defect {
	return Defect{Pos: at, Key: "circle", Message: "the replacements form a cycle: " + strings.Join(shown, " -> "), Hint: "set replaced_by to a vendor that is not replaced"}
}

// NoRecord is a reference to a vendor that has no record.
func NoRecord(path string, to diag.At[string]) Defect {
	return Defect{Pos: to.Pos, Key: path + ":" + to.Value, Message: fmt.Sprintf("%s names %q, which has no record", path, to.Value), Hint: "add a record for it, or name another vendor"}
}
