import Platform
import Solution

/// The order in which a list has its references.
struct RowOrder {
  /// The place of a new row.
  struct Place {
    /// The index of the entry beside it.
    let entry: Int
    let isBefore: Bool
    /// The index of the reference beside it.
    fileprivate let group: Int
  }

  /// Adjacent rows of one reference: more than one in user settings.
  private struct Group {
    let name: LogicalName
    var entries: [(index: Int, row: PlacedRow)]
  }

  private enum Sorting {
    case ordinal, ignoringCase
  }

  private let groups: [Group]
  private let sorting: Sorting?
  /// How many parts the rows of each group have.
  private let partCounts: [Int]
  /// How many most have at least.
  private let usualCount: Int

  /// Nil for a list without a row.
  init?(_ list: SettingsList, in text: MappedText) {
    var groups: [Group] = []
    let rows = list.rows.keyed(by: \.entry)
    for (index, entry) in list.entries.enumerated() {
      guard let row = rows[entry.range] else { continue }
      if groups.last?.name == row.row.reference {
        groups[groups.count - 1].entries.append((index, row))
      } else {
        groups.append(Group(name: row.row.reference, entries: [(index, row)]))
      }
    }
    guard !groups.isEmpty else { return nil }
    self.groups = groups
    let spellings = groups.map(\.name.spelling)
    let keys = groups.map(\.name.key)
    // One row is in every order.
    sorting =
      groups.count < 2
      ? nil
      : spellings == spellings.sorted() ? .ordinal : keys == keys.sorted() ? .ignoringCase : nil
    partCounts = groups.map { group in
      group.entries.reduce(0) {
        $0 + RowStyle(of: list.entries[$1.index], list.shape, in: text).parts.count
      }
    }
    usualCount = partCounts.sorted()[partCounts.count / 2]
  }

  func sorted(_ rows: [NewRow]) -> [NewRow] {
    rows.sorted { precedes($0.name, $1.name) }
  }

  func place(of name: LogicalName) -> Place {
    let last = groups.count - 1
    let next = sorting == nil ? nil : firstGroup(behind: name)
    if next == 0 { return Place(entry: groups[0].entries[0].index, isBefore: true, group: 0) }
    let group = next.map { $0 - 1 } ?? last
    return Place(
      entry: groups[group].entries.last?.index ?? 0, isBefore: false, group: group)
  }

  /// In a list that is in order.
  private func firstGroup(behind name: LogicalName) -> Int? {
    var (start, end) = (0, groups.count)
    while start < end {
      let middle = (start + end) / 2
      if precedes(name, groups[middle].name) { end = middle } else { start = middle + 1 }
    }
    return start < groups.count ? start : nil
  }

  /// The rows of the nearest reference that says as much as most do.
  func model(near place: Place, in list: SettingsList) -> [(index: Int, row: PlacedRow)] {
    let nearest = (0..<groups.count).lazy.flatMap { distance in
      // Of two that are as near, the one before.
      distance == 0 ? [place.group] : [place.group - distance, place.group + distance]
    }.filter { groups.indices.contains($0) }
    let model = nearest.first { partCounts[$0] >= usualCount } ?? place.group
    // Two rows of one name are a mistake, and none to be repeated.
    return list.shape == .userSetting
      ? groups[model].entries : Array(groups[model].entries.prefix(1))
  }

  private func precedes(_ left: LogicalName, _ right: LogicalName) -> Bool {
    sorting == .ordinal ? left.spelling < right.spelling : left < right
  }
}
