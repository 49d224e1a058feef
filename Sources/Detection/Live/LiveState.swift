package import Solution

/// An environment beside a revision: what an environment rule judges.
package struct LiveState: Sendable {
  package let environment: LiveEnvironment
  let state: State
  /// The flows of the revision's solutions, by id.
  let flowsInGit: [String: (consumer: Consumer, instance: Instance)]
  /// Who names what in the environment.
  let users: [LogicalName: [LiveEnvironment.Flow]]
  private let references: [LogicalName: LiveEnvironment.Reference]
  private let namesInGit: Set<LogicalName>
  private let prefixes: Set<String>

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
    references = Dictionary(
      environment.references.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    namesInGit = state.namesInUse.union(state.solutions.flatMap { $0.references.map(\.name) })
    prefixes = Set(state.solutions.compactMap { $0.publisherPrefix?.lowercased() })
  }

  /// As a sentence names the environment.
  var title: String { environment.host ?? "the environment" }

  func reference(_ name: LogicalName) -> LiveEnvironment.Reference? { references[name] }

  func isInGit(_ name: LogicalName) -> Bool { namesInGit.contains(name) }

  /// True for what the revision's solutions declare or name, or what has their publisher's prefix. The
  /// platform's own references and other teams' are in every environment too. Without a solution to
  /// tell by, all of it is.
  func isOwn(_ name: LogicalName) -> Bool {
    state.solutions.isEmpty || isInGit(name) || prefixes.contains(String(name.prefix))
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
