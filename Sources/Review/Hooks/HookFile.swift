import Git
import Platform

/// One file of a hooks folder. Symbolic links are never followed.
struct HookFile {
  let url: URL

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

  /// Nil if there is nothing of this name; refused if it is not a regular file.
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

  /// Writes a file that does not exist yet: it appears complete and executable.
  func create(_ text: Data) throws(HookRefusal) {
    let folder = url.deletingLastPathComponent()
    try attempt {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try WholeFile.write([UInt8](text), to: path, isNew: true, isExecutable: true)
    }
  }

  /// Puts the text in the place of what is there, with no moment at which git finds half of it.
  func replace(by text: Data) throws(HookRefusal) {
    try attempt { try WholeFile.write([UInt8](text), to: path, isExecutable: true) }
  }

  /// The same, where what is there is kept under another name: it gets that name once the text is complete
  /// on the disk. So git finds a hook at every moment, and a full disk or a folder that cannot be written
  /// leaves all as it was.
  func replace(by text: Data, keeping kept: HookFile) throws(HookRefusal) {
    var refusal: HookRefusal?
    do {
      try WholeFile.write([UInt8](text), to: path, isExecutable: true) { () throws(Unwritable) in
        if DiskFile.addName(kept.path, to: path) { return }
        do throws(HookRefusal) {
          try move(to: kept)
        } catch {
          refusal = error
          throw Unwritable(reason: error.message)
        }
      }
    } catch {
      if let refusal { throw refusal }
      // The same file, where it got a second name.
      if try kept.isPresent() { try kept.replace(self) }
      throw .failed(path: path, reason: error.reason)
    }
  }

  /// Whether the mode had to be changed.
  @discardableResult
  func makeExecutable() throws(HookRefusal) -> Bool {
    try attempt {
      let present = try FileManager.default.attributesOfItem(atPath: path)
      guard present.permissions != Self.mode else { return false }
      try FileManager.default.setAttributes([.posixPermissions: Self.mode], ofItemAtPath: path)
      return true
    }
  }

  /// Fails if there is something at the destination.
  func move(to destination: HookFile) throws(HookRefusal) {
    try destination.attempt { try FileManager.default.moveItem(at: url, to: destination.url) }
  }

  /// Puts this file in the place of another, which is there until then.
  func replace(_ other: HookFile) throws(HookRefusal) {
    guard DiskFile.move(path, over: other.path) else { return try move(to: other) }
    // Of two names of one file, both stay.
    if try isPresent() { try remove() }
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
    } catch let error as Unwritable {
      throw .failed(path: path, reason: error.reason)
    } catch {
      throw .failed(path: path, reason: error.systemReason)
    }
  }
}
