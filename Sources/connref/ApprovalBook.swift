import Detection
import Foundation
import Review

/// The approvals of a worktree, and the disk they are written to.
struct ApprovalBook {
  private(set) var file: ApprovalsFile
  private let workTree: String
  private var path: String { "\(workTree)/\(ApprovalsFile.path)" }
  private var attributesPath: String { "\(workTree)/.gitattributes" }

  init(in workTree: String) throws {
    self.workTree = workTree
    file = try ApprovalsFile(try Self.bytes("\(workTree)/\(ApprovalsFile.path)"))
  }

  mutating func add(_ entries: [Approval]) throws {
    guard !entries.isEmpty else { return }
    try file.add(entries)
    try Self.write(file.text, to: path)
  }

  /// Answers how many were taken away.
  mutating func remove(where isOver: (Approval) -> Bool) throws -> Int {
    let count = file.approvals.entries.count
    file.remove(where: isOver)
    let removed = count - file.approvals.entries.count
    if removed > 0 { try Self.write(file.text, to: path) }
    return removed
  }

  /// Tells git to keep the lines of both sides where two branches add entries. Each entry is one
  /// line, so nothing is mixed up. True where that was new.
  func letGitUniteEntries() throws -> Bool {
    let text = String(decoding: try Self.bytes(attributesPath), as: UTF8.self)
    guard !text.contains(ApprovalsFile.path) else { return false }
    let end = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
    try Self.write("\(text)\(end)\(ApprovalsFile.path) merge=union\n", to: attributesPath)
    return true
  }

  /// Empty where there is none.
  private static func bytes(_ path: String) throws -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    do {
      return Array(try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw Failure(message: "could not read '\(path)': \(error.localizedDescription)")
    }
  }

  private static func write(_ text: String, to path: String) throws {
    do throws(Unwritable) {
      try WholeFile.write(Data(text.utf8), to: URL(filePath: path))
    } catch {
      throw Failure(message: "could not write '\(path)': \(error.reason)")
    }
  }
}
