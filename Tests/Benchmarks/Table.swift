import Foundation

/// A line of the table.
struct Row {
  let name: String
  let figure: Double
  let unit: String
  var goal: Double?
  /// At its peak, in MB.
  var memory: Double?
  var beside: Double?
  var besideName = ""
}

enum Table {
  static let heading =
    "what                                   figure     goal    memory    beside   ratio"

  static func print(_ row: Row) {
    let cells = [
      row.name.padding(toLength: 34, withPad: " ", startingAt: 0),
      Self.cell(row.figure, row.unit),
      Self.cell(row.goal, row.unit, digits: 0),
      Self.cell(row.memory, "MB", digits: 0),
      Self.cell(row.beside, row.unit),
      Self.cell(row.beside.map { row.figure / $0 }, "x"),
    ]
    Swift.print(cells.joined() + (row.besideName.isEmpty ? "" : "  " + row.besideName))
    // Each row as soon as it is known, also into a pipe.
    fflush(nil)
  }

  private static func cell(_ value: Double?, _ unit: String, digits: Int = 1) -> String {
    let text = value.map { number in
      let scale = pow(10, Double(digits))
      let rounded = (number * scale).rounded() / scale
      return (digits == 0 ? String(Int(rounded)) : String(rounded)) + " " + unit
    }
    let shown = text ?? "-"
    return String(repeating: " ", count: max(10 - shown.count, 1)) + shown
  }
}
