/// The solutions of a revision at one moment.
package struct Snapshot: Sendable {
  /// Ordered by folder, then by unique name.
  package let instances: [Instance]
  /// Ordered by path. Empty until requested: most comparisons never need them.
  package var settings: [SettingsFile]
  /// Ordered by path.
  package let exports: [EnvironmentExport]
  private let index: InstanceIndex
  private let releases: ReleaseIndex

  /// - Parameter former: Another revision, which mostly declares the same: then the two share what is
  ///   known of their declarations.
  package init(
    instances: [Instance], settings: [SettingsFile] = [], exports: [EnvironmentExport] = [],
    like former: Snapshot? = nil
  ) {
    self.instances = instances
    self.settings = settings
    self.exports = exports
    let known = former.flatMap { $0.index.serves(instances) ? $0.index : nil }
    index = known ?? InstanceIndex(instances)
    let releases = former.flatMap { $0.releases.serves(instances) ? $0.releases : nil }
    self.releases = releases ?? ReleaseIndex(instances)
  }

  /// The instances that declare `name`, in full or as a stub, in their order.
  package func declarers(of name: LogicalName) -> [Instance] {
    index.declarers(of: name).map { instances[Int($0)] }
  }

  /// The instances of which a later version of the same line is here too, in their order. A folder precedes a
  /// zip: a build of a later version overtakes no folder.
  package var overtakenReleases: [Instance] { releases.overtaken.map { instances[$0] } }

  package static let empty = Snapshot(instances: [])
}
