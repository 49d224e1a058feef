/// A file at its place in a revision.
struct PlacedFile: Hashable {
  let path: String
  let file: Folder.File

  /// True for the two files of a cloned agent that say what it is.
  var isAgentItself: Bool {
    file.role == .clonePart
      && ["agent.mcs.yml", "settings.mcs.yml"].contains(file.name.lowercased())
  }
}

/// A folder at its place in a revision.
struct PlacedFolder {
  let path: String
  let folder: Folder

  /// A cloned agent begins here, with the list of what it uses: one file, or one for each reference.
  var isClone: Bool {
    folder.holds(.clone, .workspaceMarker) || !workspaceReferences.isEmpty
  }

  /// The references of an agent's workspace of the new kind that begins here.
  var workspaceReferences: [PlacedFile] {
    folder.children(named: "infrastructure").flatMap { child in
      let infrastructure = place(child)
      return child.folder.children(named: "connections").flatMap {
        infrastructure.place($0).files(.workspaceReference)
      }
    }
  }

  /// A cloned agent begins here, or one of its own agents does: those have no list.
  var beginsAgent: Bool {
    isClone
      || folder.holds(.clonePart)
        && folder.files.contains { PlacedFile(path: $0.name, file: $0).isAgentItself }
  }

  /// Where a cloned agent keeps the agents that are its own.
  var isInAgents: Bool {
    path.split(separator: "/").dropLast().last?.lowercased() == "agents"
  }

  /// The files with a role; submodules have none.
  func files(_ role: FileRole) -> [PlacedFile] {
    guard folder.holds(role) else { return [] }
    return folder.files.filter { $0.role == role && $0.kind != .submodule }
      .map { PlacedFile(path: path.appending(part: $0.name), file: $0) }
  }

  func place(_ child: Folder.Child) -> PlacedFolder {
    PlacedFolder(path: path.appending(part: child.name), folder: child.folder)
  }

  var children: [PlacedFolder] { folder.children.map(place) }
}

/// The parts of a folder that make it the root of a solution, found in one pass over its children.
struct Layout {
  let root: PlacedFolder
  /// `Other` of SolutionPackager; more than one where names differ by letter case alone.
  private(set) var others: [PlacedFolder] = []
  /// `Workflows` and `modernflows`.
  private(set) var flowFolders: [PlacedFolder] = []
  private(set) var solutions: [PlacedFolder] = []
  private(set) var connectionReferences: [PlacedFolder] = []
  private(set) var publishers: [PlacedFolder] = []
  /// `Connectors` of SolutionPackager, `connectors` of an agent's clone.
  private(set) var connectors: [PlacedFolder] = []
  /// Folders of other components that may use references, with files at any depth.
  private(set) var components: [PlacedFolder] = []
  /// Folders of flows that were exported as a package.
  private(set) var packagedFlows: [PlacedFolder] = []

  init(_ root: PlacedFolder) {
    self.root = root
    for child in root.folder.knownChildren {
      switch child.name.lowercased() {
      case "other": others.append(root.place(child))
      case "workflows", "modernflows": flowFolders.append(root.place(child))
      case "solutions": solutions.append(root.place(child))
      case "connectionreferences": connectionReferences.append(root.place(child))
      case "publishers": publishers.append(root.place(child))
      case "connectors": connectors.append(root.place(child))
      case "microsoft.flow":
        packagedFlows += child.folder.children(named: "flows").flatMap {
          root.place(child).place($0).children
        }
      case let name where Self.componentFolders.contains(name):
        components.append(root.place(child))
      default: break
      }
    }
  }

  private static let componentFolders: Set<String> = [
    "canvasapps", "botcomponents", "botcomponent_connectionreferenceset", "assets", "bots",
    "fxexpressions", "dvtablesearchs", "connectioninstances", "msdyn_aiconfigurations",
    "federatedknowledgeconfigurations", "msdyn_connectordatasources",
    "msdyn_dataflowconnectionreferences",
  ]

  private static let folders = componentFolders.union([
    "other", "workflows", "modernflows", "solutions", "connectionreferences", "publishers",
    "connectors", "microsoft.flow", "flows", "connections", "infrastructure",
  ])

  /// True for the name of a folder that has a part in a solution.
  ///
  /// - Parameter name: in lower case.
  static func isKnown(_ name: String) -> Bool { folders.contains(name) }
}

extension String {
  /// The path of a file or folder in this one; the empty path is the root.
  func appending(part: String) -> String { isEmpty ? part : "\(self)/\(part)" }

  /// The last part of a path.
  var lastPart: String {
    utf8.lastIndex(of: UInt8(ascii: "/")).map { String(self[utf8.index(after: $0)...]) } ?? self
  }
}
