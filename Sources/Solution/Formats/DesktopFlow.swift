internal import Parsing

/// The references of a desktop flow: `ConnectionReferences` of a `Workflow` element of category 6, a JSON
/// array of objects (`displayName`, `api`, and the reference's logical name where there is one).
///
/// The flow's script (`Definition`, Robin) calls a connector by the connection's GUID and
/// `ConnectorId`: neither is a reference, so the script is no link and is not read.
///
/// Source: the array is empty in every public file that was seen, and the keys of its items are known
/// from a tool that reads `displayName` and `api.name`; so a logical name is looked for under any key
/// that is called so, at any depth.
enum DesktopFlow {
  static func links(in workflow: Element) throws(Unreadable) -> [Link] {
    guard let references = workflow.child("ConnectionReferences") else { return [] }
    let bytes = Array(references.text.utf8)
    guard Component.isMentioned(in: bytes) else { return [] }
    do throws(Unreadable) {
      return try Component(json: bytes, firstLine: references.line).links
    } catch {
      throw Unreadable(
        line: references.line + (error.line ?? 1) - 1, "its ConnectionReferences \(error.message)")
    }
  }
}

extension Workflow {
  /// Nil where it is no desktop flow, or one that uses no reference. `fallback`: its identity
  /// where the file names none.
  func desktopFlow(in path: String, fallback: String) -> Consumer? {
    guard !desktopLinks.isEmpty else { return nil }
    return Consumer(
      kind: .desktopFlow, id: id ?? fallback, name: name ?? path.lastPart, path: path,
      links: desktopLinks)
  }
}
