import Foundation

/// A repository made by `git fast-import` from what a case writes. The same calls make the same
/// commits.
///
/// Made in a process of its own: on Linux a child begins with the peak memory of its parent, so the
/// process that measures must stay small.
final class BenchRepository {
  private let folder: String
  private var stream = Data()
  private var time = 1_700_000_000

  init(in folder: String) {
    self.folder = folder
  }

  /// Another repository in a folder of this one's.
  func inner(_ name: String) throws -> BenchRepository {
    let path = "\(folder)/\(name)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return BenchRepository(in: path)
  }

  /// Adds a commit to a branch; a new branch begins at the branch `start`.
  func commit(to branch: String, from start: String? = nil, _ files: [(path: String, text: String)])
  {
    time += 60
    line("commit refs/heads/\(branch)")
    line("committer Carl Committer <carl@example.com> \(time) +0000")
    line("data 0")
    if let start { line("from refs/heads/\(start)") }
    for file in files {
      line("M 100644 inline \(file.path)")
      line("data \(file.text.utf8.count)")
      line(file.text)
    }
    line("")
  }

  /// Makes the repository of the commits so far, in one pack, with `head` checked out.
  func make(head: String = "main") throws {
    try git(["init", "--quiet", "--initial-branch=\(head)", "."])
    try fastImport(["-c", "fastimport.unpackLimit=0"])
    try git(["read-tree", head])
  }

  /// Writes the files into the worktree, as they are staged.
  func checkOut() throws { try git(["checkout-index", "--all", "--index", "--quiet"]) }

  /// Stages the files of a branch that was added since: as loose objects, as 'git add' writes them.
  /// The worktree stays empty: nothing that is measured looks at it.
  func stage(_ branch: String) throws {
    try fastImport(["-c", "fastimport.unpackLimit=1000000"])
    try git(["read-tree", branch])
  }

  private func fastImport(_ options: [String]) throws {
    try git(options + ["fast-import", "--quiet", "--done"], input: stream + Data("done\n".utf8))
    stream = Data()
  }

  private func line(_ text: String) { stream.append(Data((text + "\n").utf8)) }

  private func git(_ arguments: [String], input: Data = Data()) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.currentDirectoryURL = URL(filePath: folder)
    let pipe = Pipe()
    process.standardInput = pipe
    try process.run()
    try pipe.fileHandleForWriting.write(contentsOf: input)
    try pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BenchError(description: "'git \(arguments.joined(separator: " "))' failed")
    }
  }
}
