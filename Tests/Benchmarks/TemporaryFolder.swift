import Foundation

/// A folder that is removed with the object.
final class TemporaryFolder {
  let path: String

  init() throws {
    let place = FileManager.default.temporaryDirectory
      .appending(path: "connref-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    path = place.path
  }

  deinit {
    // What is left behind lies in the system's temporary folder.
    try? FileManager.default.removeItem(atPath: path)
  }
}
