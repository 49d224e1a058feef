/// The outcome of a finding in a later revision, or in the revision that introduces it.
package enum Outcome: String, Sendable, CaseIterable {
  /// Something still uses or binds the old name, or a settings file lacks the new one.
  case open
  /// Nothing of the old name is left in files: the new one has to be bound in every environment.
  case completed
  /// The old name, or what was lost, is back.
  case reverted
  /// Neither name is left.
  case superseded
  /// The team approved it.
  case accepted
}
