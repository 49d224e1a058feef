/// Paths as git treats them: strings with `/` between parts.
enum Path {
  /// `path` as seen from `folder`, which is absolute; `.` and `..` are taken out of it by name.
  static func absolute(_ path: String, from folder: String) -> String {
    normalized(path.hasPrefix("/") ? path : folder + "/" + path)
  }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  static func lastPart(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }

  /// True when `path` is `folder` or lies in it; both absolute and normalized.
  static func isInside(_ path: String, _ folder: String) -> Bool {
    path == folder || folder == "/" || path.hasPrefix(folder + "/")
  }

  /// `~/` is the home folder, as in git's configuration.
  static func expandingHome(_ path: String, home: String?) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home else { return path }
    return home + path.dropFirst()
  }

  private static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { parts = parts.dropLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
