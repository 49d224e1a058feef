import Synchronization

/// Makes folders, and hands out the one that exists for equal content. Copies are one pool: give one to
/// each worker.
///
/// A folder lives as long as it is referenced, so a long history costs what is looked at, not all
/// that ever existed; and as long as it lives, no other is equal to it.
package struct FolderPool: Sendable {
  private final class Table: Sendable {
    let state = Mutex(State())
  }

  private struct State {
    /// By a hash of what is in them.
    var folders: [Int: [WeakFolder]] = [:]
    /// Of lists to be looked through for folders that live no more.
    var sweepCount = 1 << 14
  }

  private struct WeakFolder: Sendable {
    weak var folder: Folder?
  }

  private let table = Table()

  package init() {}

  /// The folder with these files and children, in any order; nil when there is nothing in it.
  package mutating func folder(
    files: [Folder.File], children: [(name: String, folder: Folder)]
  ) -> Folder? {
    shared(
      files.sorted { $0.name < $1.name },
      children.map { Folder.Child(name: $0.name, folder: $0.folder) }
        .sorted { $0.name < $1.name })
  }

  /// A file or a child of some name, or nil where there is none.
  package typealias Change<Item> = (name: String, item: Item?)

  /// The folder that differs from `former` in these files and children, in any order; nil when nothing
  /// is left in it. Costs little where little changed: names are shared, and nothing is sorted.
  ///
  /// - Parameter former: nil where there was nothing in it.
  package mutating func folder(
    like former: Folder?, changing files: [Change<Folder.File>],
    children: [Change<Folder>]
  ) -> Folder? {
    if files.isEmpty, children.isEmpty { return former }
    let keepsNames = children.allSatisfy { $0.item != nil && former?.child($0.name) != nil }
    return shared(
      Self.changed(former?.files ?? [], by: \.name, files),
      Self.changed(
        former?.children ?? [], by: \.name,
        children.map { child in
          (child.name, child.item.map { Folder.Child(name: child.name, folder: $0) })
        }
      ), layout: keepsNames ? former?.layout : nil)
  }

  /// Both in order.
  private static func changed<Item>(
    _ items: [Item], by name: (Item) -> String, _ changes: [Change<Item>]
  ) -> [Item] {
    guard !changes.isEmpty else { return items }
    var changed: [Item] = []
    changed.reserveCapacity(items.count + changes.count)
    var rest = items[...]
    for change in changes.sorted(by: { $0.name < $1.name }) {
      var (low, high) = (rest.startIndex, rest.endIndex)
      while low < high {
        let middle = (low + high) / 2
        if name(items[middle]) < change.name { low = middle + 1 } else { high = middle }
      }
      changed += rest[..<low]
      let isThere = low < rest.endIndex && name(items[low]) == change.name
      rest = rest[(isThere ? low + 1 : low)...]
      if let item = change.item { changed.append(item) }
    }
    changed += rest
    return changed
  }

  private func shared(
    _ files: [Folder.File], _ children: [Folder.Child], layout: Folder.ChildLayout? = nil
  ) -> Folder? {
    guard !files.isEmpty || !children.isEmpty else { return nil }
    let key = Self.hash(files, children)
    return table.state.withLock { state in
      var alike = state.folders[key] ?? []
      let known = alike.lazy.compactMap(\.folder).first { folder in
        folder.files == files && folder.children.count == children.count
          && zip(folder.children, children).allSatisfy {
            $0.folder === $1.folder && $0.name == $1.name
          }
      }
      if let known { return known }
      let folder = Folder(files: files, children: children, layout: layout)
      alike.removeAll { $0.folder == nil }
      alike.append(WeakFolder(folder: folder))
      state.folders[key] = alike
      if state.folders.count > state.sweepCount {
        state.folders = state.folders.filter { $0.value.contains { $0.folder != nil } }
        state.sweepCount = max(1 << 14, state.folders.count * 2)
      }
      return folder
    }
  }

  /// Without the names: folders whose files have equal contents are mostly equal.
  private static func hash(_ files: [Folder.File], _ children: [Folder.Child]) -> Int {
    var hasher = Hasher()
    for file in files { hasher.combine(file.content) }
    for child in children { hasher.combine(ObjectIdentifier(child.folder)) }
    return hasher.finalize()
  }
}
