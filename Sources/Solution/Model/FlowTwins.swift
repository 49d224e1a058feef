import Platform

/// Finds the `<flow>.json.data.xml` beside each flow of a folder.
struct FlowTwins {
  private let files: [Folder.File]
  /// By name in lower case; made when first needed.
  private var metadata: [String: Folder.File]?

  init(_ folder: Folder) { files = folder.files }

  /// Nil when the flow has none.
  mutating func twin(ofFileAt index: Int) -> Folder.File? {
    let name = files[index].name
    // In order of names it is the next one, if both are written in the same letter case.
    if index + 1 < files.count, files[index + 1].role == .flowMetadata,
      files[index + 1].name.utf8.count == name.utf8.count + FlowTwins.ending.utf8.count,
      files[index + 1].name.hasPrefix(name)
    {
      return files[index + 1]
    }
    if metadata == nil {
      metadata = files.filter { $0.role == .flowMetadata && $0.kind != .submodule }
        .keyed { $0.name.lowercased() }
    }
    guard let metadata, !metadata.isEmpty else { return nil }
    return metadata[name.lowercased() + FlowTwins.ending]
  }

  private static let ending = ".data.xml"
}
