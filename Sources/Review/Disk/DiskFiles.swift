import Git
import Solution

/// Reads files of the worktree; links are not followed.
enum DiskFiles {
  static func contents(of path: String, limit: Int) -> FileContents {
    switch DiskFile.contents(of: path, limit: limit) {
    case .bytes(let bytes): .bytes(bytes)
    case .tooLarge(let size): .tooLarge(size)
    case .unavailable: .unavailable(DiskFile.fault(of: path))
    }
  }
}
