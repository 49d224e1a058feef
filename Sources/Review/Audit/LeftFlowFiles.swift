import Detection
import Git
import Solution

/// Finds the files that an unpack left behind when a flow was renamed: of two files of one flow, the one
/// that was added last counts.
struct LeftFlowFiles {
  private let repository: Repository
  private let configuration: Configuration

  init(_ repository: Repository, covering configuration: Configuration) {
    self.repository = repository
    self.configuration = configuration
  }

  /// Their paths. Of files that were added in one commit, or before the commits that are looked at, each
  /// counts.
  ///
  /// - Parameter revision: nil for the files on the disk, or `HEAD` in a bare repository.
  func paths(in snapshot: Snapshot, at revision: String?) -> Set<String> {
    var open = snapshot.instances.flatMap(Self.groups)
    var left: Set<String> = []
    guard !open.isEmpty, let commit = try? repository.commitID(of: revision ?? "HEAD") else {
      return left
    }
    var loader = SnapshotLoader(repository, covering: configuration)
    var ancestors = Ancestors(of: [commit], in: repository)
    for _ in 0..<configuration.lookBack where !open.isEmpty {
      // What cannot be read shows no order.
      guard let commit = try? ancestors.next(), !commit.isBoundary,
        let tree = try? loader.tree(commit.tree)
      else { break }
      open = open.compactMap { group in
        let older = group.filter { tree.root?.file(at: $0) != nil }
        guard older.count < group.count else { return group }
        left.formUnion(older)
        return nil
      }
    }
    return left
  }

  /// The files of flows that are in several files of one solution.
  private static func groups(of instance: Instance) -> [[String]] {
    // The files of an archive are in no tree.
    guard instance.form != .archive else { return [] }
    let flows = instance.consumers.filter { $0.kind == .flow }
    guard Set(flows.map(\.id)).count < flows.count else { return [] }
    return Dictionary(grouping: flows, by: \.id).values.map { Set($0.map(\.path)).sorted() }
      .filter { $0.count > 1 }
  }
}
