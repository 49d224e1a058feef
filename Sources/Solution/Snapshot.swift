/// The solutions of a revision at one moment.
package struct Snapshot: Sendable {
  /// Ordered by folder, then by unique name.
  package let instances: [Instance]
  /// Ordered by path. Empty until somebody asks: most comparisons never need them.
  package let settings: [SettingsFile]

  package init(instances: [Instance], settings: [SettingsFile] = []) {
    self.instances = instances
    self.settings = settings
  }

  package static let empty = Snapshot(instances: [])
}
