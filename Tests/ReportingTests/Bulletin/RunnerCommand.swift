/// A line of a log as a build server's agent reads it, written from what the agents do.
struct RunnerCommand: Equatable {
  /// Agents compare scalars; Swift's characters hold combining marks too.
  private typealias Scalars = Substring.UnicodeScalarView

  let name: String
  let properties: [String: String]
  let data: String

  /// `::name key=value,key=value::data` where it begins a line, white space aside: actions/runner,
  /// `ActionCommand.TryParseV2`.
  init?(gitHub line: Substring) {
    let line = line.unicodeScalars.drop { $0.properties.isWhitespace }
    let mark = Scalars(Substring("::").unicodeScalars)
    guard line.starts(with: mark), let end = line.dropFirst(2).firstRange(of: mark) else {
      return nil
    }
    let (name, properties) = Self.parts(
      of: line.dropFirst(2)[..<end.lowerBound], separator: ",",
      [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")])
    self.name = name
    self.properties = properties
    data = Self.unescaped(
      line[end.upperBound...], [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")])
  }

  /// `##vso[name key=value;key=value]data`, anywhere in a line.
  init?(azure line: Substring) {
    let line = line.unicodeScalars
    guard let start = line.firstRange(of: Substring("##vso[").unicodeScalars),
      let end = line[start.upperBound...].firstIndex(of: "]")
    else { return nil }
    let mapping = [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")]
    let (name, properties) = Self.parts(
      of: line[start.upperBound..<end], separator: ";", mapping)
    self.name = name
    self.properties = properties
    data = Self.unescaped(line[line.index(after: end)...], mapping)
  }

  private static func parts(
    of command: Scalars, separator: Unicode.Scalar, _ mapping: [(String, String)]
  ) -> (String, [String: String]) {
    let space = command.firstIndex(of: " ") ?? command.endIndex
    var properties: [String: String] = [:]
    for property in command[space...].dropFirst().split(separator: separator) {
      let pair = property.split(separator: "=", maxSplits: 1)
      if pair.count == 2 { properties[String(pair[0])] = unescaped(pair[1], mapping) }
    }
    return (String(command[..<space]), properties)
  }

  /// One after the other, the percent sign last.
  private static func unescaped(_ text: Scalars, _ mapping: [(String, String)]) -> String {
    let bytes = mapping.reduce(Array(String(text).utf8)) {
      $0.replacing(Array($1.0.utf8), with: Array($1.1.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
