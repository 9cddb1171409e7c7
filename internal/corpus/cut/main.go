// Command cut turns the packages that .ci/testdata fetches into the test data that package corpus reads. It keeps what
// tests use: a few API operations, the payloads of some events, the YAML cases, and schemas.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"log"
	"path"
	"slices"

	"github.com/vendorgate/vendorgate/internal/corpus"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("cut: ")
	openapi := flag.String("openapi", "", "tarball with GitHub's API descriptions")
	webhooks := flag.String("webhooks", "", "tarball with GitHub's webhook payloads")
	yaml := flag.String("yaml", "", "tarball with the YAML test suite")
	sarif := flag.String("sarif", "", "tarball with the schema of SARIF")
	cyclonedx := flag.String("cyclonedx", "", "tarball with the schemas of CycloneDX")
	out := flag.String("out", "", "folder to write to")
	flag.Parse()
	if *openapi == "" || *webhooks == "" || *yaml == "" || *sarif == "" || *cyclonedx == "" || *out == "" || flag.NArg() > 0 {
		log.Fatal("name the five tarballs and the folder; see -help")
	}
	for _, cut := range []func() error{
		func() error { return cutDescriptions(*openapi, *out) },
		func() error { return cutPayloads(*webhooks, *out) },
		func() error { return cutYAML(*yaml, *out) },
		func() error { return cutSchemas(*sarif, *out, "sarif-2.1.0-rtm.5.json") },
		func() error {
			return cutSchemas(*cyclonedx, *out, "bom-1.6.SNAPSHOT.schema.json", "bom-1.7.SNAPSHOT.schema.json", "cryptography-defs.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json", "spdx.SNAPSHOT.schema.json")
		},
	} {
		if err := cut(); err != nil {
			log.Fatal(err)
		}
	}
}

// cutDescriptions writes both descriptions, and the contract that they have in common.
func cutDescriptions(tarball, out string) error {
	names := map[string]string{ // from a file of the package to ours
		"package/generated/api.github.com.json": corpus.DotCom,
		"package/generated/ghes-3.17.json":      corpus.Enterprise,
	}
	files, err := unpack(tarball, func(name string) bool { return names[name] != "" }, len(names))
	if err != nil {
		return err
	}
	var contracts [][]byte
	for name, ours := range names {
		full, err := operationsOf(files[name])
		if err != nil {
			return errors.Join(errors.New(name), err)
		}
		if err := write(out, ours, full); err != nil {
			return err
		}
		contract, err := json.MarshalIndent(contractOf(full), "", " ")
		if err != nil {
			return err
		}
		contracts = append(contracts, append(contract, '\n'))
	}
	if !slices.Equal(contracts[0], contracts[1]) {
		return errors.New("github.com and GitHub Enterprise Server no longer share one contract; write one for each")
	}
	return writeFile(out, corpus.Contract, contracts[0])
}

// cutSchemas writes the schemas with these names.
func cutSchemas(tarball, out string, names ...string) error {
	files, err := unpack(tarball, func(name string) bool { return slices.Contains(names, path.Base(name)) }, len(names))
	if err != nil {
		return err
	}
	for name, data := range files {
		if err := writeFile(out, "schemas/"+path.Base(name), data); err != nil {
			return err
		}
	}
	return nil
}
