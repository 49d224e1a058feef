import Solution

/// The names in a YAML file, line by line as `YAMLLines` reads it: a name is a scalar of one line.
struct YAMLNames {
  private let text: MappedText
  private let role: FileRole
  private var sites: [NameSite] = []

  static func sites(in text: MappedText, as role: FileRole) -> [NameSite] {
    var names = YAMLNames(text: text, role: role)
    var lines = YAMLLines()
    for line in text.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if let entry = lines.entry(in: line), let range = entry.scalarRange {
        names.read(entry.key.trimmingQuotes, range)
      }
    }
    return names.sites
  }

  private mutating func read(_ key: String, _ range: Range<Int>) {
    switch role {
    case .yamlComponents:
      if key == "@path", let name = ComponentPath.name(in: text, range) {
        let isReference = text.string(range).lowercased().hasPrefix(ComponentPath.references)
        sites.append(NameSite(isReference ? .member : .link(alias: nil), text, name))
      }
    case .yamlMissingDependencies:
      // The display name of a missing reference is its logical name once more.
      if LogicalName.isNamed(by: key) || key == "@displayName" { add(.dependency, range) }
    case .yamlReference:
      if key == "@connectionreferencelogicalname" { add(.declaration, range) }
    case .clone, .workspaceReference:
      if key == "connectionReferenceLogicalName" { add(.declaration, range) }
    case .agentPart, .clonePart:
      if key == "connectionReference" || LogicalName.isNamed(by: key) {
        add(.link(alias: nil), range)
      }
    default:
      if LogicalName.isNamed(by: key) {
        add(.link(alias: nil), range)
      } else {
        let inner = text.inner(range, escaping(before: range))
        if inner.looksLikeJSON { sites += JSONNames.sites(inside: inner) }
      }
    }
  }

  private mutating func add(_ kind: NameSite.Kind, _ range: Range<Int>) {
    let inner = text.inner(range, escaping(before: range))
    sites.append(NameSite(kind, inner, 0..<inner.bytes.count))
  }

  private func escaping(before range: Range<Int>) -> Escaping {
    switch range.lowerBound > 0 ? text.bytes[range.lowerBound - 1] : 0 {
    case UInt8(ascii: "'"): .singleQuotes
    case UInt8(ascii: "\""): .json
    default: .none
    }
  }
}

/// The path of a component as a solution lists it, and the folder that it names:
/// `/connectionreferences/<name>`, or that of a row, whose last key is the reference's.
package enum ComponentPath {
  package static let references = "/connectionreferences/"
  static let row = "connectionreferencelogicalname="

  /// The place of a logical name in the path at `range`; nil for another component.
  static func name(in text: MappedText, _ range: Range<Int>) -> Range<Int>? {
    let path = text.string(range)
    guard let name = name(in: path) else { return nil }
    let start = range.lowerBound + path[..<name.lowerBound].utf8.count
    return start..<(start + path[name].utf8.count)
  }

  /// The logical name that a path holds as a part of its own.
  package static func name(in path: String) -> Range<String.Index>? {
    let lower = path.lowercased()
    // Letters that change their length with their case occur in no such path.
    guard lower.utf8.count == path.utf8.count else { return nil }
    func place(_ index: String.Index) -> String.Index {
      path.utf8.index(path.startIndex, offsetBy: lower[..<index].utf8.count)
    }
    if lower.hasPrefix(references) {
      let start = lower.index(lower.startIndex, offsetBy: references.count)
      let end = lower[start...].firstIndex(of: "/") ?? lower.endIndex
      return start < end ? place(start)..<place(end) : nil
    }
    guard let key = lower.range(ofLast: row) else { return nil }
    let end = lower[key.upperBound...].firstIndex { $0 == "/" || $0 == "," } ?? lower.endIndex
    return key.upperBound < end ? place(key.upperBound)..<place(end) : nil
  }
}

extension String {
  fileprivate func range(ofLast text: String) -> Range<Index>? {
    ranges(of: text).last
  }

  /// A key of YAML that begins with `@` is quoted.
  var trimmingQuotes: String {
    guard let first = utf8.first, first == UInt8(ascii: "'") || first == UInt8(ascii: "\""),
      utf8.count > 1, utf8.last == first
    else { return self }
    return String(dropFirst().dropLast())
  }
}
