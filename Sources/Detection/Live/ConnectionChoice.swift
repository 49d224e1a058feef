import Platform
package import Solution

/// Which connection of an environment a settings file is to give a reference.
package enum ConnectionChoice: Sendable {
  /// One fits, for this reason.
  case one(id: String, reason: String)
  /// Several fit: only the team knows which one is meant.
  case several([LiveEnvironment.Connection])
  case none

  /// The connection that the environment has bound the reference to, if that works; else the one
  /// connection of the reference's connector that works and that an allowed account made.
  ///
  /// - Parameter owners: the accounts whose connections count, where it lists service principals;
  ///   else all count.
  package init(
    for name: LogicalName, _ connector: Connector?, in environment: LiveEnvironment,
    owners: Owners
  ) {
    let known = environment.references.first { $0.name == name }
    if let id = known?.connectionID {
      let connection = environment.connections[id.lowercased()]
      let isOrphaned = environment.knowsAll(.connections) && connection == nil
      if !isOrphaned, !(connection?.isBroken ?? false) {
        self = .one(id: id, reason: "the environment has it bound to that")
        return
      }
    }
    let users = environment.usersInDirectory
    let fitting = environment.connections.values.filter { connection in
      guard !connection.isBroken, connection.connector.isSame(as: connector) else { return false }
      let user = connection.creator.directoryID.flatMap { users[$0] }
      return owners.allows(connection.creator, user)
    }.sorted { $0.id < $1.id }
    guard let first = fitting.first else {
      self = .none
      return
    }
    self =
      fitting.count == 1
      ? .one(id: first.id, reason: "the one working connection for its connector")
      : .several(fitting)
  }
}

extension Owners {
  /// True where the account that made a connection is one of the service principals; where none is
  /// listed, everybody's connections count.
  fileprivate func allows(
    _ creator: LiveEnvironment.Creator, _ user: LiveEnvironment.User?
  ) -> Bool {
    guard !servicePrincipals.isEmpty else { return true }
    let names = [
      creator.name, creator.directoryID, user?.applicationID, user?.domainName, user?.id,
    ].compactMap(\.self).filter { !$0.isEmpty }
    return names.contains { name in
      servicePrincipals.contains { $0.matchesIgnoringCase(name) }
    }
  }
}
