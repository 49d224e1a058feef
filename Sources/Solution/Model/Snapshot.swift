/// The solutions of a revision at one moment.
package struct Snapshot: Sendable {
  /// Ordered by folder, then by unique name.
  package let instances: [Instance]
  /// Ordered by path. Empty until requested: most comparisons never need them.
  package var settings: [SettingsFile]
  /// Ordered by path.
  package let exports: [EnvironmentExport]

  package init(
    instances: [Instance], settings: [SettingsFile] = [], exports: [EnvironmentExport] = []
  ) {
    self.instances = instances
    self.settings = settings
    self.exports = exports
  }

  package static let empty = Snapshot(instances: [])
}
