import Platform

/// Finds rows of a table that were sent twice, and rows that contradict each other.
struct RowIndex {
  private let table: EnvironmentTable
  private var digests: [String: UInt64] = [:]

  init(_ table: EnvironmentTable) { self.table = table }

  var count: Int { digests.count }

  /// The lines of the rows that are new. Throws for two different rows with one id: an answer like that is
  /// damaged, and it is unknown which row is right.
  @discardableResult
  mutating func add(_ rows: [Row]) throws -> [String] {
    try rows.compactMap { row in
      guard let id = row.text(table.id)?.lowercased(), !id.isEmpty else {
        throw FetchFailure("a row of '\(table.rawValue)' has no '\(table.id)'")
      }
      let line = try row.line()
      let digest = fnv1a(line.utf8)
      guard let known = digests.updateValue(digest, forKey: id) else { return line }
      guard known == digest else {
        throw FetchFailure(
          "two different rows of '\(table.rawValue)' have the id \(id)",
          hint: "run it again: the environment was changed meanwhile, or its answer is damaged")
      }
      return nil
    }
  }
}
