import Solution

/// The order in which a list has its references.
struct RowOrder {
  /// Where a new row goes.
  struct Place {
    /// The index of the entry beside it.
    let entry: Int
    let isBefore: Bool
    /// The index of the reference beside it.
    fileprivate let group: Int
  }

  /// The rows of one reference that stand together: more than one in user settings.
  private struct Group {
    let name: LogicalName
    var entries: [(index: Int, row: PlacedRow)]
  }

  private enum Sorting {
    case ordinal, ignoringCase
  }

  private let groups: [Group]
  private let sorting: Sorting?

  /// Nil for a list without a row.
  init?(_ list: SettingsList) {
    var groups: [Group] = []
    for (index, entry) in list.entries.enumerated() {
      guard let row = list.rows.first(where: { $0.entry == entry.range }) else { continue }
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
  }

  func sorted(_ rows: [NewRow]) -> [NewRow] {
    rows.sorted { precedes($0.name, $1.name) }
  }

  func place(of name: LogicalName) -> Place {
    let last = groups.count - 1
    let next = sorting == nil ? nil : groups.firstIndex { precedes(name, $0.name) }
    if next == 0 { return Place(entry: groups[0].entries[0].index, isBefore: true, group: 0) }
    let group = next.map { $0 - 1 } ?? last
    return Place(
      entry: groups[group].entries.last?.index ?? 0, isBefore: false, group: group)
  }

  /// The rows of the nearest reference that says as much as most do.
  func model(
    near place: Place, in list: SettingsList, _ text: MappedText
  ) -> [(index: Int, row: PlacedRow)] {
    func parts(_ group: Group) -> [[RowStyle.Part]] {
      group.entries.map { RowStyle(of: list.entries[$0.index], list.shape, in: text).parts }
    }
    let counts = groups.map { parts($0).joined().count }
    let usual = counts.sorted()[counts.count / 2]
    let nearest = groups.indices.sorted {
      (abs($0 - place.group), $0) < (abs($1 - place.group), $1)
    }
    let model = nearest.first { counts[$0] >= usual } ?? place.group
    // Two rows of one name are a mistake, and none to be repeated.
    return list.shape == .userSetting
      ? groups[model].entries : Array(groups[model].entries.prefix(1))
  }

  private func precedes(_ left: LogicalName, _ right: LogicalName) -> Bool {
    sorting == .ordinal ? left.spelling < right.spelling : left < right
  }
}
