/// What stands where git looks for a hook.
package enum HookState: Equatable, Sendable {
  case missing
  /// This version's own script.
  case installed
  /// A script of an earlier connref.
  case earlier
  /// It may work all the same, and `connref install` would not touch it.
  case odd(HookRefusal)
  /// git passes over it.
  case notExecutable
  /// Somebody else's, which may or may not call connref.
  case foreign

  /// Whether git would run it, and it calls connref.
  package var isOurs: Bool {
    switch self {
    case .installed, .earlier: true
    case .odd(.edited), .odd(.newer): true
    case .missing, .odd, .notExecutable, .foreign: false
    }
  }
}
