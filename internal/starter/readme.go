package starter

import "strings"

// readme explains the registry to those who change it.
func (r Registry) readme() string {
	return strings.NewReplacer("ACME", r.ID, "REPOSITORY", r.repository()).Replace(readme)
}

const readme = `# Vendor registry of ACME

Which API services ACME has approved, for what, and until when. [vendorgate](https://github.com/vendorgate/vendorgate) checks every
repository against it.

| file | contents |
|---|---|
| policy.yaml | what ACME requires of a vendor, and who can approve one |
| vendors/ID.yaml | one record for each service |
| waivers/ID.yaml | exceptions, each with an end |

## Request a vendor

Open an issue with the form "Request a vendor".

## Add a vendor

` + "```" + `sh
vendorgate registry new sentry --tier 3 --data internal --environment prod
vendorgate registry approve sentry --by USER --role ROLE --requested-by USER
vendorgate registry lint
` + "```" + `

` + "`new`" + ` drafts the record. Replace each ` + "`unknown`" + ` with an answer; ` + "`vendorgate registry brief ID`" + ` prints the questions to send to
the vendor. ` + "`approve`" + ` says what is missing, or who has to open the pull request: nobody can approve their own change. The decision takes
effect once the pull request is merged.

## Keep it up to date

` + "```" + `sh
vendorgate registry report
vendorgate registry renew --all --within P60D
vendorgate registry renew ID --write
` + "```" + `

## In an emergency

` + "```" + `sh
vendorgate registry suspend ID --reason "Keys of customers were published"
` + "```" + `

Once this is merged, the check of every repository that uses the vendor fails, and no waiver covers it.

## Check a repository

Its workflow names this registry:

` + "```" + `yaml
- uses: vendorgate/vendorgate@COMMIT # of the release that you reviewed
  with:
    registry: REPOSITORY
` + "```" + `
`
