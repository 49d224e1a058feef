/// The releases of one solution: all instances of a unique name that are of one kind, managed or not.
package struct SolutionLine: Hashable, Sendable {
  private let name: String
  private let isManaged: Bool
  /// A cloned agent may be called like a solution, and is another thing.
  private let isClone: Bool

  package init(_ instance: Instance) {
    name = instance.solutionKey
    isManaged = instance.isManaged
    isClone = instance.form == .clone
  }
}
