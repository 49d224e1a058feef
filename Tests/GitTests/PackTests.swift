import Git
import TestSupport
import Testing

@Suite struct PackTests {
  /// Two hundred versions of a file, of which a pack keeps mostly what differs.
  private func packed(_ options: [String] = []) throws -> TestRepository {
    let lines = (0..<400).map { "line \($0) of a file that changes a little each time" }
    let fixture = try TestRepository {
      for number in 0..<200 {
        Commit(
          "commit \(number)",
          [
            "folder/a": TestFile(
              (lines[number...] + lines[..<number] + ["\(number)"]).joined(separator: "\n"))
          ])
      }
    }
    try fixture.command("git", arguments: ["repack", "--quiet", "-a", "-d", "-f"] + options)
      .succeed()
    return fixture
  }

  @Test(arguments: [["--depth=150", "--window=20"], ["--depth=0"]])
  func `every object of a pack is what git reads`(options: [String]) throws {
    let fixture = try packed(options)
    let repository = try fixture.open()
    var walk = Ancestors(of: [try repository.commitID(of: "HEAD")], in: repository)
    var read: [String] = []
    while let commit = try walk.next() {
      let folder = try #require(try repository.tree(commit.tree).first)
      let file = try #require(try repository.tree(folder.id).first)
      guard case .bytes(let bytes) = try repository.blob(file.id, limit: 1 << 20) else { continue }
      #expect(Repository.blobID(of: bytes) == file.id)
      read.append(commit.summary)
    }
    #expect(read == (0..<200).reversed().map { "commit \($0)" })
  }

  @Test(arguments: [["--depth=150", "--window=20"], ["--depth=0"]])
  func `the beginning of every object is that of the whole`(options: [String]) throws {
    let fixture = try packed(options)
    let repository = try fixture.open()
    for number in (0..<200).reversed() {
      let id = try #require(
        ObjectID(hex: try fixture.git("rev-parse", "HEAD~\(number):folder/a")))
      let beginning = try #require(
        repository.withBeginning(of: id, count: 1_000) { $0.withUnsafeBufferPointer(Array.init) })
      guard case .bytes(let whole) = try repository.blob(id, limit: 1 << 20) else { continue }
      #expect(beginning.count >= 1_000)
      #expect(beginning == Array(whole.prefix(beginning.count)))
    }
  }

  @Test func `the beginning of a short object is all of it`() throws {
    let fixture = try packed()
    let id = try #require(ObjectID(hex: try fixture.git("rev-parse", "HEAD:folder/a")))
    let whole = try #require(Int(try fixture.git("cat-file", "-s", id.hex)))
    #expect(try fixture.open().withBeginning(of: id, count: 1 << 17) { $0.count } == whole)
  }

  @Test func `a file over the limit is measured where only a difference is stored`() throws {
    let fixture = try packed()
    let repository = try fixture.open()
    for revision in ["HEAD", "HEAD~50", "HEAD~199"] {
      let id = try #require(ObjectID(hex: try fixture.git("rev-parse", "\(revision):folder/a")))
      let size = try #require(Int(try fixture.git("cat-file", "-s", id.hex)))
      guard case .tooLarge(size) = try repository.blob(id, limit: 100) else {
        Issue.record("\(revision) is larger than a hundred bytes")
        continue
      }
      guard case .bytes(let bytes) = try repository.blob(id, limit: size) else {
        Issue.record("\(revision) is no larger than it is")
        continue
      }
      #expect(bytes.count == size)
    }
  }

  @Test func `objects that are packed later are found`() throws {
    let fixture = try packed()
    let repository = try fixture.open()
    #expect(try repository.commit(fixture.objectID("commit 199")).summary == "commit 199")
    try fixture.stage("some content", at: "b")
    try fixture.git("commit", "--quiet", "-m", "later")
    try fixture.git("repack", "--quiet", "-a", "-d")
    let later = try #require(ObjectID(hex: try fixture.git("rev-parse", "HEAD")))
    #expect(try repository.commit(later).summary == "later")
  }

  @Test func `a pack of the old form is left to libgit2`() throws {
    let fixture = try packed()
    try fixture.git("-c", "pack.indexVersion=1", "repack", "--quiet", "-a", "-d", "-f")
    let repository = try fixture.open()
    #expect(try repository.commit(fixture.objectID("commit 7")).summary == "commit 7")
  }

  @Test func `an object whose difference is damaged says so`() throws {
    let fixture = try packed()
    let id = try #require(ObjectID(hex: try fixture.git("rev-parse", "HEAD~150:folder/a")))
    try Command(
      "sh", "-c",
      """
      pack=$(ls .git/objects/pack/*.pack)
      offset=$(git verify-pack -v "$pack" | awk '$1 == "\(id)" { print $5 }')
      chmod u+w "$pack"
      printf '\\377\\377\\377\\377\\377' | dd of="$pack" bs=1 seek=$((offset + 6)) conv=notrunc 2>/dev/null
      """, in: fixture.path
    ).succeed()
    let error = #expect(throws: GitError.self) {
      try fixture.open().blob(id, limit: .max)
    }
    #expect(error?.kind == .damagedObject)
  }
}
