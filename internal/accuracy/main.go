// Command accuracy measures the search for vendors on public repositories. For each of them, a file in truth lists the vendors that it
// uses, with places that prove it. These files were written by reading the code, before it was searched for the first time.
//
// # How to measure
//
// Pass a folder with a checkout of each repository, at the commit that its file names, under the name of the file:
//
//	go run ./internal/accuracy [-set tuned] [-only NAME] [-v] FOLDER
//
// Recall is the share of vendors in use that are found as likely or confirmed. Precision is the share of vendors found in this way
// that are in use. The repositories of the set held-out are not looked at while the search is improved.
//
// A vendor that the catalogue lacked when a file was written has an invented id. Today's record of one of its hosts or packages is the
// same vendor (names.go).
//
// Content delivery networks, and the platform that a repository is deployed on, count neither way (class), because whether they are
// API vendors is a matter of opinion.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"path/filepath"

	"github.com/vendorgate/vendorgate"
	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/sink"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("accuracy: ")
	set := flag.String("set", "", "measure only the repositories of this set, tuned or held-out")
	only := flag.String("only", "", "measure only this repository, by the name of its file")
	verbose := flag.Bool("v", false, "list each vendor that is missed or wrong")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("pass the folder of the checkouts; see -help")
	}
	truths, err := load()
	if err != nil {
		log.Fatal(err)
	}
	entries, err := detect.Embedded(vendorgate.Registry)
	if err != nil {
		log.Fatal(err)
	}
	var all []result
	for _, t := range truths {
		if *set != "" && t.set != *set || *only != "" && t.name != *only {
			continue
		}
		dir := filepath.Join(flag.Arg(0), t.name)
		if _, err := os.Stat(dir); err != nil {
			log.Printf("%s is left out: there is no checkout of %s at %s", t.name, t.repository, t.commit)
			continue
		}
		found, _, err := check.Search{Files: os.DirFS(dir), Embedded: vendorgate.Registry}.Run(context.Background())
		if err != nil {
			log.Fatalf("%s: %v", t.name, err)
		}
		all = append(all, compare(named(t, entries), found))
	}
	if len(all) == 0 {
		log.Fatal("nothing was measured")
	}
	if err := sink.To(os.Stdout).Put(render(all, *verbose)); err != nil { //nolint:forbidigo // a program of its own
		log.Fatal(err)
	}
}
