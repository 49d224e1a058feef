internal import Parsing
import Platform
import Solution

/// Reads one mapping of a policy file, key by key, and keeps what is wrong with it.
///
/// Unknown keys are faults: a misspelled key would otherwise be a rule that is not there.
struct PolicySection {
  let node: Node
  /// Keys from the root, with a dot at the end: `naming.`; empty for the root.
  let prefix: String
  private(set) var faults: [PolicyError.Fault] = []
  private(set) var origins: [String: Place] = [:]
  private var asked: Set<String> = []
  private let file: String

  init(_ node: Node, prefix: String = "", file: String) {
    self.node = node
    self.prefix = prefix
    self.file = file
    if node.mapping == nil, !(node.scalar?.isEmpty ?? false) {
      fault(
        node,
        "\(prefix.isEmpty ? "the file" : "'\(prefix.dropLast())'") must be a mapping of keys to values"
      )
    }
  }

  mutating func fault(_ node: Node, _ message: String) {
    faults.append(PolicyError.Fault(place: place(node), message: message))
  }

  func place(_ node: Node) -> Place { Place(path: file, line: node.line) }

  /// The value of a key, which counts as known from now on.
  mutating func child(_ key: String) -> Node? {
    asked.insert(key)
    guard let child = node.child(key) else { return nil }
    origins[prefix + key] = place(child)
    return child
  }

  /// A text that is not empty.
  mutating func text(_ key: String) -> String? {
    guard let child = child(key) else { return nil }
    guard let text = child.scalar, !text.isEmpty else {
      fault(child, "'\(prefix)\(key)' must be a text")
      return nil
    }
    return text
  }

  mutating func number(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let child = child(key) else { return nil }
    guard let number = child.scalar.flatMap({ Int($0) }), range.contains(number) else {
      fault(
        child,
        "'\(prefix)\(key)' must be a number from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return number
  }

  mutating func flag(_ key: String) -> Bool? {
    guard let child = child(key) else { return nil }
    switch child.scalar?.lowercased() {
    case "true", "yes": return true
    case "false", "no": return false
    default:
      fault(child, "'\(prefix)\(key)' must be true or false")
      return nil
    }
  }

  /// One text, or a list of them; each with the node that holds it.
  mutating func texts(_ key: String) -> [(text: String, node: Node)] {
    guard let child = child(key) else { return [] }
    let nodes = child.sequence ?? [child]
    var texts: [(String, Node)] = []
    for node in nodes {
      guard let text = node.scalar, !text.isEmpty else {
        fault(node, "'\(prefix)\(key)' must be a text or a list of texts")
        continue
      }
      texts.append((text, node))
    }
    return texts
  }

  mutating func wildcards(_ key: String) -> [WildcardText] {
    texts(key).map { WildcardText($0.text) }
  }

  /// A section below a key; nil where there is none.
  mutating func section(_ key: String) -> PolicySection? {
    child(key).map { PolicySection($0, prefix: "\(prefix)\(key).", file: file) }
  }

  /// The sections of a list.
  mutating func entries(_ key: String) -> [PolicySection] {
    guard let child = child(key) else { return [] }
    guard let nodes = child.sequence else {
      fault(child, "'\(prefix)\(key)' must be a list")
      return []
    }
    return nodes.enumerated().map { number, node in
      PolicySection(node, prefix: "\(prefix)\(key)[\(number)].", file: file)
    }
  }

  /// A text that must be there.
  mutating func required(_ key: String) -> String? {
    if node.child(key) == nil {
      asked.insert(key)
      fault(node, "'\(prefix)\(key)' is missing")
      return nil
    }
    return text(key)
  }

  /// A day such as 2027-03-31.
  mutating func day(_ key: String) -> Day? {
    guard let text = text(key) else { return nil }
    guard let day = Day(text) else {
      fault(node.child(key) ?? node, "'\(text)' is not a valid date: write it as 2027-03-31")
      return nil
    }
    return day
  }

  /// Every key with the section below it, in the order of the file, for keys that users choose.
  mutating func namedSections() -> [(name: String, section: PolicySection)] {
    node.keys.compactMap { key in
      guard let child = child(key) else { return nil }
      return (key, PolicySection(child, prefix: "\(prefix)\(key).", file: file))
    }
  }

  /// Takes over what a section below found, and what it did not know.
  mutating func finish(_ section: consuming PolicySection) {
    section.refuseUnknownKeys()
    faults += section.faults
    origins.merge(section.origins) { $1 }
  }

  /// A fault for each key that no caller has read, with the one that was perhaps meant.
  mutating func refuseUnknownKeys() {
    for key in node.mapping?.map(\.key) ?? [] {
      guard let name = key.scalar else {
        fault(key, "a key must be a text")
        continue
      }
      guard !asked.contains(name) else { continue }
      let known = asked.sorted()
      let meant = Spelling.nearest(to: name, in: known)
      fault(
        key,
        "there is no key '\(prefix)\(name)'"
          + (meant.map { ": did you mean '\($0)'?" }
            ?? (known.isEmpty ? "" : "; known are \(known.joined(separator: ", "))")))
    }
  }
}
