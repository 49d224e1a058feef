internal import Parsing

/// The metadata of a process: a `Workflow` element, as the root of `<flow>.json.data.xml` beside the
/// flow, or inside the `customizations.xml` of a plain layout.
///
/// `WorkflowId` is the GUID in braces and lower case, `Name` the display name, `JsonFileName` the
/// path within the solution. Category: 5 cloud flow, 6 desktop flow, 0 classic workflow, 2 business
/// rule, 3 action, 4 business process flow (documented as `workflow.category` of Dataverse).
///
/// A desktop flow has its references in `ConnectionReferences`, a JSON array: see `DesktopFlow`.
///
/// Source: 770 public `.data.xml` files; the id equals the GUID in the file name in 652 of 652.
struct Workflow: Hashable, Sendable {
  /// Lower case, without braces.
  let id: String?
  let name: String?
  let isCloudFlow: Bool
  /// The last part of `JsonFileName`, in lower case; nil for a process without JSON.
  let fileName: String?
  /// Of a desktop flow; those of a cloud flow are in its own file.
  let desktopLinks: [Link]

  static let selection: Selection = [
    "JsonFileName": .everything, "Category": .everything, "ConnectionReferences": .everything,
  ]

  init(_ element: Element) throws(Unreadable) {
    id = element.attribute("WorkflowId")?.nonEmpty?.lowercased().trimmingBraces
    name = element.attribute("Name")?.nonEmpty
    let category = element.child("Category")?.text.trimmingSpace.nonEmpty
    isCloudFlow = category == nil || category == "5"
    desktopLinks = category == "6" ? try DesktopFlow.links(in: element) : []
    fileName = element.child("JsonFileName")?.text.trimmingSpace.lowercased()
      .utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) }
  }

  /// Reads `<flow>.json.data.xml`.
  static func read(_ bytes: [UInt8]) throws(Unreadable) -> Workflow {
    let root = try Element(file: bytes, keeping: ["Workflow": selection])
    guard root.name == "Workflow" else {
      throw Unreadable(line: root.line, "is not the metadata of a flow: its root is '\(root.name)'")
    }
    return try Workflow(root)
  }
}
