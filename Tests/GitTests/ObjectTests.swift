import Git
import TestSupport
import Testing

@Suite struct ObjectTests {
  @Test func `an id is its digits and its bytes`() throws {
    let hex = "0123456789abcdef00ff7f80fedcba9876543210"
    let id = try #require(ObjectID(hex: hex))
    #expect(id.hex == hex)
    #expect(ObjectID(hex: hex.uppercased()) == id)
    #expect(id.bytes.prefix(3) == [0x01, 0x23, 0x45])
    #expect(id.bytes.suffix(2) == [0x32, 0x10])
    #expect(ObjectID(hex: hex.dropLast()) == nil)
    #expect(ObjectID(hex: String(hex.dropLast()) + "g") == nil)
    #expect(ObjectID.zero < id)
  }

  @Test func `a tree is what git lists`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        [
          "a": "1", "folder/b": "2", "link": .symbolicLink(to: "a"),
          "run": .executable("x"), "sub": .submodule("1111111111111111111111111111111111111111"),
        ], rawFiles: [(path: [0x66, 0xff], file: "1")])
    }
    let repository = try fixture.open()
    let entries = try repository.tree(repository.commit(fixture.objectID("base")).tree)
    #expect(entries.map(\.kind) == [.file, .folder, .file, .symbolicLink, .file, .submodule])
    #expect(entries.map(\.name) == ["a", "folder", "f\u{fffd}", "link", "run", "sub"])
    #expect(entries.map(\.nameIsExact) == [true, true, false, true, true, true])
    let ids = try fixture.git("ls-tree", "--format=%(objectname)", "main")
    #expect(entries.map(\.id.hex).joined(separator: "\n") == ids)
    let kept = try repository.tree(repository.commit(fixture.objectID("base")).tree) {
      name, kind, _ in kind == .file && name.count == 3
    }
    #expect(kept.map(\.name) == ["run"])
    #expect(try repository.tree(.emptyTree) == [])
  }

  @Test func `a commit is what git shows`() throws {
    let fixture = try TestRepository {
      Commit("base", ["a": "1"])
      Commit(
        "a longer story", ["a": "2"], author: Array("J. \u{d6}. <j@example.com>".utf8),
        body: "told here", at: 1_600_000_000)
    }
    let commit = try fixture.open().commit(fixture.objectID("a longer story"))
    #expect(commit.author.name == "J. Ö.")
    #expect(commit.author.email == "j@example.com")
    #expect(commit.author.date == 1_600_000_000)
    #expect(commit.committer.name == "Carl Committer")
    #expect(commit.commitDate == 1_600_000_000)
    #expect(commit.summary == "a longer story")
    #expect(commit.message == "a longer story\n\ntold here\n")
    #expect(try commit.parents == [fixture.objectID("base")])
    #expect(try fixture.git("rev-parse", "main^{tree}") == commit.tree.hex)
  }

  /// Objects that git itself would no longer write.
  private func commit(_ fixture: TestRepository, _ bytes: [UInt8]) throws -> ObjectID {
    let made = try fixture.command(
      "git", arguments: ["hash-object", "-t", "commit", "-w", "--literally", "--stdin"]
    ).reading(bytes).succeed()
    return try #require(ObjectID(hex: made.lines.joined()))
  }

  @Test func `odd author lines are read as far as they go`() throws {
    let fixture = try TestRepository()
    let repository = try fixture.open()
    let tree = Array("tree \(ObjectID.emptyTree)\n".utf8)
    func author(_ line: [UInt8]) throws -> Signature {
      let bytes =
        tree + Array("author ".utf8) + line + Array("\ncommitter C <c> 5 +0000\n\nm\n".utf8)
      return try repository.commit(commit(fixture, bytes)).author
    }
    let latin = try author([0x4a, 0xf6, 0x72, 0x67] + Array(" <j@x> 1 -0130".utf8))
    #expect(latin.name == "J\u{fffd}rg")
    #expect(latin.offset == -90)
    let bare = try author(Array("nobody".utf8))
    #expect(bare.name == "nobody" && bare.email == "" && bare.date == 0)
    let angles = try author(Array("a <b <c> d> 7 +0530".utf8))
    #expect(angles.date == 7 && angles.offset == 330)
    let huge = try author(Array("a <b> 99999999999999999999999 +9999999".utf8))
    #expect(huge.date == 0 && huge.offset == 0)
  }

  @Test func `a signature among the headers is passed over`() throws {
    let fixture = try TestRepository()
    let id = try commit(
      fixture,
      Array(
        """
        tree \(ObjectID.emptyTree)
        author A <a> 1 +0000
        committer C <c> 2 +0000
        gpgsig -----BEGIN-----
         
         abc
         -----END-----
        encoding ISO-8859-1

        first
        line

        body
        """.utf8))
    #expect(try fixture.open().commit(id).summary == "first line")
    #expect(try fixture.open().commit(id).commitDate == 2)
  }

  @Test func `a file over the limit is measured, not read`() throws {
    let fixture = try TestRepository { Commit("base", ["a": "12345"]) }
    let repository = try fixture.open()
    let id = Repository.blobID(of: Array("12345".utf8))
    #expect(try fixture.git("rev-parse", "main:a") == id.hex)
    guard case .bytes(let bytes) = try repository.blob(id, limit: 5) else {
      Issue.record("five bytes are no more than five")
      return
    }
    #expect(bytes == Array("12345".utf8))
    guard case .tooLarge(5) = try repository.blob(id, limit: 4) else {
      Issue.record("five bytes are more than four")
      return
    }
    #expect(Repository.blobID(of: []).hex == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
  }

  @Test func `an object of another type is not taken for what was asked for`() throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    let repository = try fixture.open()
    let id = try fixture.objectID("base")
    #expect(throws: GitError.self) { try repository.tree(id) }
    #expect(throws: GitError.self) { try repository.blob(id, limit: 10) }
  }
}
