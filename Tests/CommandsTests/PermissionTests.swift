import Foundation
import TestSupport
import Testing

private let setpriv = "/usr/bin/setpriv"

/// Nothing is denied to root, unless it lacks the capability.
private let canBeDenied =
  geteuid() != 0 || FileManager.default.isExecutableFile(atPath: setpriv)

/// What may not be read is not taken for what is not there.
@Suite(.enabled(if: canBeDenied)) struct PermissionTests {
  private let fixture: TestRepository

  init() throws {
    fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", on: "feat/a", from: "base", Sales.recreated.files())
    }
  }

  private func connref(_ arguments: String...) throws -> RunOutcome {
    guard geteuid() == 0 else { return try Tool.command(arguments, in: fixture.path).run() }
    return try Command(
      setpriv,
      arguments: ["--bounding-set=-dac_override,-dac_read_search", "\(Tool.folder)/connref"]
        + arguments, in: fixture.path
    ).run()
  }

  /// Runs with a file or a folder of the git folder that may not be read.
  private func denying(_ path: String, _ body: () throws -> Void) throws {
    let place = "\(fixture.path)/.git/\(path)"
    let files = FileManager.default
    let mode = try files.attributesOfItem(atPath: place)[.posixPermissions] ?? 0o755
    try files.setAttributes([.posixPermissions: 0], ofItemAtPath: place)
    defer { try? files.setAttributes([.posixPermissions: mode], ofItemAtPath: place) }
    try body()
  }

  @Test(arguments: ["refs/heads/feat", "refs/heads"])
  func `branches in a folder that may not be read were not deleted`(folder: String) throws {
    let state = fixture.beside("state")
    #expect(try connref("watch", "--once", "--state", state, ".").status == 1)
    try denying(folder) {
      // Findings outweigh what is unknown: the flag that was seen last is still known.
      let watch = try connref("watch", "--once", "--state", state, ".")
      let others = [try connref("branches"), try connref("history")]
      #expect(watch.status == 1 && others.allSatisfy { $0.status == 2 })
      for outcome in [watch] + others {
        #expect(outcome.stderr.contains("\(folder)': permission denied"))
        #expect(!outcome.said.contains("was deleted"))
      }
    }
    // The state that was seen is still known.
    #expect(try connref("watch", "--once", "--state", state, ".").stdout == "")
  }

  @Test func `a branch that may not be read was not moved, and is not to be dropped`() throws {
    let state = fixture.beside("state")
    #expect(try connref("watch", "--once", "--state", state, ".").status == 1)
    try denying("refs/heads/feat/a") {
      let outcome = try connref("watch", "--once", "--state", state, ".")
      #expect(outcome.status == 2)
      #expect(!outcome.said.contains("forced"))
      let branches = try connref("branches")
      #expect(branches.status == 2)
      #expect(branches.said.contains("permission denied"))
      #expect(!branches.said.contains("update-ref"))
    }
  }

  @Test func `objects that may not be read are called so`() throws {
    try denying("objects") {
      let outcome = try connref("branches")
      #expect(outcome.status == 2)
      #expect(outcome.said.contains("permission denied"))
      #expect(!outcome.said.contains("update-ref") && !outcome.said.contains("fsck"))
    }
  }

  @Test func `a configuration of git that may not be read ends the run, as it does git's`() throws {
    try denying("config") {
      let outcome = try connref("check")
      #expect(outcome.status == 2)
      #expect(outcome.stderr.contains("/config': permission denied\n"))
    }
  }

  @Test func `a list of approvals names the file that could not be read`() throws {
    let path = "solutions/Sales/Other/Customizations.xml"
    try denying("../" + path) {
      let outcome = try connref("accept", "--list")
      #expect(outcome.status == 2)
      #expect(outcome.stderr.contains("error: could not read '\(path)': permission denied\n"))
      #expect(outcome.stderr.contains("hint: correct what is named above"))
    }
    #expect(try connref("accept", "--list").status == 0)
  }

  @Test func `the team's own file that may not be read has no line`() throws {
    try fixture.write(TestFile("main: main\n"), to: ".connref.yml")
    try denying("../.connref.yml") {
      let outcome = try connref("audit")
      #expect(outcome.status == 2)
      #expect(outcome.stderr.hasPrefix("error: could not read '.connref.yml': permission denied\n"))
    }
  }
}
