import Solution

extension String {
  /// The path of a file of a folder, in another folder.
  func moved(from folder: String, to other: String) -> String {
    guard folder != other else { return self }
    let rest = folder.isEmpty ? self : String(dropFirst(folder.count + 1))
    return other.isEmpty ? rest : "\(other)/\(rest)"
  }

  /// A path in which a folder, or a file but for its ending, is called for one of `names`; nil where
  /// none is.
  func renamed(_ names: [LogicalName], to name: LogicalName) -> String? {
    var isRenamed = false
    let parts = split(separator: "/", omittingEmptySubsequences: false).map { part -> String in
      let part = String(part)
      for former in names {
        if LogicalName(part) == former {
          isRenamed = true
          return name.spelling
        }
        for ending in [".sync.yaml", ".yml", ".xml", ".json"]
        where LogicalName(part) == LogicalName(former.key + ending) {
          isRenamed = true
          return name.spelling + part.suffix(ending.count)
        }
        if let range = ComponentPath.name(in: part), LogicalName(String(part[range])) == former {
          isRenamed = true
          return part.replacingCharacters(in: range, with: name.spelling)
        }
      }
      return part
    }
    return isRenamed ? parts.joined(separator: "/") : nil
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
