import Detection
import Foundation
import Git
import Review
import Solution
import TestSupport

/// A repository with two commits and something staged, one file of which is damaged.
final class Laboratory {
  let fixture: TestRepository
  private let folder: String

  init() throws {
    fixture = try TestRepository()
    for files in [SolutionFixture.base.files(), SolutionFixture.recreated.files()] {
      try fixture.stage(files)
      try fixture.git("commit", "--quiet", "--message=step")
    }
    try fixture.stage(["solutions/Sales/settings.json": SolutionFixture.settings([])])
    folder = try fixture.git("rev-parse", "--absolute-git-dir")
  }

  func file(_ path: String) -> URL { URL(filePath: "\(folder)/\(path)") }

  func write(_ bytes: [UInt8], to path: String) throws {
    let file = file(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    // Objects are read-only.
    try Data(bytes).write(to: file, options: .atomic)
  }

  func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: file(path))) }

  /// The result of a check of the subject.
  func answer(_ subject: Check.Subject) -> String {
    do {
      let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
      let outcome = try Check(
        repository, options: Check.Options(today: .distantFuture)
      ).outcome(of: subject)
      return
        (outcome.findings.map(\.rule.rawValue) + outcome.problems.map(\.problem.message))
        .joined(separator: "\n")
    } catch {
      return "\(error)"
    }
  }

  /// The result of a history of all commits.
  func history() -> String {
    do {
      let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
      var scan = HistoryScan(repository)
      let outcome = try scan.outcome()
      return "\(outcome.history.commits) \(outcome.history.incidents.count) "
        + outcome.problems.map(\.problem.message).joined(separator: "\n")
    } catch {
      return "\(error)"
    }
  }
}

struct IndexTarget: FuzzTarget {
  let name = "index"
  let words = [
    "DIRC", "TREE", "link", "REUC", "UNTR", "FSMN", "EOIE", "IEOT", "sdir", "\0\0\0\u{2}",
  ]
  let seeds: [[UInt8]]
  private let laboratory: Laboratory

  init() throws {
    laboratory = try Laboratory()
    var seeds = [try laboratory.bytes("index")]
    try laboratory.fixture.git("update-index", "--index-version", "4")
    seeds.append(try laboratory.bytes("index"))
    try laboratory.fixture.git("update-index", "--split-index")
    seeds.append(try laboratory.bytes("index"))
    self.seeds = seeds
  }

  func read(_ bytes: [UInt8]) throws -> String {
    try laboratory.write(bytes, to: "index")
    return laboratory.answer(.staged)
  }
}

struct LooseObjectTarget: FuzzTarget {
  let name = "loose-object"
  let words = ["x\u{1}", "blob 10\0", "tree 0\0", "commit", "\0"]
  let seeds: [[UInt8]]
  private let laboratory: Laboratory
  private let path: String

  init() throws {
    laboratory = try Laboratory()
    let id = try laboratory.fixture.git(
      "rev-parse", "HEAD:solutions/Sales/Other/Customizations.xml")
    path = "objects/\(id.prefix(2))/\(id.dropFirst(2))"
    let content = try laboratory.fixture.git("cat-file", "blob", id)
    seeds = [
      try laboratory.bytes(path), storedZlib(Array("blob \(content.utf8.count)\0\(content)".utf8)),
      storedZlib(Array("blob 99999999999\0\(content)".utf8)),
    ]
  }

  func read(_ bytes: [UInt8]) throws -> String {
    try laboratory.write(bytes, to: path)
    return laboratory.answer(.commits(before: "HEAD~1", after: "HEAD"))
  }
}

/// The commit that `HEAD` names with any content: names are not verified, as git does not by
/// default.
struct CommitTarget: FuzzTarget {
  let name = "commit"
  let words = [
    "tree ", "parent ", "author ", "committer ", "encoding UTF-16\n", "gpgsig -----BEGIN\n ",
    "mergetag ", "0123456789012345678901234567890123456789", " <", "> ", "+9999", "\n\n",
  ]
  let seeds: [[UInt8]]
  private let laboratory: Laboratory
  private let path: String

  init() throws {
    laboratory = try Laboratory()
    let id = try laboratory.fixture.git("rev-parse", "HEAD")
    path = "objects/\(id.prefix(2))/\(id.dropFirst(2))"
    seeds = try ["HEAD", "HEAD~1"].map { [laboratory] in
      Array("\(try laboratory.fixture.git("cat-file", "commit", $0))\n".utf8)
    }
  }

  func read(_ bytes: [UInt8]) throws -> String {
    try laboratory.write(storedZlib(Array("commit \(bytes.count)\0".utf8) + bytes), to: path)
    return laboratory.answer(.commit("HEAD")) + laboratory.history()
  }
}
