import Foundation

/// One file of a hooks folder. Symbolic links are never followed.
struct HookFile {
  private let url: URL

  init(_ url: URL) {
    self.url = url
  }

  var path: String { url.path(percentEncoded: false) }
  var name: String { url.lastPathComponent }

  /// Anything of this name, a dangling link included.
  func isPresent() throws(HookRefusal) -> Bool {
    try type() != nil
  }

  func isFile() throws(HookRefusal) -> Bool {
    try type() == .typeRegular
  }

  var isExecutable: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// Nil if there is nothing of this name; refused if it is no regular file.
  func content() throws(HookRefusal) -> Data? {
    switch try type() {
    case nil: return nil
    case .some(.typeRegular): break
    case .some(.typeDirectory): throw .directory(path: path)
    case .some(.typeSymbolicLink): throw .symbolicLink(path: path)
    case .some: throw .notAFile(path: path)
    }
    return try attempt { try Data(contentsOf: url) }
  }

  /// Writes a file that is not there yet: whoever sees it sees all of it, and executable.
  func create(_ text: Data) throws(HookRefusal) {
    let draft = try draft(text)
    do throws(HookRefusal) {
      try draft.move(to: self)
    } catch {
      try draft.remove()
      throw error
    }
  }

  /// An executable file with this text beside this one, to be moved into its place.
  func draft(_ text: Data) throws(HookRefusal) -> HookFile {
    let folder = url.deletingLastPathComponent()
    let draft = HookFile(folder.appending(path: ".\(name).\(UUID().uuidString)"))
    do throws(HookRefusal) {
      try attempt {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text.write(to: draft.url, options: .withoutOverwriting)
      }
      try draft.makeExecutable()
    } catch {
      // On a full disk the file is there and empty; where it never came to be, nothing is to be removed.
      try? draft.remove()
      throw error
    }
    return draft
  }

  /// Not `replaceItemAt`: with Swift 6.3 on Linux it moves the present file over the new one.
  /// The atomic write resets the mode, so git skips the hook between the two calls.
  func replace(by text: Data) throws(HookRefusal) {
    try attempt { try text.write(to: url, options: .atomic) }
    try makeExecutable()
  }

  /// Whether the mode had to be changed.
  @discardableResult
  func makeExecutable() throws(HookRefusal) -> Bool {
    try attempt {
      let present = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      guard present as? Int != Self.mode else { return false }
      try FileManager.default.setAttributes([.posixPermissions: Self.mode], ofItemAtPath: path)
      return true
    }
  }

  /// Fails if there is something at the destination.
  func move(to destination: HookFile) throws(HookRefusal) {
    try destination.attempt { try FileManager.default.moveItem(at: url, to: destination.url) }
  }

  func remove() throws(HookRefusal) {
    try attempt { try FileManager.default.removeItem(at: url) }
  }

  private static let mode = 0o755

  private func type() throws(HookRefusal) -> FileAttributeType? {
    try attempt {
      do {
        return try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
      } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
        return nil
      }
    }
  }

  /// Turns what Foundation throws into a refusal that holds the system's own reason.
  private func attempt<Answer>(_ body: () throws -> Answer) throws(HookRefusal) -> Answer {
    do {
      return try body()
    } catch let error as HookRefusal {
      throw error
    } catch {
      throw .failed(path: path, reason: error.systemReason)
    }
  }
}
