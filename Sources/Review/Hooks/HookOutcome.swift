/// The result of installing one hook.
package enum HookOutcome: Equatable, Sendable {
  case installed
  case alreadyInstalled
  /// Nothing was changed: the program that wrote the hook calls connref.
  case managed(by: HookManager)
  /// An earlier text of connref, or its mode, was brought up to date.
  case updated
  /// The hook that was there is kept under the given name beside the new one, which runs it first.
  case keptExisting(as: String)
  /// Nothing was changed.
  case refused(HookRefusal)

  /// One line for the user, in git's style, without a full stop.
  package func message(for hook: HookName) -> String {
    let name = hook.rawValue
    return switch self {
    case .installed: "installed \(name)"
    case .alreadyInstalled: "\(name) is already installed"
    case .managed(let manager): "\(name) is run by \(manager.rawValue), which calls connref"
    case .updated: "updated \(name)"
    case .keptExisting(let kept): "installed \(name), which runs the earlier hook '\(kept)' first"
    case .refused(let refusal): "could not install \(name): \(refusal.message)"
    }
  }
}
