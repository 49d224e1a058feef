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
    /// There may be something: a folder on the way to it cannot be entered.
    case hidden
  }

  /// What is at `path`; nil when nothing is.
  static func kind(of path: String) -> Kind? {
    let attributes: [FileAttributeKey: Any]
    do {
      attributes = try FileManager.default.attributesOfItem(atPath: path)
    } catch let error as CocoaError where error.code == .fileReadNoPermission {
      return .hidden
    } catch {
      return nil
    }
    switch attributes[.type] as? FileAttributeType {
    case .typeRegular: return .regular
    case .typeSymbolicLink: return .symbolicLink
    default: return .other
    }
  }
}
