import Detection
import Git

/// The approvals of a worktree, and the disk they are written to.
struct ApprovalBook {
  private(set) var file: ApprovalsFile
  private var present: [UInt8]?
  private let disk: WorktreeFile
  private let attributes: WorktreeFile

  private static let byteLimit = 4 << 20

  /// Throws where the file is not what it should be: what a symbolic link leads to is not ours to read.
  init(in workTree: String) throws {
    disk = WorktreeFile(ApprovalsFile.path, in: workTree, limit: Self.byteLimit)
    attributes = WorktreeFile(".gitattributes", in: workTree, limit: Self.byteLimit)
    for file in [disk, attributes] { file.removeRemains() }
    present = try disk.contents()
    file = try ApprovalsFile(present ?? [])
  }

  mutating func add(_ entries: [Approval]) throws {
    guard !entries.isEmpty else { return }
    try file.add(entries)
    try write()
  }

  /// Answers how many were removed.
  mutating func remove(where isOver: (Approval) -> Bool) throws -> Int {
    let count = file.approvals.entries.count
    file.remove(where: isOver)
    let removed = count - file.approvals.entries.count
    if removed > 0 { try write() }
    return removed
  }

  /// Configures git to keep the lines of both sides where two branches add entries. Each entry is
  /// one line, so nothing is mixed up. True where that was new.
  func letGitUniteEntries() throws -> Bool {
    let present = try attributes.contents()
    let text = String(decoding: present ?? [], as: UTF8.self)
    guard !text.contains(ApprovalsFile.path) else { return false }
    let end = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
    let line = "\(end)\(ApprovalsFile.path) merge=union\n"
    try attributes.replace(present, by: (present ?? []) + Array(line.utf8))
    return true
  }

  private mutating func write() throws {
    let text = Array(file.text.utf8)
    try disk.replace(present, by: text)
    present = text
  }
}
