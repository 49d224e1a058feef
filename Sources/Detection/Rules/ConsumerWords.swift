import Solution

/// How the texts of a finding name what uses a reference, by the kinds that there are. Nothing at all
/// counts as flows: what a repository does not show is mostly a flow.
package struct ConsumerWords {
  private enum Sort {
    case flows, agents, apps, mixed
  }

  private let sort: Sort

  package init(_ consumers: [AffectedConsumer]) {
    let kinds = Set(consumers.map(\.kind))
    sort =
      if kinds.isSubset(of: [.flow, .desktopFlow, .component]) {
        .flows
      } else if kinds == [.agent] {
        .agents
      } else if kinds.isSubset(of: [.app, .codeApp]) {
        .apps
      } else {
        .mixed
      }
  }

  /// `a flow`.
  package var singular: String {
    switch sort {
    case .flows: "a flow"
    case .agents: "an agent"
    case .apps: "an app"
    case .mixed: "something"
    }
  }

  /// `flows`.
  package var plural: String {
    switch sort {
    case .flows: "flows"
    case .agents: "agents"
    case .apps: "apps"
    case .mixed: "flows, apps and agents"
    }
  }

  /// What shows that they work: `turn its flows on`.
  var trial: String {
    switch sort {
    case .flows: "turn its flows on"
    case .agents, .apps: "try its \(plural)"
    case .mixed: "turn its flows on"
    }
  }

  /// The same after a reference was named: `its flows stay off`.
  var ownFailing: String {
    sort == .flows ? "its flows stay off" : "the \(failing(" that use it"))"
  }

  /// What becomes of them without a connection: `flows stay off`.
  func failing(_ relation: String = "") -> String {
    switch sort {
    case .flows: "flows\(relation) stay off"
    case .agents: "tools of agents\(relation) fail"
    case .apps: "apps\(relation) have no data"
    case .mixed: "flows\(relation) stay off, apps and agents fail"
    }
  }
}
