import Platform
import Solution

/// A part of an environment in an example of an environment rule.
package enum LivePart: Sendable {
  /// A nil connection is none; the connector is SharePoint.
  case reference(
    _ name: String, displayName: String? = nil, connection: String? = RuleExample.connection,
    owner: String? = nil, created: String? = nil)
  case flow(
    _ name: String, _ references: [String], isOn: Bool = true, suspension: String? = nil,
    owner: String? = nil, modified: String? = nil)
  /// A user who signs in with an address.
  case person(_ address: String, isDisabled: Bool = false)
  case application(_ name: String)
  /// To SharePoint, made by a user whom the environment may know; where an example has one, its
  /// connections were saved.
  case connection(
    _ id: String = RuleExample.connection, by: String = "deployer", fault: String? = nil)
  /// A solution as it was imported.
  case solution(_ name: String, version: String)
}

extension RuleExample {
  /// The example as environment rules see it: every table was saved whole.
  package var liveState: LiveState {
    var references: [LiveEnvironment.Reference] = []
    var flows: [LiveEnvironment.Flow] = []
    var users: [LiveEnvironment.User] = []
    var connections: [LiveEnvironment.Connection] = []
    var solutions: [LiveEnvironment.Solution] = []
    for (position, part) in live.enumerated() {
      let place = Place(path: "prod/answers.json", line: position + 3)
      switch part {
      case .reference(let name, let displayName, let connection, let owner, let created):
        references.append(
          LiveEnvironment.Reference(
            name: LogicalName(name), displayName: displayName,
            connector: Connector(path: sharePoint), connectionID: connection, isActive: true,
            ownerID: owner, created: Self.date(created), place: place))
      case .flow(let name, let names, let isOn, let suspension, let owner, let modified):
        let links = names.enumerated().map { number, reference in
          Link(
            alias: "shared_x_\(number)", reference: LogicalName(reference),
            embeddedConnection: nil, connector: Connector(path: sharePoint), line: place.line)
        }
        flows.append(
          LiveEnvironment.Flow(
            consumer: Consumer(
              kind: .flow, id: name.lowercased(), name: name, path: place.path, links: links,
              connectorUses: links.count, usedAliases: links.map(\.alias)),
            state: suspension != nil ? .suspended : isOn ? .on : .off, suspension: suspension,
            ownerID: owner, modified: Self.date(modified)))
      case .person(let address, let isDisabled):
        users.append(
          LiveEnvironment.User(
            id: address, applicationID: nil, domainName: address, isDisabled: isDisabled,
            directoryID: address))
      case .application(let name):
        users.append(
          LiveEnvironment.User(
            id: name, applicationID: "5a2f6a3e-0b5e-4c5f-9c0e-3d1f5a7b9c11", domainName: name,
            isDisabled: false, directoryID: name))
      case .connection(let id, let creator, let fault):
        connections.append(
          LiveEnvironment.Connection(
            id: id, connector: Connector(path: sharePoint), isBroken: fault != nil, reason: fault,
            creator: LiveEnvironment.Creator(
              directoryID: creator, kind: creator.contains("@") ? "User" : "ServicePrincipal",
              name: creator), place: place))
      case .solution(let name, let version):
        solutions.append(
          LiveEnvironment.Solution(
            id: name.lowercased(), uniqueName: name, version: version, isManaged: true, flows: []))
      }
    }
    var extents = Dictionary(
      uniqueKeysWithValues: EnvironmentTable.allCases.map { ($0, EnvironmentTable.Extent.all) })
    if connections.isEmpty { extents[.connections] = .unknown }
    return LiveState(
      LiveEnvironment(
        host: "contoso.crm.dynamics.com", references: references, flows: flows, users: users,
        connections: connections, solutions: solutions, extents: extents),
      beside: state)
  }

  private static func date(_ text: String?) -> Date? {
    // An example's times are written out; one that is none shows in its test.
    text.flatMap { try? Date($0, strategy: .iso8601) }
  }
}
