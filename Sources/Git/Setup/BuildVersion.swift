internal import CBuild
internal import Clibgit2

/// The source that this program was built from.
package enum BuildVersion {
  /// The abbreviated commit; nil for a build that does not know it, such as `swift build`.
  package static var commit: String? {
    let text = String(cString: connref_commit)
    return text.isEmpty ? nil : text
  }

  /// The version of the libgit2 that is used.
  package static var libgit2: String {
    var major: Int32 = 0
    var minor: Int32 = 0
    var revision: Int32 = 0
    git_libgit2_version(&major, &minor, &revision)
    return "\(major).\(minor).\(revision)"
  }
}
