import Foundation

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
