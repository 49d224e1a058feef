#if canImport(System)
  internal import System
#else
  internal import SystemPackage
#endif

extension Error {
  /// The system's own message, in lower case, without the sentence of a library around it:
  /// `no such file or directory`.
  package var systemReason: String {
    switch self {
    case let error as Errno: return error.description.lowercased()
    case let error as POSIXError:
      return Errno(rawValue: error.code.rawValue).description.lowercased()
    case let error as CocoaError:
      if let cause = error.underlying { return cause.systemReason }
      switch error.code {
      case .fileWriteOutOfSpace: return "no space left on device"
      case .fileWriteVolumeReadOnly: return "read-only file system"
      case .fileWriteNoPermission, .fileReadNoPermission: return "permission denied"
      case .fileNoSuchFile, .fileReadNoSuchFile: return "no such file or directory"
      case .fileWriteFileExists: return "file exists"
      default: return "error \(error.code.rawValue)"
      }
    case is DecodingError: return "the data is not in the expected form"
    default: return "\(self)"
    }
  }
}
