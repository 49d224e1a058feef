package import Platform

/// A saved answer of the Dataverse Web API: a page of one table's rows.
///
/// | shape | origin |
/// | --- | --- |
/// | `{"@odata.context": …, "value": [row, …], "@odata.nextLink": …}` | a page as received |
/// | `[row, …]` | the rows alone, as scripts write them |
/// | `{"@odata.context": …, "<table>id": …}` | one row, requested by its id |
/// | `{"error": {"code": …, "message": …}}` | the environment refused |
///
/// Keys are compared without letter case; annotations (`…@OData.Community.Display.V1.FormattedValue`)
/// are other keys. Any encoding that PowerShell writes is read.
///
/// Source: "Query data using the Web API" of Microsoft's documentation.
package struct LiveAnswer: Sendable {
  /// The requested columns, by name in lower case; a null is left out, a number or a boolean is its
  /// text.
  struct Row: Sendable {
    let fields: [String: String]
    let line: Int
  }

  package let table: EnvironmentTable
  let rows: [Row]
  /// Where the next page was to be had; nil on the last one.
  let nextLink: String?
  /// The environment's host, in lower case; nil where the file does not say.
  let host: String?
  /// True for a file of a saved inventory, which is whole only with its manifest.
  let isOfInventory: Bool

  /// Fails for a file that is no answer, with a sentence that says what it is instead.
  package static func read(_ file: [UInt8]) throws(Unreadable) -> LiveAnswer {
    let text = try Text(file)
    let first = text.bytes.first { $0 > UInt8(ascii: " ") }
    if first == UInt8(ascii: "<") {
      throw Unreadable(
        "is HTML, not JSON, most likely the sign-in page: the request carried no valid token\n"
          + "hint: connref inventory fetch asks with a valid one")
    }
    guard first != nil else { throw Unreadable("is empty") }
    var page = Page(text)
    try page.read()
    return try page.answer()
  }

  /// A file in the course of being read.
  private struct Page {
    private var reader: JSONReader
    private var lines: LineCounter
    private var rows: [Row] = []
    private var hasRows = false
    private var context: String?
    private var nextLink: String?
    private var refusal: String?
    private var isOfInventory = false

    init(_ text: Text) {
      reader = JSONReader(text.bytes)
      lines = LineCounter(text.bytes)
    }

    mutating func read() throws(Unreadable) {
      switch reader.kind() {
      case .array: try readRows()
      case .object: try readEnvelope()
      default: throw Unreadable("is not an answer of the Web API: neither an object nor a list")
      }
      try reader.finish()
    }

    private mutating func readEnvelope() throws(Unreadable) {
      var fields: [String: String] = [:]
      let line = lines.line(at: reader.position)
      try reader.enterObject()
      while let key = try reader.nextKey() {
        let name = reader.value(of: key).lowercased()
        switch (name, reader.kind()) {
        case ("value", .array): try readRows()
        case ("error", .object): try readRefusal()
        default:
          guard let value = try scalar() else { continue }
          switch name {
          case "@odata.context": context = value
          case "@odata.nextlink": nextLink = value
          case "connref.inventory": isOfInventory = true
          default: fields[name] = value
          }
        }
      }
      // One row, requested by its id.
      if !hasRows, EnvironmentTable.recognizable.contains(where: { fields[$0.id] != nil }) {
        rows = [Row(fields: fields, line: line)]
        hasRows = true
      }
    }

    private mutating func readRows() throws(Unreadable) {
      hasRows = true
      try reader.enterArray()
      while try reader.nextElement() {
        guard let start = try reader.enterObjectIfAny() else { continue }
        var fields: [String: String] = [:]
        let line = lines.line(at: start)
        while let key = try reader.nextKey() {
          let name = reader.value(of: key)
          if let value = try scalar(), !name.contains("@") { fields[name.lowercased()] = value }
        }
        rows.append(Row(fields: fields, line: line))
      }
    }

    private mutating func readRefusal() throws(Unreadable) {
      refusal = "no reason given"
      try reader.enterObject()
      while let key = try reader.nextKey() {
        let isMessage = reader.isEqualIgnoringCase(key, "message")
        if let value = try scalar(), isMessage { refusal = value }
      }
    }

    /// A string, or the text of a number or a boolean; nil for null, an object or an array.
    private mutating func scalar() throws(Unreadable) -> String? {
      switch reader.kind() {
      case .string: return reader.value(of: try reader.string())
      case .number, .literal:
        let start = reader.position
        try reader.skip()
        let text = String(decoding: reader.bytes[start..<reader.position], as: UTF8.self)
        return text == "null" ? nil : text
      default:
        try reader.skip()
        return nil
      }
    }

    func answer() throws(Unreadable) -> LiveAnswer {
      if let refusal {
        throw Unreadable("holds no rows: the environment answered with an error: \(refusal)")
      }
      let named = context.flatMap(Self.table)
      guard hasRows || named != nil else {
        throw Unreadable("is not an answer of the Web API: it has no list 'value'")
      }
      let found = EnvironmentTable.recognizable.first { table in
        rows.contains { $0.fields[table.id] != nil }
      }
      let wanted = EnvironmentTable.usual.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      if let named, EnvironmentTable(rawValue: named) == nil {
        throw Unreadable("holds rows of '\(named)'; an audit reads \(wanted)")
      }
      guard let table = named.flatMap(EnvironmentTable.init) ?? found else {
        throw Unreadable("does not say of which table its rows are; an audit reads \(wanted)")
      }
      return LiveAnswer(
        table: table, rows: rows, nextLink: nextLink,
        host: (context ?? nextLink).flatMap { URLHost.host(of: $0) }, isOfInventory: isOfInventory)
    }

    /// `https://host/api/data/v9.2/$metadata#workflows(name,statecode)`: the table.
    private static func table(ofContext context: String) -> String? {
      guard let hash = context.lastIndex(of: "#") else { return nil }
      let name = context[context.index(after: hash)...].prefix { $0.isLetter || $0 == "_" }
      return name.isEmpty ? nil : name.lowercased()
    }
  }
}

extension EnvironmentTable {
  /// Those that a script saves, if it saves anything.
  static let usual: [EnvironmentTable] = [.references, .flows, .users]

  /// The tables that are recognised by their columns: a connection's id is a column of a reference too.
  fileprivate static let recognizable = allCases.filter { $0 != .connections }
}
