import Solution

/// The consumers of a snapshot that use some references.
struct ReferenceUses: Sendable {
  typealias Use = (consumer: Consumer, instance: Instance)

  /// Up to this many names are looked up in each instance; for more, every link is read.
  private static let fewNames = 8

  private var uses: [LogicalName: [Use]] = [:]

  init(of names: Set<LogicalName>, in instances: [Instance]) {
    guard !names.isEmpty else { return }
    guard names.count > Self.fewNames else {
      for instance in instances {
        for name in names {
          for consumer in instance.consumers(naming: name) {
            uses[name, default: []].append((consumer, instance))
          }
        }
      }
      return
    }
    for instance in instances {
      for consumer in instance.consumers {
        var seen: Set<LogicalName> = []
        for link in consumer.links {
          guard let name = link.reference, names.contains(name), seen.insert(name).inserted
          else { continue }
          uses[name, default: []].append((consumer, instance))
        }
      }
    }
  }

  subscript(name: LogicalName) -> [Use] { uses[name] ?? [] }

  /// The connector that a link to `name` states.
  func connector(of name: LogicalName) -> Connector? {
    self[name].lazy.flatMap(\.consumer.links).first {
      $0.reference == name && $0.connector != nil
    }?.connector
  }
}
