import Clibgit2
import Platform

/// libgit2 as a whole: its start, and how it reports failure.
enum Libgit2 {
  /// Started, with the options of this program. Everything that calls libgit2 asks for it first;
  /// Swift runs it once, even in a race.
  static let ready: Bool = {
    guard git_libgit2_init() >= 0 else { return false }
    // Verification on read costs 1.7 to 4 times the time, and git itself does without.
    _ = connref_option_int(Int32(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION.rawValue), 0)
    // Every object is read once and kept in our own form: on git.git, libgit2's cache turns
    // 169 MB into 756.
    _ = connref_option_int(Int32(GIT_OPT_ENABLE_CACHING.rawValue), 0)
    // `Ownership` does what git does; libgit2 also refuses where git does not (GIT_DIR set, as in
    // server-side hooks) and knows nothing of `safe.directory` in GIT_CONFIG_COUNT.
    _ = connref_option_int(Int32(GIT_OPT_SET_OWNER_VALIDATION.rawValue), 0)
    allowExtensions()
    return true
  }()

  /// None of these changes how objects, references or the index are read.
  private static func allowExtensions() {
    let names = [
      "worktreeconfig", "partialclone", "preciousobjects", "relativeworktrees", "noop-v1",
      "compatobjectformat",
    ]
    let copies = names.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    var pointers = copies.map { UnsafePointer($0) }
    _ = connref_option_strings(
      Int32(GIT_OPT_SET_EXTENSIONS.rawValue), &pointers, pointers.count)
  }

  /// Throws libgit2's error, if there is one.
  static func check(_ code: Int32) throws(Libgit2Failure) {
    guard code < 0 else { return }
    throw Libgit2Failure(code: code)
  }
}

/// An error of libgit2; each caller turns it into a `GitError` that names the subject.
struct Libgit2Failure: Error {
  let code: Int32
  let message: String

  /// To be made right after the call that failed, on its thread: libgit2 keeps the last message
  /// of a thread, also after calls that succeed.
  init(code: Int32) {
    self.code = code
    let said = git_error_last().map { String(cString: $0.pointee.message) } ?? "error \(code)"
    // libgit2 calls locked what may not be read.
    let denied = " is locked: Permission denied"
    message =
      said.hasSuffix(denied)
      ? said.dropLast(denied.count).trimmingPrefix("failed stat - ").trimmingPrefix(
        "failed open - ")
        + ": permission denied" : said
    git_error_clear()
  }

  var isNotFound: Bool { code == GIT_ENOTFOUND.rawValue }

  func error(_ what: String, _ kind: GitError.Kind = .other, hint: String? = nil) -> GitError {
    GitError(kind, "\(what): \(message)", hint: hint)
  }
}
