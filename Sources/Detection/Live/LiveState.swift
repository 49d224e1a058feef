import Platform
package import Solution

/// An environment beside a revision: what an environment rule judges.
package struct LiveState: Sendable {
  package let environment: LiveEnvironment
  let state: State
  /// The flows of the revision's solutions, by id.
  let flowsInGit: [String: (consumer: Consumer, instance: Instance)]
  /// The flows of the environment that use each reference.
  let users: [LogicalName: [LiveEnvironment.Flow]]
  private let references: [LogicalName: LiveEnvironment.Reference]
  private let namesInGit: Set<LogicalName>
  private let prefixes: Set<String>
  private let usersInDirectory: [String: LiveEnvironment.User]

  package init(_ environment: LiveEnvironment, beside state: State) {
    self.environment = environment
    self.state = state
    var flows: [String: (consumer: Consumer, instance: Instance)] = [:]
    for instance in state.solutions {
      for consumer in instance.consumers where consumer.kind == .flow {
        flows[consumer.id] = flows[consumer.id] ?? (consumer, instance)
      }
    }
    flowsInGit = flows
    var users: [LogicalName: [LiveEnvironment.Flow]] = [:]
    for flow in environment.flows {
      for name in Set(flow.consumer.links.compactMap(\.reference)) {
        users[name, default: []].append(flow)
      }
    }
    self.users = users
    usersInDirectory = environment.usersInDirectory
    references = environment.references.keyed(by: \.name)
    namesInGit = state.namesInUse.union(state.solutions.flatMap { $0.references.map(\.name) })
    prefixes = Set(state.solutions.compactMap { $0.publisherPrefix?.lowercased() })
  }

  /// As a sentence names the environment.
  var title: String { environment.host ?? "the environment" }

  /// The connection that a reference is bound to; nil where it is bound to none, or to one that is not
  /// there, or where connections were not saved.
  func connection(of reference: LiveEnvironment.Reference) -> LiveEnvironment.Connection? {
    reference.connectionID.flatMap { environment.connections[$0.lowercased()] }
  }

  /// A page of the maker portal, where the environment's id is known.
  ///
  /// - Parameter page: `connections`, `solutions`.
  func portal(_ page: String) -> String? {
    environment.environmentID.map { "https://make.powerapps.com/environments/\($0)/\(page)" }
  }

  /// The step in the portal that gives a reference, or `each`, a connection.
  func bindingInPortal(of what: String) -> FixStep {
    let place = portal("solutions") ?? "maker portal, Solutions"
    return .text("bind \(what): \(place), the solution, Connection references, Edit")
  }

  /// How to give a reference another connection: where in the portal, or by which request.
  func binding(of reference: LiveEnvironment.Reference) -> [FixStep] {
    var steps = [bindingInPortal(of: reference.name.spelling)]
    if let host = environment.host, let id = reference.id {
      steps.append(
        .text(
          "or by a request: PATCH https://\(host)/api/data/v9.2/connectionreferences(\(id)) "
            + "{\"connectionid\": \"ID\"}"))
    }
    return steps
  }

  /// The user who signs in as the account of the directory that made a connection.
  func user(inDirectory id: String?) -> LiveEnvironment.User? {
    id.flatMap { usersInDirectory[$0] }
  }

  func reference(_ name: LogicalName) -> LiveEnvironment.Reference? { references[name] }

  func isInGit(_ name: LogicalName) -> Bool { namesInGit.contains(name) }

  /// True for a name that the revision's solutions declare or use, or that has their publisher's
  /// prefix. The platform's own references and other teams' are in every environment too. Without a
  /// solution to compare with, all names are own.
  func isOwn(_ name: LogicalName) -> Bool {
    state.solutions.isEmpty || isInGit(name) || prefixes.contains(String(name.prefix))
  }

  /// True for a reference of the platform's own solutions, which sign in on behalf of their users:
  /// it is unbound by design.
  static func isOfPlatform(_ name: LogicalName) -> Bool {
    let prefixes = ["msdyn", "msdynce", "mspp", "mspcat", "mscrm", "msft", "adx"]
    return prefixes.contains(String(name.prefix).lowercased())
  }

  /// The same of a flow: a solution of the revision has it, or it names an own reference.
  func isOwn(_ flow: LiveEnvironment.Flow) -> Bool {
    state.solutions.isEmpty || flowsInGit[flow.consumer.id] != nil
      || flow.consumer.links.compactMap(\.reference).contains { isInGit($0) }
  }

  /// The solution that declares `name`, else the environment.
  func owner(of name: LogicalName) -> String {
    state.declarations.fullFirst(of: name).first?.instance.uniqueName ?? title
  }

  func owner(of flow: LiveEnvironment.Flow) -> String {
    flowsInGit[flow.consumer.id]?.instance.uniqueName ?? title
  }

  /// Flows of the environment as a finding lists them.
  func consumers(naming name: LogicalName) -> [AffectedConsumer] {
    (users[name] ?? []).map { AffectedConsumer($0.consumer, naming: name, state: .naming) }
  }
}

extension Declaration {
  /// As an environment has it.
  init(_ reference: LiveEnvironment.Reference) {
    self.init(
      name: reference.name, displayName: reference.displayName, connector: reference.connector,
      place: reference.place)
  }
}

extension [AffectedConsumer] {
  /// The end of a summary: `: 'Archive' uses it`; empty where nothing does.
  var useItWords: String {
    isEmpty ? "" : count == 1 ? ": '\(self[0].name)' uses it" : ": \(count) flows use it"
  }
}
