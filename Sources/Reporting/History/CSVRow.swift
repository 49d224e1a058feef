/// A row of RFC 4180 that a spreadsheet shows and does not obey.
struct CSVRow {
  /// What a spreadsheet takes for the beginning of a formula, the full-width forms included.
  private static let formulaSigns: Set<Character> = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]

  private let cells: [PrintableText]

  init(_ cells: [PrintableText]) {
    self.cells = cells
  }

  /// The row with its line end, which the RFC has as CR LF.
  var text: String {
    cells.map { Self.quoted(Self.guarded($0.description)) }.joined(separator: ",") + "\r\n"
  }

  /// Puts an apostrophe before what begins a formula: in the cell, and after a semicolon in it, where
  /// many locales have the next cell begin. Tabs and line ends are escapes in printable text already.
  private static func guarded(_ text: String) -> String {
    var guarded = ""
    var isAtStart = true
    for character in text {
      if isAtStart, formulaSigns.contains(character) { guarded.append("'") }
      guarded.append(character)
      isAtStart = character == ";" || isAtStart && character == " "
    }
    return guarded
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0 == ";" || $0 == " " }) else {
      return text
    }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
