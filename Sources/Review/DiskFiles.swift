import Foundation
import Solution

/// Reads files of the worktree; links are not followed.
enum DiskFiles {
  static func contents(of path: String, limit: Int) -> FileContents {
    do {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      if let size = attributes[.size] as? Int, size > limit { return .tooLarge(size) }
      return .bytes(Array(try Data(contentsOf: URL(filePath: path))))
    } catch {
      return .unavailable("could not read the file from the worktree")
    }
  }

  enum Kind {
    case regular, symbolicLink, other
  }

  /// What stands at `path`; nil when nothing does.
  static func kind(of path: String) -> Kind? {
    // What cannot be looked at is not there for this purpose: reading it would fail as well.
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
      return nil
    }
    switch attributes[.type] as? FileAttributeType {
    case .typeRegular: return .regular
    case .typeSymbolicLink: return .symbolicLink
    default: return .other
    }
  }
}
