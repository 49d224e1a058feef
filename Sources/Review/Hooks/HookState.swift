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

  /// Whether git would run it, and every line of it is connref's.
  package var isOurs: Bool { self == .installed || self == .earlier }
}
