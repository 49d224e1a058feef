/// Commits waiting to be walked, the newest first by commit date; of equal dates, the one inserted
/// first. A binary heap.
struct CommitQueue {
  private struct Item {
    let commit: Commit
    let date: Int64
    let order: Int
  }

  private var items: [Item] = []
  private var count = 0

  var newest: Commit? { items.first?.commit }

  mutating func insert(_ commit: Commit) {
    count += 1
    items.append(Item(commit: commit, date: commit.commitDate, order: count))
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard precedes(child, parent) else { return }
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
        if precedes(child, first) { first = child }
      }
      guard first != parent else { return newest.commit }
      items.swapAt(parent, first)
      parent = first
    }
  }

  /// By position: an item taken out of the list is copied whole, and nothing is asked as often.
  private func precedes(_ left: Int, _ right: Int) -> Bool {
    let dates = (items[left].date, items[right].date)
    return dates.0 == dates.1 ? items[left].order < items[right].order : dates.0 > dates.1
  }
}
