package import Foundation

/// Writes a file as a whole: whoever reads it, and a writer that is stopped or has no room left, sees
/// what was there or what is new, and never a part of it.
package enum WholeFile {
  /// A terminal, a pipe or a device is written to as it is: nothing may ever take its place. So is what
  /// a symbolic link leads to, and the link stays.
  package static func write(_ text: Data, to file: URL) throws(Unwritable) {
    let target = file.isStream ? file : file.resolvingSymlinksInPath()
    do {
      switch try target.type {
      case nil, .some(.typeRegular):
        if target.isStream { return try stream(text, to: target) }
        try text.write(to: target, options: .atomic)
      case .some(.typeDirectory): throw Unwritable(reason: "is a directory")
      case .some: try stream(text, to: target)
      }
    } catch {
      throw error as? Unwritable ?? Unwritable(reason: error.systemReason)
    }
  }

  private static func stream(_ text: Data, to file: URL) throws {
    let handle = try FileHandle(forWritingTo: file)
    try handle.write(contentsOf: text)
    try handle.close()
  }
}

/// Why a file could not be written; what was there is there still.
package struct Unwritable: Error, Sendable {
  /// As git would say it after a colon.
  package let reason: String
}

extension Error {
  /// What the system says of it, without Foundation's sentence around it.
  package var systemReason: String {
    switch (self as? CocoaError)?.code {
    case .fileWriteOutOfSpace: return "no space left on device"
    case .fileWriteVolumeReadOnly: return "read-only file system"
    case .fileWriteNoPermission, .fileReadNoPermission: return "permission denied"
    case .fileNoSuchFile, .fileReadNoSuchFile: return "no such file or directory"
    default:
      let cause = ((self as? CocoaError)?.underlying ?? self) as NSError
      return (cause.localizedFailureReason ?? cause.localizedDescription).lowercased()
    }
  }
}

extension URL {
  /// A name for something that is open already (`/dev/stdout` leads to `/proc/self/fd/1`, and that to
  /// a file which the shell made): what it leads to cannot be told by its path.
  fileprivate var isStream: Bool {
    let path = standardizedFileURL.path(percentEncoded: false)
    return path.hasPrefix("/dev/") || path.hasPrefix("/proc/")
  }

  /// Nil where nothing is. A link is not followed.
  fileprivate var type: FileAttributeType? {
    get throws {
      do {
        return try FileManager.default.attributesOfItem(atPath: path(percentEncoded: false))[.type]
          as? FileAttributeType
      } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
        return nil
      }
    }
  }
}
