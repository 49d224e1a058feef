/// A custom connector that is part of a solution.
package struct CustomConnector: Hashable, Sendable {
  /// Lower case, without braces; equal in every environment that the solution is imported into.
  package let id: String
  /// `prefix_5Fname`: the stable name, as written.
  package let name: String
  package let displayName: String?
  package let place: Place

  package init(id: String, name: String, displayName: String?, place: Place) {
    self.id = id
    self.name = name
    self.displayName = displayName
    self.place = place
  }
}
