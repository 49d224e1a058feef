package import Git

/// The origin of the policy that was applied.
package struct PolicySource: Hashable, Sendable {
  package let side: PolicySide
  /// The side, as the user knows it; nil where it has no name.
  package let name: String?
  /// The content of the policy files that are there, by path.
  package let files: [String: ObjectID]
}
