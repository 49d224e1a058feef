import Detection
import Editing
import Foundation
import Git
import Review
import TestSupport
import Testing

extension TestRepository {
  /// The repair of the first finding of this rule, as the tool works it out.
  func repair(
    _ rule: RuleID, _ direction: Repair.Direction = .back, onDisk: Bool = false
  ) throws -> RepairReview.Outcome {
    let repository = try Repository(folder: path, environment: Command.closedWorld)
    let search = FindingSearch(repository, options: .test)
    let findings = try [Check.Subject.staged, .worktree].flatMap { try check($0).findings }
    let id = try #require(findings.first { $0.rule == rule }?.id)
    var review = try RepairReview(repository, direction, options: .test)
    return try review.outcome(of: try #require(try search.found(id)), onDisk: onDisk)
  }

  /// The same, given to git; what git has to say of it is an error.
  @discardableResult
  func applyRepair(
    _ rule: RuleID, _ direction: Repair.Direction = .back, onDisk: Bool = false
  ) throws -> RepairReview.Outcome {
    let outcome = try repair(rule, direction, onDisk: onDisk)
    try command("git", arguments: ["apply"] + (outcome.target == .worktree ? [] : ["--index"]))
      .reading(outcome.patch).succeed()
    return outcome
  }

  /// Why a repair is refused.
  func refusal(
    _ rule: RuleID, _ direction: Repair.Direction = .back
  ) throws -> Unrepairable {
    try #require(throws: Unrepairable.self) { _ = try repair(rule, direction) }
  }

  /// What is staged, by path: the disk has the same, or it fails.
  func staged() throws -> [String: [UInt8]] {
    try git("diff", "--exit-code", "--quiet")
    let paths = try command("git", arguments: ["ls-files", "-z"]).succeed().stdout.split(
      separator: "\0")
    var files: [String: [UInt8]] = [:]
    for path in paths.map(String.init) {
      files[path] = Array(try Data(contentsOf: URL(filePath: "\(self.path)/\(path)")))
    }
    return files
  }
}

extension Check.Options {
  /// No approval ends on this day.
  static var test: Check.Options { Check.Options(today: .distantFuture) }
}

extension [String: TestFile] {
  var contents: [String: [UInt8]] { mapValues(\.bytes) }

  /// The same with a text put in the place of another anywhere in one file.
  func replacing(_ text: String, with other: String, in path: String) -> [String: TestFile] {
    var files = self
    files[path] = files[path]?.rewritten { $0.replacing(text, with: other).utf8 }
    return files
  }
}

/// Says which files differ, and how: whole dictionaries of bytes say nothing to a reader.
func expectEqual(
  _ files: [String: [UInt8]], _ wanted: [String: [UInt8]],
  at location: SourceLocation = #_sourceLocation
) {
  #expect(files.keys.sorted() == wanted.keys.sorted(), sourceLocation: location)
  for (path, bytes) in wanted where files[path] != bytes {
    let text = String(decoding: files[path] ?? [], as: UTF8.self)
    Issue.record(
      "'\(path)' is not as it should be:\n\(text)", sourceLocation: location)
  }
}
