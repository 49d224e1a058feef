import Solution

extension Consumer.Kind {
  /// The kind as a text names it before the consumer's name.
  var word: String {
    switch self {
    case .flow: "flow"
    case .desktopFlow: "desktop flow"
    case .app: "app"
    case .codeApp: "code app"
    case .agent: "agent"
    case .component: "component"
    }
  }

  /// The noun for a number of consumers of these kinds: `flow` where all are flows.
  static func unit(_ kinds: some Sequence<Consumer.Kind>) -> String {
    kinds.allSatisfy { $0 == .flow } ? "flow" : "consumer"
  }
}
