package deps_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/deps"
	"github.com/vendorgate/vendorgate/internal/effort"
)

// manifest is a file and what it asks for: "ecosystem name [dev] [indirect]".
type manifest struct {
	file, text string
	want       []string
}

func manifests() []manifest {
	return []manifest{
		{
			"web/package.json", `{"name": "x", "dependencies": {"stripe": "^1", "@scope/a": "1", "b": "npm:@real/b@2"},
 "devDependencies": {"c": "1"}, "peerDependencies": {"d": "*"}, "optionalDependencies": {"e": "1"},
 "scripts": {"f": "g"}, "nested": {"dependencies": {"h": "1"}}, "workspaces": ["i"], "dependenciesMeta": {"j": {}}}`,
			[]string{"npm stripe", "npm @scope/a", "npm @real/b", "npm c dev", "npm d", "npm e"},
		},
		{
			"composer.json", `{"require": {"php": ">=8", "acme/pay": "^1"}, "require-dev": {"acme/mock": "1"}}`,
			[]string{"composer php", "composer acme/pay", "composer acme/mock dev"},
		},
		{
			"go.mod", "module m\n\ngo 1.22\n\nrequire (\n\tgithub.com/acme/pay/v3 v3.1.0\n\tgithub.com/acme/dep v1.0.0 // indirect\n)\nrequire gopkg.in/one.v1 v1.0.0\nreplace a => ../b\n",
			[]string{"golang github.com/acme/pay/v3", "golang github.com/acme/dep indirect", "golang gopkg.in/one.v1"},
		},
		{
			"requirements.txt", "# acme-none\nacme==1.0\nAcme_Two[extra]>=2 ; python_version > '3'\n-r other.txt\n-e git+https://h/x\nacme.three @ https://h/y\n--hash=x\n  four # why\n./local\nhttps://h/five.whl\n${HOME}/x\nfive==1 \\\n    --hash=sha256:x\nsix\\\n==1\n",
			[]string{"pypi acme", "pypi Acme_Two", "pypi x", "pypi acme.three", "pypi four", "pypi five", "pypi six"},
		},
		{"requirements-dev.txt", "acme\n", []string{"pypi acme dev"}},
		{"requirements/base.txt", "acme\n", []string{"pypi acme"}},
		{
			"pyproject.toml", "[build-system]\nrequires = ['hatch']\n[project]\ndependencies = [\n 'acme>=1', # no\n \"two[x]\",\n]\n[project.optional-dependencies]\npay = ['three']\ntest = ['four']\n" +
				"[dependency-groups]\ndev = ['five', {include-group = 'x'}]\n[tool.poetry.dependencies]\npython = '^3'\nsix = {version = '1', optional = true}\n[tool.poetry.group.dev.dependencies]\nseven = '1'\n[tool.poetry.dependencies.eight]\nversion = '1'\n[tool.uv]\ndev-dependencies = ['nine']\n",
			[]string{"pypi hatch dev", "pypi acme", "pypi two", "pypi three", "pypi four dev", "pypi five dev", "pypi python", "pypi six", "pypi seven dev", "pypi eight", "pypi nine dev"},
		},
		{"Podfile", "target 'App' do\n  pod 'Acme', '~> 1'\n  pod \"Acme-Two/Core\"\n  # pod 'No'\nend\n", []string{"cocoapods Acme", "cocoapods Acme-Two"}},
		{"Cartfile", "github \"acme/pay-ios\" ~> 1.0\ngit \"https://gitlab.com/acme/two.git\"\n", []string{"swift github.com/acme/pay-ios", "swift gitlab.com/acme/two"}},
		{"build.sbt", "libraryDependencies += \"com.acme\" %% \"pay\" % \"1.0\"\n// \"no\" % \"no\" % \"1\"\nx ++= Seq(\"com.acme\" % \"two\" % v % Test)\n", []string{"maven com.acme/pay", "maven com.acme/two dev"}},
		{"deps.edn", "{:deps {com.acme/pay {:mvn/version \"1\"}\n local/x {:local/root \".\"}}}", []string{"maven com.acme/pay"}},
		{"project.clj", "(defproject x \"1\" :dependencies [[com.acme/pay \"1.0\"]])", []string{"maven com.acme/pay"}},
		{"setup.cfg", "[metadata]\nname = x\n[options]\ninstall_requires =\n    acme>=1\n    # no\n    two[x]\npackages = find:\n[options.extras_require]\ntest =\n    three\n", []string{"pypi acme", "pypi two", "pypi three dev"}},
		{"environment.yml", "name: x\nchannels:\n  - no\ndependencies:\n  - python=3.11\n  - conda-forge::acme=1\n  - pip:\n      - two==1\nprefix: /x\n", []string{"pypi python", "pypi acme", "pypi two"}},
		{"deno.jsonc", "{\n  // packages\n  \"imports\": {\"a\": \"npm:@acme/pay@^1\", \"b\": \"jsr:@std/x\",},\n}", []string{"npm @acme/pay"}},
		{
			"Dockerfile", "FROM x\n# RUN pip install no\nRUN pip install --no-cache-dir -r requirements.txt acme==1 \\\n    'two>=2' && npm install -g @acme/cli@1 ./local\nRUN gem install three\n",
			[]string{"pypi acme", "pypi two", "npm @acme/cli", "gem three"},
		},
		{"app/package.json", "{\n  // why\n  \"dependencies\": {\"acme\": \"git+https://h/acme.git\", /* no */ \"two\": \"https://h/two.tgz\",},\n}", []string{"npm acme", "npm two"}},
		{"git/requirements.txt", "git+https://h/x.git@v1#egg=acme\nhttps://h/two.zip#egg=two&subdirectory=y\n", []string{"pypi acme", "pypi two"}},
		{"Pipfile", "[packages]\nacme = '*'\n[dev-packages]\ntwo = {version = '*'}\n", []string{"pypi acme", "pypi two dev"}},
		{"setup.py", "setup(\n  name='x',\n  install_requires=[\n    'acme>=1',\n    # 'no',\n    \"two[x]\",\n  ],\n)\n", []string{"pypi acme", "pypi two"}},
		{
			"Cargo.toml", "[package]\nname = 'x'\n[dependencies]\nacme = '1'\nalias = { package = 'real', version = '1' }\ndotted.version = '1'\n[dependencies.table]\nversion = '1'\nfeatures = []\n[dependencies.other]\nversion = '1'\npackage = 'renamed'\n" +
				"[dev-dependencies]\ntwo = '1'\n[build-dependencies]\nthree = '1'\n[target.'cfg(unix)'.dependencies]\nfour = '1'\n[workspace.dependencies]\nfive = '1'\n",
			[]string{"cargo acme", "cargo real", "cargo dotted", "cargo table", "cargo renamed", "cargo two dev", "cargo three dev", "cargo four", "cargo five"},
		},
		{
			"gradle/libs.versions.toml", "[versions]\na = '1'\n[libraries]\nacme = { module = 'com.acme:pay', version.ref = 'a' }\ntwo = 'com.acme:two:1'\nthree = { group = 'com.acme', name = 'three' }\n",
			[]string{"maven com.acme/pay", "maven com.acme/two", "maven com.acme/three"},
		},
		{
			"pom.xml", "<?xml version=\"1.0\" encoding=\"latin1\"?><project><!-- Ren\xe9 -->\n<dependencyManagement><dependencies><dependency><groupId>no</groupId><artifactId>no</artifactId></dependency></dependencies></dependencyManagement>\n" +
				"<dependencies><!-- <dependency><groupId>no</groupId><artifactId>no</artifactId></dependency> --><dependency>\n <groupId> com.acme </groupId>\n <artifactId>pay</artifactId><exclusions><exclusion><groupId>x</groupId><artifactId>y</artifactId></exclusion></exclusions>\n</dependency>" +
				"<dependency><groupId>com.acme</groupId><artifactId>mock</artifactId><scope>test</scope></dependency></dependencies>\n<build><plugins><plugin><dependencies><dependency><groupId>no</groupId><artifactId>no</artifactId></dependency></dependencies></plugin></plugins></build></project>",
			[]string{"maven com.acme/pay", "maven com.acme/mock dev"},
		},
		{
			"build.gradle", "plugins { id 'x:y' }\ndependencies {\n  implementation 'com.acme:pay:1.0'\n  // implementation 'com.acme:no:1'\n  testImplementation \"com.acme:mock:$v\"\n  api platform('com.acme:bom:1')\n  implementation group: 'com.acme', name: 'named', version: '1'\n  implementation project(':core')\n}\n",
			[]string{"maven com.acme/pay", "maven com.acme/mock dev", "maven com.acme/bom", "maven com.acme/named"},
		},
		{
			"app/build.gradle.kts", "dependencies {\n  implementation(\"com.acme:pay:1.0\")\n  debugImplementation(\"com.acme:tool:1\")\n  \"runtimeOnly\"(\"com.acme:quoted:1\")\n}\n",
			[]string{"maven com.acme/pay", "maven com.acme/tool dev", "maven com.acme/quoted"},
		},
		{
			"a/App.csproj", "<Project><ItemGroup>\n<PackageReference Include=\"Acme.Pay\" Version=\"1\" />\n<PackageReference Include=\"Acme.Tool\" PrivateAssets=\"all\" />\n<PackageReference Include=\"Acme.Two\"><PrivateAssets>all</PrivateAssets></PackageReference><Reference Include=\"No\"/>\n</ItemGroup></Project>",
			[]string{"nuget Acme.Pay", "nuget Acme.Tool dev", "nuget Acme.Two dev"},
		},
		{"Directory.Packages.props", "\ufeff<Project><ItemGroup><PackageVersion Include='Acme.Pay' Version='1'/></ItemGroup></Project>", []string{"nuget Acme.Pay"}},
		{"packages.config", "<packages><package id=\"Acme.Pay\" version=\"1\" /></packages>", []string{"nuget Acme.Pay"}},
		{
			"Gemfile", "source 'https://h'\ngem 'acme', '~> 1'\ngem(\"two\", group: :test)\n# gem 'no'\ngroup :development, :test do\n  gem 'three'\n  if x\n    gem 'four'\n  end\nend\ngroup :production do\n  gem 'five'\nend\ngem 'six', groups: [:default, :test]\n",
			[]string{"gem acme", "gem two dev", "gem three dev", "gem four dev", "gem five", "gem six"},
		},
		{
			"x.gemspec", "Gem::Specification.new do |s|\n  s.add_dependency 'acme', '1'\n  s.add_development_dependency('two')\n  s.add_runtime_dependency \"three\"\nend\n",
			[]string{"gem acme", "gem two dev", "gem three"},
		},
		{
			"mix.exs", "@tests [:test]\n@all [:prod] ++ @tests\ndefp deps do\n  [\n    {:acme, \"~> 1.0\"},\n    # {:no, \"1\"},\n    {:two, \"1\", only: [:dev, :test], runtime: false},\n    {:three, github: \"a/b\"},\n    {:four, \"1\", only: [:dev, :prod]}, {:error, reason}\n    {:five, \"1\", only: @tests}, {:six, \"1\", only: @all}, {:seven, \"1\", only: @gone}\n  ]\nend\n",
			[]string{"hex acme", "hex two dev", "hex three", "hex four", "hex five dev", "hex six", "hex seven"},
		},
		{
			"pubspec.yaml", "name: x\ndependencies:\n  flutter:\n    sdk: flutter\n  acme: ^1.0\n  # no: 1\ndev_dependencies:\n    two: any\nflutter:\n  assets: x\n",
			[]string{"pub flutter", "pub acme", "pub two dev"},
		},
		{
			"Package.swift", "dependencies: [\n .package(url: \"https://github.com/acme/pay-ios.git\", from: \"1.0.0\"),\n // .package(url: \"https://github.com/acme/no\", from: \"1\"),\n .package(name: \"x\", url: \"git@github.com:acme/two.git\", .branch(\"main\"))]",
			[]string{"swift github.com/acme/pay-ios", "swift github.com/acme/two"},
		},
		{
			"go.mod", "module m\n\nrequire example.com/pay v1.0.0\n\nreplace example.com/pay => github.com/acme/pay v1.0.0\n\nreplace (\n\texample.com/a v1.0.0 => ../a\n\texample.com/b => example.com/b v2.0.0\n\texample.com/c => github.com/acme/c v1.0.0\n)\n",
			[]string{"golang example.com/pay", "golang github.com/acme/pay", "golang github.com/acme/c"},
		},
		{
			"package.json", `{"dependencies": {"a": "https://registry.npmjs.org/@acme/pay/-/pay-1.0.0.tgz", "b": "git+https://github.com/acme/b.git"}}`,
			[]string{"npm @acme/pay", "npm b"},
		},
		{
			"requirements-git.txt", "git+https://github.com/acme/acme-pay.git@v1\n-e git+ssh://git@github.com/acme/two # ours\nthree @ git+https://github.com/acme/other\n",
			[]string{"pypi acme-pay", "pypi two", "pypi three"},
		},
		{"src/main.go", "package main", nil},
		{"package-lock.json", `{"dependencies": {"stripe": {}}}`, nil},
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	renamed := map[string]bool{"real": true, "renamed": true, "b": true} // the manifest has another name in front
	for _, test := range manifests() {
		t.Run(test.file, func(t *testing.T) {
			t.Parallel()
			found, err := deps.Read(test.file, []byte(test.text))
			if err != nil {
				t.Errorf("Read(%s): %v", test.file, err)
			}
			var got []string
			for _, d := range found {
				text := d.Ecosystem + " " + d.Name
				if d.Dev {
					text += " dev"
				}
				if d.Indirect {
					text += " indirect"
				}
				got = append(got, text)
				first := d.Name[strings.LastIndexByte(d.Name, '/')+1:]
				if line, _, _ := strings.Cut(test.text[d.Offset:], "\n"); !strings.Contains(line, first) && !renamed[first] {
					t.Errorf("Read(%s): %s stands at %q", test.file, d.Name, line)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Read(%s) (-want +got):\n%s", test.file, diff)
			}
			if deps.Is(test.file) != (test.want != nil) {
				t.Errorf("Is(%s) = %v", test.file, deps.Is(test.file))
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ file, text, want string }{
		{"package.json", `{"dependencies": {"stripe": "1", `, "not JSON"},
		{"Cargo.toml", "[dependencies]\nstripe = '1'\n]\n", "not TOML"},
		{"pom.xml", "<project><dependencies><dependency><groupId>a</groupId><artifactId>stripe</artifactId></dependency><", "not XML"},
		{"go.mod", "require (", "not a go.mod file"},
		{"mix.exs", "defp deps do\n  [{:stripe, \"1\"},\nend\n", "a bracket is not closed"},
		{"setup.py", "setup(install_requires=['stripe',\n", "a bracket is not closed"},
		{"Gemfile", "gem('stripe'\n", "a bracket is not closed"},
		{"Podfile", "pod('stripe'\n", "a bracket is not closed"},
		{"x.gemspec", "s.add_dependency('stripe', [\n", "a bracket is not closed"},
		{"build.gradle", "dependencies {\n  api 'com:stripe:1'\n", "a bracket is not closed"},
		{"environment.yml", "dependencies:\n  - stripe\na: {\n", "not YAML"},
		{"pubspec.yaml", "dependencies:\n  stripe: 1\na: [\n", "not YAML"},
		{"requirements.txt", "stripe\n]]other\n", "line 2 is no requirement"},
		{"requirements/prod.in", "stripe\n<<<<<<< HEAD\n", "line 2 is no requirement"},
		{"pay-requirements.txt", "stripe==1\nnot a requirement\n", "line 2 is no requirement"},
	} {
		found, err := deps.Read(test.file, []byte(test.text))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("Read(%s): got error %v, want %q", test.file, err, test.want)
		}
		if test.file != "go.mod" && (len(found) != 1 || !strings.HasSuffix(found[0].Name, "stripe")) {
			t.Errorf("Read(%s): got %v, want what stands in front of the error", test.file, found)
		}
	}
}

// Nothing that fits into a file takes long.
func TestBombs(t *testing.T) { //nolint:paralleltest // measures time
	effort.Alone(t)
	const size = 1 << 16
	for _, m := range manifests() {
		for _, unit := range []string{"{", "[", "<a>", "<dependency>", "a = {", "a.", "[a.", "gem 'a", "gem 'a' do\n", "{:a, \"", ".package(", "install_requires=[", "implementation 'a:b", "implementation(", "api 'a:b:1',", "gem(", "pod 'a'; ", "%w[a].each { |g| gem g }", "pip install [", "x = [\nsetup(install_requires=x", "a: {", "require (\n", "\"a\":", "-", "a==1\n"} {
			text, fastest := []byte(strings.Repeat(unit, size/len(unit))), time.Hour
			for range 3 { // a busy machine is slow at times
				start := time.Now()
				_, _ = deps.Read(m.file, text) // only the time matters
				if fastest = min(fastest, time.Since(start)); fastest < time.Second {
					break
				}
			}
			if fastest > time.Second {
				t.Errorf("Read(%s) takes %v for 64 KiB of %q", m.file, fastest, unit)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, m := range manifests() {
		f.Add(m.file, []byte(m.text))
	}
	for _, m := range forms() {
		f.Add(m.file, []byte(m.text))
	}
	f.Fuzz(func(t *testing.T, file string, data []byte) {
		found, _ := deps.Read(file, data) // errors are welcome
		for _, d := range found {
			if d.Name == "" || d.Ecosystem == "" || d.Offset < 0 || d.Offset >= len(data) {
				t.Errorf("Read(%q, %q): %s", file, data, fmt.Sprintf("%+v", d))
			}
		}
	})
}
