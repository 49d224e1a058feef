import Platform

/// When the references of a repository last changed, as far as folders show: git writes each by a
/// rename, which changes the folder. Much cheaper than to open the repository.
struct ReferenceStamp: Equatable {
  private var times: [String: Date] = [:]

  /// Nil where something changed so lately that a further change might leave the same times, or where
  /// nothing can be read.
  init?(of commonDirectory: String, now: Date) {
    let files = FileManager.default
    var waiting = [commonDirectory + "/refs"]
    for name in ["packed-refs", "HEAD"] {
      // Without packed references there is no such file.
      times[name] = Self.time(of: "\(commonDirectory)/\(name)")
    }
    while let folder = waiting.popLast() {
      guard let time = Self.time(of: folder) else { return nil }
      times[folder] = time
      // A removed folder is a change, and the next stamp says so.
      for name in (try? files.contentsOfDirectory(atPath: folder)) ?? [] {
        let path = "\(folder)/\(name)"
        if Self.isFolder(path) { waiting.append(path) }
      }
    }
    guard times.values.allSatisfy({ now.timeIntervalSince($0) > 2 }) else { return nil }
  }

  private static func isFolder(_ path: String) -> Bool {
    // A removed file is none.
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.type] as? FileAttributeType == .typeDirectory
  }

  private static func time(of path: String) -> Date? {
    // A missing file has no time.
    try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
  }
}
