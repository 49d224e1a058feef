internal import CBytes
internal import Cexpat

/// Receives expat's events and builds the kept part of the document. A struct at a fixed address for one parse:
/// most events are for skipped parts, and retaining an object for each would cost more than the event.
struct ElementBuilder {
  private struct Open {
    var element: Element
    let selection: Selection
    var text: [UInt8] = []
  }

  private let parser: XML_Parser
  private let document: UnsafeBufferPointer<UInt8>
  /// expat counts lines too, byte by byte: of a document of megabytes that takes as long as to parse it.
  private let countsLines: Bool
  private var counted = (offset: 0, line: 1)
  private let limits: Limits
  private let selection: Selection
  private var open: [Open] = []
  /// Elements open below the last kept one.
  private var skipped = 0
  private var elements = 0

  private(set) var root: Element?
  private(set) var failure: XMLFailure?

  /// - Parameter document: lives as long as the parse.
  init(
    parser: XML_Parser, of document: UnsafeBufferPointer<UInt8>, selection: Selection,
    limits: Limits
  ) {
    self.parser = parser
    self.document = document
    // UTF-16 has a mark, or a zero in its first letter.
    countsLines = !document.prefix(2).contains { $0 == 0 || $0 >= 0xFE }
    self.selection = selection
    self.limits = limits
  }

  mutating func fail(_ message: String) {
    // expat may still report the end of an empty element after it was stopped.
    guard failure == nil else { return }
    failure = XMLFailure(
      line: Int(XML_GetCurrentLineNumber(parser)), offset: offset, message: message)
    XML_StopParser(parser, XML_Bool(XML_FALSE))
  }

  mutating func start(
    _ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  ) {
    guard failure == nil else { return }
    elements += 1
    guard elements <= limits.elements else {
      return fail("has more than \(limits.elements) elements")
    }
    guard open.count + skipped < limits.depth else {
      return fail("is nested deeper than \(limits.depth) elements")
    }
    guard skipped == 0, let selection = selection(for: name) else {
      skipped += 1
      return
    }
    let offset = self.offset
    let element = Element(
      name: String(cString: name), attributes: list(of: attributes), line: line(at: offset),
      range: offset..<offset)
    open.append(Open(element: element, selection: selection))
    listenForText()
  }

  mutating func end() {
    guard failure == nil else { return }
    guard skipped == 0 else {
      skipped -= 1
      return
    }
    guard var closed = open.popLast() else { return }
    closed.element.text = String(decoding: closed.text, as: UTF8.self)
    let end = offset + Int(XML_GetCurrentByteCount(parser))
    closed.element.range = closed.element.range.lowerBound..<end
    if open.isEmpty {
      root = closed.element
    } else {
      open[open.count - 1].element.children.append(closed.element)
    }
    listenForText()
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard skipped == 0, !open.isEmpty else { return }
    open[open.count - 1].text.append(contentsOf: bytes)
  }

  /// Nil when the element is to be skipped. The root is always kept: its name shows what the file
  /// is.
  private func selection(for name: UnsafePointer<CChar>) -> Selection? {
    guard let parent = open.last else {
      return Self.selection(for: name, in: selection) ?? .children([])
    }
    return Self.selection(for: name, in: parent.selection)
  }

  private static func selection(
    for name: UnsafePointer<CChar>, in selection: Selection
  ) -> Selection? {
    switch selection {
    case .everything: return .everything
    case .children(let children):
      return children.first { isEqual(name, $0.name) }?.selection
    }
  }

  private static func isEqual(_ name: UnsafePointer<CChar>, _ wanted: [CChar]) -> Bool {
    var index = 0
    // Both end in a zero, so the first difference is found before either ends.
    for byte in wanted {
      if name[index] != byte { return false }
      index += 1
    }
    return true
  }

  /// A handler that is not set costs nothing: most of a document's text is never looked at.
  private func listenForText() {
    if case .everything? = open.last?.selection {
      XML_SetCharacterDataHandler(parser, characterDataHandler)
    } else {
      XML_SetCharacterDataHandler(parser, nil)
    }
  }

  private func list(
    of attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  ) -> [Element.Attribute] {
    guard let attributes else { return [] }
    var list: [Element.Attribute] = []
    var index = 0
    while let name = attributes[index], let value = attributes[index + 1] {
      list.append(Element.Attribute(name: String(cString: name), value: String(cString: value)))
      index += 2
    }
    return list
  }

  /// The line of a tag; each call has a larger offset than the one before.
  private mutating func line(at offset: Int) -> Int {
    guard countsLines, let bytes = document.baseAddress, offset < document.count else {
      return Int(XML_GetCurrentLineNumber(parser))
    }
    counted.line += connref_line_ends(bytes, counted.offset, offset)
    counted.offset = offset
    return counted.line
  }

  private var offset: Int { Int(XML_GetCurrentByteIndex(parser)) }
}

private func builder(
  _ context: UnsafeMutableRawPointer?
) -> UnsafeMutablePointer<ElementBuilder>? {
  context?.assumingMemoryBound(to: ElementBuilder.self)
}

let startHandler: XML_StartElementHandler = { context, name, attributes in
  guard let name else { return }
  builder(context)?.pointee.start(name, attributes)
}

let endHandler: XML_EndElementHandler = { context, _ in builder(context)?.pointee.end() }

let doctypeHandler: XML_StartDoctypeDeclHandler = { context, _, _, _, _ in
  builder(context)?.pointee.fail("has a document type declaration, which is refused")
}

private let characterDataHandler: XML_CharacterDataHandler = { context, bytes, count in
  guard let bytes else { return }
  bytes.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
    builder(context)?.pointee.text(UnsafeBufferPointer(start: $0, count: Int(count)))
  }
}
