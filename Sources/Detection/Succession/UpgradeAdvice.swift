import Solution

/// The kind of import that removes from an environment what a solution lost.
///
/// An update adds and overwrites, and leaves in the target what the solution no longer has; an
/// upgrade deletes it, and is only one where the version rose.
/// https://learn.microsoft.com/power-platform/alm/update-solutions-alm
enum UpgradeAdvice {
  /// Nil in a history, where a version is not known, or where nothing of `instance` is left to import.
  ///
  /// - Parameter instance: of the side before; of the side after where the removal was earlier.
  static func remark(on instance: Instance, in comparison: Comparison) -> String? {
    guard
      comparison.isAhead,
      let pair = comparison.instances.first(where: {
        $0.before === instance || $0.after === instance
      }), let before = pair.before, let after = pair.after, pair.isComparable,
      let old = before.version, let new = after.version
    else { return nil }
    let name = after.uniqueName
    let reason = ": an update leaves the old reference in the target"
    guard new <= old else {
      return "if this is meant, import \(name) \(new) as an upgrade" + reason
    }
    let state = new == old ? "still \(new)" : "\(new) after \(old)"
    return "if this is meant, raise the version of \(name), \(state), and import it as an upgrade"
      + reason
  }
}
