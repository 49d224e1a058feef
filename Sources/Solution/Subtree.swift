/// What a folder and all below it hold, at one path. Shared between revisions, so a revision costs
/// what differs in it; only folders with something in them are linked.
final class Subtree: Sendable {
  struct Key: Hashable, Sendable {
    let folder: ObjectIdentifier
    let path: String
  }

  /// Kept alive, so that the identifier in the key never comes to mean another folder.
  let folder: Folder
  let instances: [Instance]
  let settings: [SettingsFile]
  let exports: [EnvironmentExport]
  let problems: [Problem]
  let children: [Subtree]

  init(
    folder: Folder, instances: [Instance] = [], settings: [SettingsFile] = [],
    exports: [EnvironmentExport] = [], problems: [Problem], children: [Subtree]
  ) {
    self.folder = folder
    self.instances = instances
    self.settings = settings
    self.exports = exports
    self.problems = problems
    self.children = children.filter { !$0.isEmpty }
  }

  private var isEmpty: Bool {
    instances.isEmpty && settings.isEmpty && exports.isEmpty && problems.isEmpty && children.isEmpty
  }

  /// Calls `body` with this and every linked subtree below.
  func visit(_ body: (Subtree) -> Void) {
    body(self)
    for child in children { child.visit(body) }
  }
}
