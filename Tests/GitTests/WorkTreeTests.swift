import Git
import TestSupport
import Testing

@Suite struct WorkTreeTests {
  @Test func `untracked files are those that git would add`() throws {
    let fixture = try TestRepository {
      Commit(
        "base", ["tracked/a": "1", ".gitignore": "*.log\n/build/\n", "tracked/ignored.log": "1"])
    }
    for path in [
      "new", "tracked/b", "tracked/c.log", "build/d", "tracked/build/e", "quiet/f", "quiet/g",
      "excluded",
    ] {
      try fixture.write("x", to: path)
    }
    try fixture.write("g\n", to: "quiet/.gitignore")
    try fixture.write("excluded\n", to: ".git/info/exclude")
    try fixture.write(.symbolicLink(to: "new"), to: "link")
    try fixture.git("init", "--quiet", "nested")
    try fixture.write("x", to: "nested/h")
    try Command("mkfifo", "pipe", in: fixture.path).succeed()
    let found = try fixture.open().untrackedFiles { _ in true }
    let byGit = try fixture.git("ls-files", "--others", "--exclude-standard", "-z")
      .split(separator: "\0").map(String.init)
    #expect(Set(found.map(\.path)) == Set(byGit).subtracting(["nested/"]))
    #expect(found.filter { $0.kind == .symbolicLink }.map(\.path) == ["link"])
    let kept = try fixture.open().untrackedFiles { path in path[path.count - 1] == 0x62 }
    #expect(kept.map(\.path) == ["tracked/b"])
  }

  @Test func `what the user ignores everywhere is ignored`() throws {
    let fixture = try TestRepository()
    try TestFile("*.swp\n").write(to: fixture.beside("ignored"))
    try TestFile("[core]\nexcludesFile = \"\(fixture.beside("ignored"))\"\n")
      .write(to: fixture.beside("global"))
    let repository = try fixture.open(["GIT_CONFIG_GLOBAL": fixture.beside("global")])
    #expect(repository.isIgnored("a/b.swp"))
    #expect(!repository.isIgnored("a/b"))
    #expect(try !fixture.open().isIgnored("a/b.swp"))
  }
}
