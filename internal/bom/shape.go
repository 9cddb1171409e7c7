package bom

// The shape of CycloneDX 1.6 and 1.7 (ECMA-424), as far as it is used.
type (
	document struct {
		Schema       string        `json:"$schema"`
		Format       string        `json:"bomFormat"`
		Spec         string        `json:"specVersion"`
		Serial       string        `json:"serialNumber"`
		Version      int           `json:"version"`
		Metadata     metadata      `json:"metadata"`
		Components   []component   `json:"components"`
		Services     []service     `json:"services"`
		Dependencies []dependency  `json:"dependencies"`
		Compositions []composition `json:"compositions"`
		Declarations *declarations `json:"declarations,omitempty"`
		Definitions  *definitions  `json:"definitions,omitempty"`
	}
	metadata struct {
		Timestamp string    `json:"timestamp"`
		Tools     tools     `json:"tools"`
		Component component `json:"component"`
	}
	tools struct {
		Components []component `json:"components"`
	}
	component struct {
		Type       string     `json:"type"`
		Ref        string     `json:"bom-ref,omitempty"`
		Group      string     `json:"group,omitempty"`
		Name       string     `json:"name"`
		Version    string     `json:"version,omitempty"`
		Purl       string     `json:"purl,omitempty"`
		Properties []property `json:"properties,omitempty"`
	}
	service struct {
		Ref           string      `json:"bom-ref"`
		Provider      *provider   `json:"provider,omitempty"`
		Group         string      `json:"group,omitempty"`
		Name          string      `json:"name"`
		Version       string      `json:"version,omitempty"`
		Description   string      `json:"description,omitempty"`
		Endpoints     []string    `json:"endpoints,omitempty"`
		Authenticated *bool       `json:"authenticated,omitempty"`
		Boundary      bool        `json:"x-trust-boundary"`
		Zone          string      `json:"trustZone"`
		Data          []data      `json:"data,omitempty"`
		References    []reference `json:"externalReferences,omitempty"`
		Properties    []property  `json:"properties"`
	}
	provider struct {
		Name    string   `json:"name"`
		URL     []string `json:"url,omitempty"`
		Address *address `json:"address,omitempty"`
	}
	address struct {
		Country string `json:"country"`
	}
	data struct {
		Flow           string      `json:"flow"`
		Classification string      `json:"classification"`
		Name           string      `json:"name,omitempty"`
		Governance     *governance `json:"governance,omitempty"`
	}
	governance struct {
		Owners []party `json:"owners"`
	}
	party struct {
		Organization named `json:"organization"`
	}
	named struct {
		Name string `json:"name"`
	}
	reference struct {
		URL     string `json:"url"`
		Type    string `json:"type"`
		Comment string `json:"comment,omitempty"`
		Hashes  []hash `json:"hashes,omitempty"`
	}
	hash struct {
		Algorithm string `json:"alg"`
		Content   string `json:"content"`
	}
	property struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	dependency struct {
		Ref string   `json:"ref"`
		On  []string `json:"dependsOn,omitempty"`
	}
	composition struct {
		Aggregate  string   `json:"aggregate"`
		Assemblies []string `json:"assemblies"`
	}
	definitions struct {
		Standards []standard `json:"standards"`
	}
	standard struct {
		Ref          string        `json:"bom-ref"`
		Name         string        `json:"name"`
		Version      string        `json:"version"`
		Requirements []requirement `json:"requirements"`
	}
	requirement struct {
		Ref        string `json:"bom-ref"`
		Identifier string `json:"identifier"`
		Title      string `json:"title"`
	}
	declarations struct {
		Assessors    []assessor    `json:"assessors"`
		Attestations []attestation `json:"attestations"`
		Claims       []claim       `json:"claims"`
	}
	assessor struct {
		Ref          string `json:"bom-ref"`
		ThirdParty   bool   `json:"thirdParty"`
		Organization named  `json:"organization"`
	}
	attestation struct {
		Summary  string   `json:"summary"`
		Assessor string   `json:"assessor"`
		Map      []mapped `json:"map"`
	}
	mapped struct {
		Requirement   string      `json:"requirement"`
		Claims        []string    `json:"claims,omitempty"`
		CounterClaims []string    `json:"counterClaims,omitempty"`
		Conformance   conformance `json:"conformance"`
	}
	conformance struct {
		Score     float64 `json:"score"`
		Rationale string  `json:"rationale"`
	}
	claim struct {
		Ref       string `json:"bom-ref"`
		Target    string `json:"target"`
		Predicate string `json:"predicate"`
	}
)
