internal import Parsing

/// `Other/Customizations.xml` of SolutionPackager, and `customizations.xml` of a solution zip.
///
/// Root `ImportExportXml`. The section `connectionreferences` holds `connectionreference` elements
/// in no fixed order; it is absent or self-closed where there are none. SolutionPackager moves other
/// sections into files of their own, never this one. In the plain file of a zip, `Workflows` holds a
/// `Workflow` element for each flow, with the path of the flow's JSON.
///
/// Apps are there as `CanvasApps/CanvasApp`, and a component without its own place in either layout
/// may name a reference by a nested `connectionreferencelogicalname` (see `Component`).
///
/// Beware `ConnectionReferences` in `CanvasApp` and `Workflow`: JSON text, something else.
///
/// Dataflows (`msdyn_dataflows`) are deliberately not read: `msdyn_mashupsettings` holds
/// `ConnectionOverrides`, connections of one environment (`ApiName`, `ConnectionName`) and no
/// reference.
///
/// Source: 1,151 versions of public files, up to 4 MB; the format has no public schema.
struct Customizations: Sendable {
  let declarations: [Declaration]
  let workflows: [Workflow]
  let apps: [CanvasApp]
  let others: Component
  let connectors: [CustomConnector.Fragment]
  /// Declarations that could not be understood; the others were.
  let faults: [Unreadable]

  /// Nil when the root is another: a file of that name which has nothing to do with solutions.
  static func read(_ bytes: [UInt8]) throws(Unreadable) -> Customizations? {
    let root = try Element(file: bytes, keeping: selection)
    guard root.name == "ImportExportXml" else { return nil }
    var declarations: [Declaration] = []
    var faults: [Unreadable] = []
    for section in root.children(named: "connectionreferences") {
      for element in section.children {
        do throws(Unreadable) {
          declarations.append(try Declaration(element))
        } catch {
          faults.append(error)
        }
      }
    }
    var apps: [CanvasApp] = []
    for element in root.child("CanvasApps")?.children ?? [] {
      do throws(Unreadable) {
        if let app = try CanvasApp(element) { apps.append(app) }
      } catch {
        faults.append(error)
      }
    }
    var workflows: [Workflow] = []
    for element in root.children(named: "Workflows").flatMap(\.children) {
      do throws(Unreadable) {
        workflows.append(try Workflow(element))
      } catch {
        faults.append(error)
      }
    }
    return Customizations(
      declarations: declarations, workflows: workflows, apps: apps, others: try others(in: bytes),
      connectors: (root.child("Connectors")?.children ?? []).map(CustomConnector.Fragment.init),
      faults: faults)
  }

  private static let selection: Selection = [
    "ImportExportXml": [
      "connectionreferences": ["connectionreference": .everything],
      "Workflows": ["Workflow": Workflow.selection],
      "CanvasApps": ["CanvasApp": CanvasApp.selection],
      "Connectors": ["Connector": CustomConnector.Fragment.selection],
    ]
  ]

  /// A second look, at everything, only where such an element is.
  private static func others(in bytes: [UInt8]) throws(Unreadable) -> Component {
    var component = Component()
    if mentions("<connectionreferencelogicalname>", in: bytes) {
      component.search(try Element(file: bytes, keeping: .everything), below: "")
    }
    return component
  }

  /// The consumers in the file at `path`.
  func consumers(in path: String) -> [Consumer] {
    let id = path.lastPart.lowercased()
    var consumers = apps.map { $0.consumer(in: path, fallback: id) }
    consumers += workflows.compactMap { $0.desktopFlow(in: path, fallback: id) }
    if !others.links.isEmpty {
      consumers.append(
        Consumer(
          kind: .component, id: id, name: path.lastPart, path: path, links: others.links))
    }
    return consumers
  }
}
