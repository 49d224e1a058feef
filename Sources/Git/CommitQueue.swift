/// Commits waiting to be walked, the newest first by commit date; of equal dates, the one that came
/// first. A binary heap.
struct CommitQueue {
  private struct Item {
    let commit: Commit
    let order: Int
  }

  private var items: [Item] = []
  private var count = 0

  var isEmpty: Bool { items.isEmpty }
  var newest: Commit? { items.first?.commit }

  mutating func insert(_ commit: Commit) {
    count += 1
    items.append(Item(commit: commit, order: count))
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard Self.precedes(items[child], items[parent]) else { return }
      items.swapAt(child, parent)
      child = parent
    }
  }

  mutating func popNewest() -> Commit? {
    guard let newest = items.first, let last = items.popLast() else { return nil }
    guard !items.isEmpty else { return newest.commit }
    items[0] = last
    var parent = 0
    while true {
      var first = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < items.count {
        if Self.precedes(items[child], items[first]) { first = child }
      }
      guard first != parent else { return newest.commit }
      items.swapAt(parent, first)
      parent = first
    }
  }

  private static func precedes(_ left: Item, _ right: Item) -> Bool {
    left.commit.commitDate == right.commit.commitDate
      ? left.order < right.order : left.commit.commitDate > right.commit.commitDate
  }
}
