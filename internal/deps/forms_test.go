package deps_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/deps"
)

// form is a text and the names in it, with "dev" behind those for development.
type form struct {
	file, text string
	want       []string
}

func forms() []form {
	return []form{
		{"build.gradle", "dependencies { implementation 'io.other:other-sdk:1' }", []string{"io.other/other-sdk"}},
		{"build.gradle.kts", "dependencies { implementation(\"io.other:other-sdk:1\") }", []string{"io.other/other-sdk"}},
		{"build.gradle", "subprojects { dependencies { api 'io.other:other-sdk:1' } }", []string{"io.other/other-sdk"}},
		{"build.gradle", "dependencies {\n  implementation 'a:b:1'; implementation 'io.other:other-sdk:1'\n}", []string{"a/b", "io.other/other-sdk"}},
		{"build.gradle", "dependencies {\n  implementation 'a:b:1', 'io.other:other-sdk:1',\n    'c:d:1'\n}", []string{"a/b", "io.other/other-sdk", "c/d"}},
		{"build.gradle", "dependencies {\n  implementation(\n    // don't\n    'io.other:other-sdk:1'\n  )\n}", []string{"io.other/other-sdk"}},
		{"build.gradle.kts", "dependencies { add(\"implementation\", \"io.other:other-sdk:1\") }", []string{"io.other/other-sdk"}},
		{"build.gradle", "dependencies { implementation group: 'io.other', name: 'other-sdk', version: '1' }", []string{"io.other/other-sdk"}},
		{"build.gradle", "dependencies {\n  implementation group: 'io.other',\n    name: 'other-sdk',\n    version: '1'\n}", []string{"io.other/other-sdk"}},
		{"build.gradle", "dependencies {\n  api([group: 'a', name: 'b'], [name: 'd', group: 'c'])\n  api [group: 'e', name: 'f'], [group: 'g', name: 'h']\n}", []string{"a/b", "c/d", "e/f", "g/h"}},
		{"build.gradle.kts", "dependencies {\n  implementation(group = \"a\", name = \"b\", version = \"1\")\n}", []string{"a/b"}},
		{"build.gradle", "dependencies {\n  implementation('a:b:1') { exclude group: 'c', module: 'd' }\n  implementation 'e:f:1', { exclude group: 'g', module: 'h' }\n}\nx 'i:j:1'\nid('k:l')", []string{"a/b", "e/f"}},
		{"build.gradle", "// testImplementation(\nimplementation 'a:b:1'\n/* it's */ implementation \"\"\"c:d:1\"\"\"\ntestImplementation('e:f:1')", []string{"a/b", "c/d", "e/f dev"}},
		{"build.gradle", "implementation 'a:api:1'\nimplementation('b:api') \ndef api = 'c:d:1'\napi = 'c:d:1'", []string{"a/api", "b/api"}},
		{"Gemfile", "gem 'a'; gem 'b', group: :test; gem('c')", []string{"a", "b dev", "c"}},
		{"Gemfile", "%w[a b].each { |g| gem g }\n['c', \"d\"].each do |name|\n  gem name, '1'\nend\n%w[e].each { |g| puts g }\n", []string{"a", "b", "c", "d"}},
		{"Gemfile", "gem(\n  'a',\n  '1'\n)\ngem \\\n  'b'\ngem %q(c)\ngem 'd' if x\nif y then gem 'e' end\nsource 'https://h' do gem 'f' end\ngroup :test do gem 'g' end\ngem 'h'\n", []string{"a", "b", "c", "d", "e", "f", "g dev", "h"}},
		{"x.gemspec", "s.add_dependency('a'); s.add_dependency 'b'\ns.add_runtime_dependency(%q<c>.freeze, ['>= 1'])\n%w[d].each { |g| s.add_development_dependency g }\n", []string{"a", "b", "c", "d dev"}},
		{"Podfile", "target 'x' do pod 'A'; pod 'B/Core' end\n%w[C D].each { |p| pod p }\npod(\n  'E')\n", []string{"A", "B", "C", "D", "E"}},
		{"mix.exs", "defp deps, do: [{:a, \"1\"}, {:b, [github: \"x/b\"]}, {:\"c\", \"1\"}, {:d, @v}, {:e,\n \"1\"}, f: \"~> 1.0\", elixir: \"~> 1.1\"]", []string{"a", "b", "c", "d", "e", "f"}},
		{"Package.swift", "[.package(url: \"https://h/a/b\", from: \"1\"), .package(name: \"x (y)\", url: \"http://h/c/d\", from: \"1\")]", []string{"h/a/b", "h/c/d"}},
		{"build.sbt", "x ++= Seq(\"a\" % \"b\" % \"1\", \"c\" %% \"d\" % \"1\" % Test); x += (\"e\" % \"f\") % v; x += \"g\" % \"h\" % \"1\"", []string{"a/b", "c/d dev", "e/f", "g/h"}},
		{"deps.edn", "{:deps {a/b {:exclusions [x] :mvn/version \"1\"} c {:mvn/version \"1\"}}}", []string{"a/b", "c/c"}},
		{"project.clj", "(defproject x \"1\" :dependencies [[a \"1\"] [b/c \"1\"]])", []string{"a/a", "b/c"}},
		{"setup.py", "setup(install_requires=['a', 'b[x]>=1'] + ('c',), extras_require={'d': ['e'], 'test': ['f']}, keywords=['g'])", []string{"a", "b", "c", "e", "f dev"}},
		{"setup.py", "needs = [\n 'a', # don't\n 'b',\n]\nsetup(install_requires=needs)", []string{"a", "b"}},
		{"setup.py", "setup(install_requires='a>=1\\nb')\nsetup(install_requires=\"\"\"\n  c\n  d\n\"\"\")\nsetup(**{'install_requires': ['e']})", []string{"a", "b", "c", "d", "e"}},
		{"setup.cfg", "[options]\ninstall_requires = a; b>=1; python_version < '3'\n", []string{"a", "b"}},
		{"pubspec.yaml", "dependencies: {a: ^1, b: {git: x}}\ndev_dependencies:\n  'c': any\n", []string{"a", "b", "c dev"}},
		{"pubspec.yaml", "\"dependencies\":\n  \"a\": 1\n", []string{"a"}},
		{"pubspec.yaml", "# nothing\n", nil},
		{"environment.yml", "dependencies: [a, x::b=1, {pip: [c]}]\n", []string{"a", "b", "c"}},
		{"environment.yml", "x: &x 1\ndependencies:\n  - a\n  - pip: [b]\n", []string{"a", "b"}},
		{"Dockerfile", "RUN pip install a \\\n  # why\n  b && npm i c; yarn add d | bun add e\nRUN [\"pip\", \"install\", \"f==1\", \"g\"]\nRUN pip --no-cache-dir install h\nRUN uv add i && pipenv install j && poetry add k\nRUN composer require l/m\nRUN gem install n:1\n", []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l/m", "n"}},
		{"a.csproj", "<Project><ItemGroup><PackageReference\n  Include=\"A\"\n  Version=\"1\"/><packageReference Include=\"B; C\"><PrivateAssets>all</PrivateAssets></packageReference></ItemGroup></Project>", []string{"A", "B dev", "C dev"}},
		{"system-requirements.txt", "Two machines\n", nil},
	}
}

// A dependency counts wherever it stands in a line, and over several lines.
func TestForms(t *testing.T) {
	t.Parallel()
	for _, test := range forms() {
		found, err := deps.Read(test.file, []byte(test.text))
		if err != nil {
			t.Errorf("Read(%s, %q): %v", test.file, test.text, err)
		}
		var got []string
		for _, d := range found {
			if d.Dev {
				d.Name += " dev"
			}
			got = append(got, d.Name)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("Read(%s, %q) (-want +got):\n%s", test.file, test.text, diff)
		}
	}
}

// Programs whose brackets only seem to be open can be run.
func TestClosed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ file, text string }{
		{"Gemfile", "gem 'a' # (\nx = '('\ny = /\\(/\nz = ?(\n"},
		{"build.gradle", "x = \"(\" // (\n/* { */\ny = '''\n[\n'''\nz = ~/\\(/\n"},
		{"build.gradle.kts", "val x = \"${f(\"a\")}\" + \"\"\"{\"\"\"\n"},
		{"setup.py", "'''\n( it's\n'''\nx = ']'  # [\n"},
		{"mix.exs", "@doc \"\"\"\n(\n\"\"\"\nx = ~r/\\(/\ny = ?(\n"},
		{"Podfile", "pod 'A' # it's (\n"},
	} {
		if _, err := deps.Read(test.file, []byte(test.text)); err != nil {
			t.Errorf("Read(%s, %q): %v", test.file, test.text, err)
		}
	}
}
