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

  @Test func `a missing object is told from a damaged one`() throws {
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
    #expect(repository.isPartialClone)
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

  @Test func `a named pipe in place of a file is not waited for`() throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    try Command("mkfifo", ".git/MERGE_HEAD", in: fixture.path).succeed()
    #expect(try fixture.open().mergeHeads() == [])
  }
}
