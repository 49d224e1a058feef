/// The state of the file where git looks for a hook.
package enum HookState: Equatable, Sendable {
  case missing
  /// This version's own script.
  case installed
  /// A script of an earlier connref.
  case earlier
  /// It may still work, and `connref install` would not touch it.
  case odd(HookRefusal)
  /// git passes over it.
  case notExecutable
  /// connref's own script, checked out with carriage returns: no shell runs it.
  case windowsLineEnds
  /// Written by a program whose configuration calls connref.
  case managed(by: HookManager)
  /// A hook of another origin, which may or may not call connref.
  case foreign

  /// Whether git would run it, and every line of it is connref's.
  package var isOurs: Bool { self == .installed || self == .earlier }
}
