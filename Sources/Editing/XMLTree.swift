internal import Parsing
internal import Solution

/// An XML document with everything in it, each at its place: for those who change a file. `Element`
/// of `Parsing` is for those who read.
struct XMLTree: Sendable {
  struct Attribute: Sendable {
    let name: String
    /// Without the quotes.
    let value: Range<Int>
  }

  struct Node: Sendable {
    let name: String
    fileprivate(set) var attributes: [Attribute] = []
    fileprivate(set) var children: [Node] = []
    /// From the start tag to the end of the end tag.
    fileprivate(set) var range: Range<Int>
    /// Between the two tags; nil for an element that is closed in its own tag.
    fileprivate(set) var content: Range<Int>?

    func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }

    func child(_ name: String) -> Node? { children.first { $0.name == name } }
  }

  let root: Node

  /// `text` is that of `file`, which is read by `XML` first: a text that is not well-formed, or has
  /// a document type declaration, fails there, so the scan below never meets it.
  init(_ text: MappedText, of file: [UInt8]) throws(Unreadable) {
    do {
      _ = try Element(parsing: file, keeping: [:])
    } catch {
      throw Unreadable(line: error.line, error.message)
    }
    var scan = Scan(bytes: text.bytes)
    guard let root = scan.root() else { throw Unreadable("is not well-formed XML") }
    self.root = root
  }

  /// Walks over the tags of a document that is well formed.
  private struct Scan {
    let bytes: [UInt8]
    var position = 0

    mutating func root() -> Node? {
      var open: [Node] = []
      while let start = next("<", from: position) {
        position = start
        if at("<!--") {
          guard pass("-->") else { return nil }
        } else if at("<![CDATA[") {
          guard pass("]]>") else { return nil }
        } else if at("<?") {
          guard pass("?>") else { return nil }
        } else if at("</") {
          guard var closed = open.popLast(), pass(">") else { return nil }
          closed.content = closed.range.upperBound..<start
          closed.range = closed.range.lowerBound..<position
          if open.isEmpty { return closed }
          open[open.count - 1].children.append(closed)
        } else {
          guard let (node, isClosed) = startTag() else { return nil }
          if !isClosed {
            open.append(node)
          } else if open.isEmpty {
            return node
          } else {
            open[open.count - 1].children.append(node)
          }
        }
      }
      return nil
    }

    /// The range ends with the tag.
    private mutating func startTag() -> (Node, isClosed: Bool)? {
      let start = position
      position += 1
      var node = Node(name: name(), range: start..<start)
      while position < bytes.count {
        skipSpace()
        guard position < bytes.count else { return nil }
        if at("/>") || at(">") {
          let isClosed = bytes[position] == UInt8(ascii: "/")
          position += isClosed ? 2 : 1
          node.range = start..<position
          return (node, isClosed)
        }
        let name = name()
        skipSpace()
        guard !name.isEmpty, at("=") else { return nil }
        position += 1
        skipSpace()
        guard position < bytes.count else { return nil }
        let quote = bytes[position]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
          let end = bytes[(position + 1)...].firstIndex(of: quote)
        else { return nil }
        node.attributes.append(Attribute(name: name, value: (position + 1)..<end))
        position = end + 1
      }
      return nil
    }

    private mutating func name() -> String {
      let start = position
      while position < bytes.count, !isSpace(bytes[position]), !"=/>".utf8.contains(bytes[position])
      {
        position += 1
      }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipSpace() {
      while position < bytes.count, isSpace(bytes[position]) { position += 1 }
    }

    private func at(_ text: StaticString) -> Bool {
      bytes[position...].starts(with: text.description.utf8)
    }

    /// To the end of the next `text`; false where there is none.
    private mutating func pass(_ text: StaticString) -> Bool {
      let wanted = Array(text.description.utf8)
      while let start = bytes[position...].firstIndex(of: wanted[0]) {
        position = start
        if bytes[start...].starts(with: wanted) {
          position += wanted.count
          return true
        }
        position += 1
      }
      return false
    }

    private func next(_ text: Character, from start: Int) -> Int? {
      text.asciiValue.flatMap { bytes[start...].firstIndex(of: $0) }
    }
  }
}

func isSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}
