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
    guard let parser = XML_ParserCreate(nil) else {
      throw XMLFailure(line: 1, offset: 0, message: "could not be read: out of memory")
    }
    defer { XML_ParserFree(parser) }
    let (builder, status) = bytes.withUnsafeBufferPointer { bytes in
      let builder = ElementBuilder(
        parser: parser, of: bytes, selection: selection, limits: limits)
      XML_SetUserData(parser, Unmanaged.passUnretained(builder).toOpaque())
      XML_SetElementHandler(parser, startHandler, endHandler)
      XML_SetStartDoctypeDeclHandler(parser, doctypeHandler)
      // In one piece: expat 2.5 reads a long token again from its start for every piece.
      let status = withExtendedLifetime(builder) {
        bytes.withMemoryRebound(to: CChar.self) {
          XML_Parse(parser, $0.baseAddress, Int32($0.count), 1)
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
}
