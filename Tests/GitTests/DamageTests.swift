import Git
import TestSupport
import Testing

@Suite struct DamageTests {
  private func kind(_ body: () throws -> Void) -> GitError.Kind? {
    do {
      try body()
      return nil
    } catch { return (error as? GitError)?.kind }
  }

  @Test func `a damaged loose object says so`() throws {
    let fixture = try TestRepository()
    try fixture.stage("some content", at: "a")
    let id = Repository.blobID(of: Array("some content".utf8))
    let path = ".git/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))"
    try fixture.write("no zlib stream", to: path)
    #expect(kind { _ = try fixture.open().blob(id, limit: 100) } == .damagedObject)
    try fixture.write("", to: path)
    #expect(kind { _ = try fixture.open().blob(id, limit: 100) } == .damagedObject)
  }

  /// libgit2 up to 1.9 reads such a file for ever.
  @Test(arguments: ["0", "1", "2", "10", "20", "40", "-4", "-1"])
  func `a loose object that was cut short says so`(size: String) throws {
    let fixture = try TestRepository {
      Commit("base", ["a": TestFile((0..<99).map(String.init).joined())])
    }
    let names = ["HEAD", "HEAD^{tree}", "HEAD:a"]
    let ids = try names.map { try #require(ObjectID(hex: try fixture.git("rev-parse", $0))) }
    for id in ids {
      let path = ".git/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))"
      try Command("sh", "-c", "chmod u+w $0 && truncate -s $1 $0", path, size, in: fixture.path)
        .succeed()
    }
    let repository = try fixture.open()
    #expect(kind { _ = try repository.commitID(of: "HEAD") } != nil)
    #expect(kind { _ = try repository.references() } == nil)
    #expect(kind { _ = try repository.commit(ids[0]) } == .damagedObject)
    #expect(kind { _ = try repository.tree(ids[1]) } == .damagedObject)
    #expect(kind { _ = try repository.blob(ids[2], limit: 1_000) } == .damagedObject)
  }

  @Test func `an object is read from a pack where its file is damaged`() throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    try fixture.git("repack", "--quiet", "-a")
    let id = try fixture.objectID("base")
    try fixture.write("", to: ".git/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))")
    #expect(try fixture.open().commit(id).id == id)
  }

  @Test func `alternates of alternates are read, and those that do not exist passed over`() throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    let middle = fixture.beside("middle")
    let last = fixture.beside("last")
    for (from, to) in [(fixture.path, middle), (middle, last)] {
      try fixture.git("clone", "--quiet", "--shared", from, to)
    }
    try Command(
      "sh", "-c", "printf '# none\\n../nowhere\\n' >>.git/objects/info/alternates", in: last
    ).succeed()
    #expect(try fixture.open(in: last).commit(fixture.objectID("base")).parents.isEmpty)
  }

  @Test func `a truncated pack does not end the whole`() throws {
    let fixture = try TestRepository {
      Commit("base", ["a": TestFile(String(repeating: "a line\n", count: 1_000))])
    }
    try fixture.git("repack", "--quiet", "-a", "-d")
    try Command(
      "sh", "-c", "for pack in .git/objects/pack/*.pack; do truncate -s 100 \"$pack\"; done",
      in: fixture.path
    ).succeed()
    let repository = try fixture.open()
    let kinds: [GitError.Kind] = [.damagedObject, .missingObject]
    let found = kind { _ = try repository.commit(fixture.objectID("base")) }
    #expect(found.map(kinds.contains) == true)
    #expect(try paths(repository.index()) == ["a"])
  }

  @Test func `a missing object is distinguished from a damaged one`() throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    let absent = Repository.blobID(of: Array("never stored".utf8))
    let error = try #require(throws: GitError.self) {
      try fixture.open().blob(absent, limit: 10)
    }
    #expect(error.kind == .missingObject)
    #expect(error.message == "could not find blob '\(absent)' in the repository")
  }

  @Test func `a partial clone names the fetch that brings a file`() throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    try fixture.git("config", "uploadpack.allowFilter", "true")
    let clone = fixture.beside("clone")
    try fixture.git(
      "clone", "--quiet", "--no-checkout", "--filter=blob:none", "file://" + fixture.path, clone)
    let repository = try fixture.open(in: clone)
    #expect(repository.promisor == "origin")
    let id = Repository.blobID(of: Array("1".utf8))
    let error = try #require(throws: GitError.self) { try repository.blob(id, limit: 10) }
    #expect(error.kind == .missingObject)
    #expect(error.hint == "git fetch origin \(id)")
  }

  @Test(arguments: [
    "100644 a\0short", "10064x a\0aaaaaaaaaaaaaaaaaaaa", "100644", "100644 \0aaaaaaaaaaaaaaaaaaaa",
    "77777777777777777777 a\0aaaaaaaaaaaaaaaaaaaa",
  ])
  func `a malformed tree says so`(content: String) throws {
    let fixture = try TestRepository()
    let hex = try fixture.git(
      "hash-object", "-t", "tree", "-w", "--literally", "--stdin", input: content)
    let id = try #require(ObjectID(hex: hex))
    let repository = try fixture.open()
    #expect(kind { _ = try repository.tree(id) } == .damagedObject)
  }

  @Test(arguments: [
    "", "tree 123\n", "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor",
    "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  ])
  func `a malformed commit says so`(content: String) throws {
    let fixture = try TestRepository()
    let hex = try fixture.git(
      "hash-object", "-t", "commit", "-w", "--literally", "--stdin", input: content)
    let id = try #require(ObjectID(hex: hex))
    let repository = try fixture.open()
    #expect(kind { _ = try repository.commit(id) } == .damagedObject)
  }

  @Test(arguments: [
    "X 1 +0000", "X <x 1 +0000", "X <x> never +0000", "X <x> 99999999999999999999 +0",
  ])
  func `a commit is found whatever its author line says`(author: String) throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    let base = try fixture.objectID("base")
    let tree = try fixture.git("rev-parse", "main^{tree}")
    let content = "tree \(tree)\nparent \(base)\nauthor \(author)\ncommitter \(author)\n\nodd\n"
    let hex = try fixture.git(
      "hash-object", "-t", "commit", "-w", "--literally", "--stdin", input: content)
    try fixture.git("update-ref", "refs/heads/main", hex)
    try fixture.git("update-ref", "refs/tags/plain", hex)
    let id = try #require(ObjectID(hex: hex))
    let repository = try fixture.open()
    #expect(try repository.references().map(\.commit) == [id, id])
    for name in ["main", "HEAD", "plain", hex] { #expect(try repository.commitID(of: name) == id) }
    for name in ["HEAD~1", "main^", "main^1", "@~"] {
      #expect(try repository.commitID(of: name) == base)
    }
    #expect(throws: GitError.self) { try repository.commitID(of: "main~2") }
    #expect(throws: GitError.self) { try repository.commitID(of: "nope~1") }
    #expect(try repository.commit(id).summary == "odd")
  }

  @Test func `a named pipe in place of a file is not waited for`() throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    try Command("mkfifo", ".git/MERGE_HEAD", in: fixture.path).succeed()
    #expect(try fixture.open().mergeHeads() == [])
  }
}
