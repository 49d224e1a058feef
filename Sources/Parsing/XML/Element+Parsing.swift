internal import CBytes
internal import Cexpat

extension Element {
  /// Reads a whole document and keeps what `selection` names of it, the root always.
  ///
  /// UTF-8 with or without byte order mark, UTF-16 with one, and what else expat knows by the XML
  /// declaration (US-ASCII, ISO-8859-1). An empty or truncated document fails, as does one with a
  /// document type declaration: so no entity but the five predefined ones is ever expanded.
  package init(
    parsing bytes: [UInt8], keeping selection: Selection, limits: Limits = Limits()
  ) throws(XMLFailure) {
    guard bytes.count <= min(limits.bytes, Int(Int32.max)) else {
      throw XMLFailure(line: 1, offset: 0, message: "is larger than \(limits.bytes) bytes")
    }
    let parsed = Self.blanked(bytes, keeping: selection, limits) ?? bytes
    guard let parser = XML_ParserCreate(nil) else {
      throw XMLFailure(line: 1, offset: 0, message: "could not be read: out of memory")
    }
    defer { XML_ParserFree(parser) }
    let (builder, status) = bytes.withUnsafeBufferPointer { bytes in
      var builder = ElementBuilder(
        parser: parser, of: bytes, selection: selection, limits: limits)
      XML_SetElementHandler(parser, startHandler, endHandler)
      XML_SetStartDoctypeDeclHandler(parser, doctypeHandler)
      // In one piece: expat 2.5 reads a long token again from its start for every piece.
      let status = withUnsafeMutablePointer(to: &builder) { builder in
        XML_SetUserData(parser, builder)
        return parsed.withUnsafeBufferPointer { parsed in
          parsed.withMemoryRebound(to: CChar.self) {
            XML_Parse(parser, $0.baseAddress, Int32($0.count), 1)
          }
        }
      }
      return (builder, status)
    }
    if let failure = builder.failure { throw failure }
    guard status == XML_STATUS_OK, let root = builder.root else {
      let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) }
      throw XMLFailure(
        line: Int(XML_GetCurrentLineNumber(parser)),
        offset: max(0, Int(XML_GetCurrentByteIndex(parser))),
        message: bytes.isEmpty
          ? "is empty" : "is not well-formed XML: \(reason ?? "unknown reason")")
    }
    self = root
  }
  /// A document of at least this many bytes is scanned before it is parsed.
  private static let largeSize = 16 << 10

  /// A large document in which the sections that `selection` does not name are blanks; nil where only a parser can
  /// find them, or where they are too small a part. A scan proves them well-formed several times faster than
  /// expat parses them.
  private static func blanked(
    _ bytes: [UInt8], keeping selection: Selection, _ limits: Limits
  ) -> [UInt8]? {
    guard bytes.count >= largeSize, case .children(let roots) = selection, roots.count == 1,
      case .children(let kept) = roots[0].selection
    else { return nil }
    var sections = [connref_section](repeating: connref_section(), count: 64)
    let count = bytes.withUnsafeBufferPointer { bytes -> Int in
      guard let start = bytes.baseAddress else { return -1 }
      return connref_xml_sections(
        start, bytes.count, &sections, sections.count, limits.depth, limits.elements)
    }
    guard count > 0 else { return nil }
    let dropped = sections[..<count].filter { section in
      let name = bytes[section.start + 1..<section.start + 1 + section.name_length]
      return !kept.contains { child in
        child.name.dropLast().elementsEqual(name) { UInt8(bitPattern: $0) == $1 }
      }
    }
    // A copy for less may cost more than it saves.
    guard dropped.reduce(0, { $0 + $1.end - $1.start }) * 2 > bytes.count else { return nil }
    var blanked = bytes
    blanked.withUnsafeMutableBufferPointer { bytes in
      for section in dropped {
        bytes[section.start..<section.end].update(repeating: UInt8(ascii: " "))
      }
    }
    return blanked
  }
}
