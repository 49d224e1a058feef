import Foundation

/// A line of the table.
struct Row {
  let name: String
  let figure: Double
  let unit: String
  /// The most that it should be: of the figure, or of the ratio where the unit is `x`.
  var goal: (value: Double, unit: String)?
  /// Of all cores together, in milliseconds.
  var processor: Double?
  /// At its peak, in MB.
  var memory: Double?
  var beside: Double?
  var besideName = ""
}

enum Table {
  static let heading =
    "what                                    figure       CPU    memory    beside     ratio      goal"

  static func print(_ row: Row) {
    let cells = [
      row.name.padding(toLength: max(34, row.name.count), withPad: " ", startingAt: 0),
      cell(row.figure, row.unit), cell(row.processor, "ms"),
      cell(row.memory, "MB", digits: 0), cell(row.beside, row.unit),
      cell(row.beside.map { row.figure / $0 }, "x", digits: 2),
      cell(row.goal?.value, row.goal?.unit ?? ""),
    ]
    note(cells.joined() + (row.besideName.isEmpty ? "" : "  " + row.besideName))
  }

  /// A line that is no row: what was left out, and why; what a comparison means.
  static func note(_ text: String) {
    Swift.print(text)
    // Each line as soon as it is known, also into a pipe.
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
