internal import Parsing
import Solution

/// What `.connref.yml` and the approvals file have in common: a limit of size, and a mapping at the root.
enum PolicyFile {
  /// Far beyond any list that people keep.
  private static let byteLimit = Node.byteLimit

  /// The root of a YAML file; nil for an empty one, or one with comments alone.
  static func root(of bytes: [UInt8], path: String) throws(PolicyError) -> Node? {
    guard !bytes.isEmpty else { return nil }
    guard bytes.count <= byteLimit else {
      throw PolicyError([
        PolicyError.Fault(
          place: Place(path: path, line: 1),
          message: "is larger than the limit of \(byteLimit >> 20) MB")
      ])
    }
    do throws(Unreadable) {
      return try Node.root(of: bytes)
    } catch {
      throw PolicyError([
        PolicyError.Fault(
          place: Place(path: path, line: error.line ?? 1), message: error.message)
      ])
    }
  }
}
