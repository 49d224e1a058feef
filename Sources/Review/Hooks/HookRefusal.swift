/// Why a hook was left as it is.
package enum HookRefusal: Error, Equatable, Sendable {
  case directory(path: String)
  case symbolicLink(path: String)
  /// A pipe, a device or a socket.
  case notAFile(path: String)
  /// A script of connref that was edited.
  case edited(path: String)
  /// A script of a later connref.
  case newer(path: String, version: Int)
  /// The name for the earlier hook is taken by something else.
  case keptNameTaken(path: String)
  /// A script that another program writes again, in place of any other.
  case managed(path: String, hook: HookName, by: HookManager)
  /// The file system said no, in its own words.
  case failed(path: String, reason: String)

  /// The fault, in git's style, without a full stop.
  package var message: String {
    switch self {
    case .directory(let path): "'\(path)' is a directory"
    case .symbolicLink(let path): "'\(path)' is a symbolic link"
    case .notAFile(let path): "'\(path)' is not a file"
    case .edited(let path): "'\(path)' was edited by hand"
    case .newer(let path, let version): "'\(path)' is from a later connref (version \(version))"
    case .keptNameTaken(let path): "'\(path)' is in the way of the earlier hook"
    case .managed(let path, _, let manager):
      "\(manager.rawValue) wrote '\(path)', and overwrites it"
    case .failed(let path, let reason): "'\(path)': \(reason)"
    }
  }

  /// The fix, where it is known.
  package var hint: String? {
    switch self {
    case .directory, .notAFile: nil
    case .symbolicLink:
      "replace the link by the file it names, or call 'connref hook' from that file"
    case .edited: "move your own lines to a file of your own, delete this one, install again"
    case .newer: "bring connref up to date"
    case .keptNameTaken: "join the two hooks into that file, delete the other, install again"
    case .managed(_, let hook, let manager):
      "add a job to \(manager.usualConfiguration): connref hook \(hook.rawValue)"
    case .failed: nil
    }
  }
}
