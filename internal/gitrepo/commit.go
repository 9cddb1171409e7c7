package gitrepo

import (
	"bytes"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"time"
)

// commit is what the history is made of.
type commit struct {
	tree    id
	parents []id
	seconds int64 // since 1970, when it was made
}

var committer = regexp.MustCompile(`(?m)^committer .*> ([0-9]{1,12}) [+-][0-9]{4}$`)

// commit reads a commit.
func (r *Repo) commit(text string) (out commit, err error) {
	name, ok := parseID(text)
	if !ok {
		return out, fmt.Errorf("%q is not the id of a commit", text)
	}
	data, err := r.read(name, commitKind)
	if err != nil {
		return out, err
	}
	header, _, _ := bytes.Cut(data, []byte("\n\n"))
	m := committer.FindSubmatch(header)
	if m == nil {
		return out, fmt.Errorf("git's object %s is not a valid commit", name)
	}
	if out.seconds, err = strconv.ParseInt(string(m[1]), 10, 64); err != nil {
		return out, fmt.Errorf("the date of commit %s: %w", name, err)
	}
	treed := false
	for line := range bytes.Lines(header) {
		word, value, _ := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte(" "))
		if string(word) != "tree" && string(word) != "parent" {
			break
		}
		named, ok := parseID(string(value))
		if !ok {
			return out, fmt.Errorf("git's object %s is not a valid commit", name)
		}
		if string(word) == "tree" {
			out.tree, treed = named, true
		} else {
			out.parents = append(out.parents, named)
		}
	}
	if !treed {
		return out, fmt.Errorf("git's object %s is not a valid commit", name)
	}
	return out, nil
}

// peel returns the commit that a tag stands for. A commit stands for itself.
func (r *Repo) peel(text string) (string, error) {
	for range maxLinked {
		name, ok := parseID(text)
		if !ok {
			break
		}
		r.mu.Lock()
		found, err := r.find(name)
		r.mu.Unlock()
		switch {
		case err != nil:
			return "", err
		case found.kind == commitKind:
			return text, nil
		case found.kind != tagKind:
			return "", fmt.Errorf("git's object %s is a %s and should be a commit", name, found.kind)
		}
		line, _, _ := bytes.Cut(found.data, []byte("\n"))
		text = string(bytes.TrimPrefix(line, []byte("object ")))
	}
	return "", errors.New("a tag stands for another tag too many times")
}

// Date returns when a commit was made.
func (r *Repo) Date(name string) (time.Time, error) {
	c, err := r.commit(name)
	if err != nil {
		return time.Time{}, err
	}
	return time.Unix(c.seconds, 0).UTC(), nil
}

// Sides of a merge base.
const (
	ofFirst = 1 << iota
	ofSecond
	stale // an ancestor of a commit that both have
	common
)

// walked is a commit on the way to a merge base.
type walked struct {
	commit
	name   id
	flags  int
	queued int // times
}

// queue has the commits to look at, the newest first.
type queue []*walked

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].seconds > q[j].seconds }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }

// Push adds a commit.
func (q *queue) Push(c any) { *q = append(*q, c.(*walked)) } //nolint:forcetypeassert // as heap hands it on

// Pop removes the last commit.
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// walk looks for a merge base.
type walk struct {
	repo  *Repo
	known map[id]*walked
	queue queue
	fresh int // commits in the queue that are not stale
}

// mark adds flags to a commit, and the commit to the queue if that is news.
func (w *walk) mark(name id, flags int) error {
	c, ok := w.known[name]
	if !ok {
		read, err := w.repo.commit(name.String())
		if err != nil {
			return err
		}
		if len(w.known) == maxWalked {
			return fmt.Errorf("the two have nothing in common in %d commits", maxWalked)
		}
		c = &walked{commit: read, name: name}
		w.known[name] = c
	}
	if c.flags&flags == flags {
		return nil
	}
	if c.flags&stale == 0 && flags&stale != 0 {
		w.fresh -= c.queued
	}
	c.flags |= flags
	if c.flags&stale == 0 {
		w.fresh++
	}
	c.queued++
	heap.Push(&w.queue, c)
	return nil
}

// MergeBase returns the last commit that two commits have in common, as `git merge-base` does. The error is fs.ErrNotExist if there is none.
func (r *Repo) MergeBase(ctx context.Context, first, second string) (string, error) {
	if first == second {
		return first, nil
	}
	w := &walk{repo: r, known: map[id]*walked{}}
	for i, text := range []string{first, second} {
		name, ok := parseID(text)
		if !ok {
			return "", fmt.Errorf("%q is not the id of a commit", text)
		}
		if err := w.mark(name, ofFirst<<i); err != nil {
			return "", err
		}
	}
	var found []*walked
	for w.fresh > 0 {
		if err := ctx.Err(); err != nil {
			return "", fmt.Errorf("look for a merge base: %w", err)
		}
		c := heap.Pop(&w.queue).(*walked) //nolint:forcetypeassert // as it was pushed
		c.queued--
		if c.flags&stale == 0 {
			w.fresh--
		}
		flags := c.flags & (ofFirst | ofSecond | stale)
		if flags == ofFirst|ofSecond {
			if c.flags&common == 0 {
				c.flags |= common
				found = append(found, c)
			}
			flags |= stale
		}
		for _, parent := range c.parents {
			if err := w.mark(parent, flags); err != nil {
				return "", err
			}
		}
	}
	var best *walked
	for _, c := range found {
		if c.flags&stale == 0 && (best == nil || c.seconds > best.seconds) {
			best = c
		}
	}
	if best == nil {
		return "", fs.ErrNotExist
	}
	return best.name.String(), nil
}
