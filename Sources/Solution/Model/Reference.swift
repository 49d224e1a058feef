/// A connection reference as an instance of a solution declares it.
package struct Reference: Hashable, Sendable {
  package let name: LogicalName
  /// Nil when the file gives none. Kept as written, outer white space included.
  package let displayName: String?
  /// Nil for a stub, or where the file names no connector.
  package let connector: Connector?
  /// A member of this solution that another solution defines: an element without children.
  package let isStub: Bool
  /// False where a managed target may not set its connection; nil where the file does not say it.
  package let isCustomizable: Bool?
  package let place: Place

  package init(
    name: LogicalName, displayName: String?, connector: Connector?, isStub: Bool,
    isCustomizable: Bool? = nil, place: Place
  ) {
    self.name = name
    self.displayName = displayName
    self.connector = connector
    self.isStub = isStub
    self.isCustomizable = isCustomizable
    self.place = place
  }
}

/// A reference that a manifest's MissingDependencies names: it is expected in the target.
package struct ExternalReference: Hashable, Sendable {
  package let name: LogicalName
  package let origin: Origin
  package let place: Place

  package enum Origin: Hashable, Sendable {
    /// `solution="Active"`: alive, unmanaged, in the maker's environment, in no solution that ships.
    case active
    /// `solution="Name (1.2.3.4)"`: belongs to that managed solution.
    case solution(String)
  }

  package init(name: LogicalName, origin: Origin, place: Place) {
    self.name = name
    self.origin = origin
    self.place = place
  }
}
