/// A row of RFC 4180 that a spreadsheet shows and does not obey.
struct CSVRow {
  /// Signs that begin a formula in a spreadsheet, the full-width forms included.
  private static let formulaSigns: Set<Unicode.Scalar> = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]

  let cells: [PrintableText]

  /// The row with its line end, which the RFC has as CR LF.
  var text: String {
    cells.map { Self.quoted(Self.guarded($0.description)) }.joined(separator: ",") + "\r\n"
  }

  /// Puts an apostrophe before what begins a formula: in the cell, and after a semicolon in it, where
  /// many locales have the next cell begin. Tabs and line ends are escapes in printable text already.
  private static func guarded(_ text: String) -> String {
    var isAtStart = true
    return text.replacingScalars { scalar in
      defer { isAtStart = scalar == ";" || isAtStart && scalar == " " }
      return isAtStart && formulaSigns.contains(scalar) ? "'\(scalar)" : nil
    }
  }

  private static func quoted(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { [",", "\"", ";", " "].contains($0) }) else {
      return text
    }
    return "\"\(text.replacingScalars { $0 == "\"" ? "\"\"" : nil })\""
  }
}
