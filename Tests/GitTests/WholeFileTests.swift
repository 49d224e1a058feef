import Foundation
import Git
import TestSupport
import Testing

/// Files that are written as a whole, and what a killed writer leaves.
@Suite struct WholeFileTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "connref \(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String {
    folder.appending(path: name).path(percentEncoded: false)
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path("")).sorted()
  }

  /// The draft of a process that is no more: no process has this number.
  private func leaveDraft(of name: String) throws {
    try Data("half".utf8).write(to: folder.appending(path: ".\(name).connref-2147483600"))
  }

  @Test func `what a killed writer left is removed by the next one`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try leaveDraft(of: "a")
    try leaveDraft(of: "b")
    try WholeFile.write(Array("1".utf8), to: path("a"))
    #expect(try names() == [".b.connref-2147483600", "a"])
    WholeFile.removeRemains(of: path("b"))
    #expect(try names() == ["a"])
  }

  @Test func `the draft of a process that is running stays`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data().write(to: folder.appending(path: ".a.connref-1"))
    try WholeFile.write(Array("1".utf8), to: path("a"))
    #expect(try names() == [".a.connref-1", "a"])
  }

  @Test func `a script becomes executable from any mode`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data().write(to: folder.appending(path: "a"))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path("a"))
    try WholeFile.write(Array("1".utf8), to: path("a"), isExecutable: true)
    try WholeFile.write(Array("1".utf8), to: path("b"), isNew: true, isExecutable: true)
    for name in ["a", "b"] {
      let mode = try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions]
      #expect(mode as? Int == 0o755)
    }
  }

  #if os(Linux)
    @Test func `shared memory holds files like any other folder`() throws {
      defer { try? FileManager.default.removeItem(at: folder) }
      let path = "/dev/shm/connref-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: path) }
      try WholeFile.write(Array("1".utf8), to: path)
      #expect(FileManager.default.contents(atPath: path) == Data("1".utf8))
    }
  #endif

  @Test func `a file below refs whose name begins with a dot is no reference`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    let script = ": >.git/refs/.gitkeep; mkdir -p .git/refs/heads/.x; : >.git/refs/heads/.x/y"
    try fixture.command("sh", arguments: ["-c", script]).succeed()
    #expect(try fixture.open().references().map(\.name) == ["refs/heads/main"])
  }
}
