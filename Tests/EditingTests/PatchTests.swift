import Editing
import TestSupport
import Testing

/// Every patch is given to git: what it makes of the files is what counts.
@Suite struct PatchTests {
  /// Applies the patch of the change to a repository that holds the file as it was, and gives the file
  /// as it is then; nil where it was deleted.
  private func applied(
    _ before: [UInt8]?, _ after: [UInt8]?, at path: String = "a file.json"
  ) throws -> [UInt8]? {
    let fixture = try TestRepository {
      Commit(
        "base", ["other": "1"].merging(before.map { [path: TestFile(bytes: $0)] } ?? [:]) { $1 })
    }
    let patch = Patch([FileChange(path: path, before: before, after: after)]) { bytes in
      let outcome = try? fixture.command("git", arguments: ["hash-object", "--stdin"]).reading(
        bytes
      )
      .run()
      return outcome?.lines.first ?? ""
    }
    try fixture.command("git", arguments: ["apply", "--index", "--whitespace=error-all"])
      .reading(patch.bytes).succeed()
    let listed = try fixture.command("git", arguments: ["ls-files", "-z"]).succeed().stdout
    guard listed.split(separator: "\0").map(String.init).contains(path) else { return nil }
    return try fixture.command("git", arguments: ["cat-file", "blob", ":\(path)"]).succeed()
      .stdoutBytes
  }

  private func text(_ count: Int, _ changed: Set<Int> = [], end: String = "\n") -> [UInt8] {
    Array(
      (0..<count).map { "\(changed.contains($0) ? "other" : "line") \($0)" }.joined(separator: "\n")
        .utf8)
      + Array(end.utf8)
  }

  @Test(arguments: [[5], [0], [39], [1, 2, 3], [3, 9], [3, 11], [3, 10], [0, 20, 39]])
  func `changed lines`(lines: [Int]) throws {
    let after = text(40, Set(lines))
    #expect(try applied(text(40), after) == after)
  }

  @Test(arguments: [0, 1, 20, 39, 40])
  func `lines that are added or removed at one place`(place: Int) throws {
    let file = text(40)
    let lines = file.split(separator: UInt8(ascii: "\n")).map { $0 + [UInt8(ascii: "\n")] }
    let longer = lines[..<place].joined() + text(9, [2]) + lines[place...].joined()
    #expect(try applied(file, longer) == longer)
    #expect(try applied(longer, file) == file)
  }

  @Test func `a file without a line feed at its end, before, after or both`() throws {
    for (left, right) in [("", ""), ("\n", ""), ("", "\n")] {
      for changed in [4, 9] {
        let after = text(10, [changed], end: right)
        #expect(try applied(text(10, end: left), after) == after)
      }
    }
  }

  @Test func `one line of a megabyte`() throws {
    let before = Array(String(repeating: "x", count: 1 << 20).utf8)
    let after = before + Array("y".utf8)
    #expect(try applied(before, after) == after)
  }

  @Test func `a new file, an empty one, one that goes, one that loses all`() throws {
    #expect(try applied(nil, text(3)) == text(3))
    #expect(try applied(nil, []) == [])
    #expect(try applied(text(3), nil) == nil)
    #expect(try applied([], nil) == nil)
    #expect(try applied(text(3), []) == [])
    #expect(try applied([], text(3)) == text(3))
  }

  @Test func `UTF-16, which is binary to git`() throws {
    let after = utf16(String(repeating: "ä new_b\r\n", count: 9_000))
    #expect(try applied(utf16(String(repeating: "ä new_a\r\n", count: 9_000)), after) == after)
    #expect(try applied(nil, after) == after)
    #expect(try applied([0], [0, 1, 2]) == [0, 1, 2])
  }

  @Test(arguments: [
    "plain.json", "with space/a file.json", "ä/ü.json", "a\"b.json", "back\\slash.json",
    "tab\there.json",
    " b/a b/ c.json",
  ])
  func `paths of every kind`(path: String) throws {
    #expect(try applied(text(9), text(9, [2]), at: path) == text(9, [2]))
    #expect(try applied(nil, text(2), at: path) == text(2))
    #expect(try applied(text(2), nil, at: path) == nil)
  }

  @Test func `what does not change is left out`() {
    let same = FileChange(path: "a", before: [1], after: [1])
    #expect(Patch([same]) { _ in "" }.bytes.isEmpty)
  }
}
