/// The result of uninstalling one hook.
package enum HookRemoval: Equatable, Sendable {
  case removed
  /// The hook that was there before connref is back under its own name.
  case restored
  /// There is no hook, or one that connref did not write.
  case notInstalled
  /// Nothing was changed.
  case refused(HookRefusal)

  /// One line for the user, in git's style, without a full stop.
  package func message(for hook: HookName) -> String {
    let name = hook.rawValue
    return switch self {
    case .removed: "removed \(name)"
    case .restored: "removed \(name) and put the earlier hook back"
    case .notInstalled: "\(name) is not installed"
    case .refused(let refusal): "could not remove \(name): \(refusal.message)"
    }
  }
}
