internal import Parsing

/// `solutions/<name>/solutioncomponents.yml`: the files of the root that belong to the solution.
///
/// `SolutionComponents/Component`, one or several, each with an `@path` such as
/// `/connectionreferences/<logical name>`. Several solutions may share one root, and nothing else says
/// what belongs to which. (The flat list with `Path` that the documentation shows is not written.)
struct YAMLComponents: Sendable {
  /// Logical names in lower case: the last part of `/connectionreferences/…`.
  let references: Set<String>
  /// Last parts of `/modernflows/…`, `/workflows/…`, `/canvasapps/…` and `/botcomponents/…`, in lower
  /// case.
  let consumers: Set<String>
  /// How many components the list names, of any kind.
  let count: Int

  /// Ends the id of an agent's row in the table that ties it to a reference.
  static let rowSuffix = "/connectionreference"

  static func read(_ bytes: [UInt8]) throws(Unreadable) -> YAMLComponents {
    var references: Set<String> = []
    var consumers: Set<String> = []
    var count = 0
    let root = try Node(file: bytes).child("SolutionComponents")
    for component in root?.children("Component") ?? [] {
      let parts = component.text("@path")?.lowercased().split(separator: "/") ?? []
      guard parts.count >= 2 else { continue }
      count += 1
      switch parts[0] {
      case "connectionreferences": references.insert(String(parts[1]))
      case "modernflows", "workflows", "canvasapps": consumers.insert(String(parts[1]))
      case "botcomponents":
        consumers.formUnion([String(parts[1]), parts[1] + rowSuffix])
      default: break
      }
    }
    return YAMLComponents(references: references, consumers: consumers, count: count)
  }
}
