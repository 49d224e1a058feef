internal import Cyaml

extension Node {
  /// The root of the one document of a text; nil where the text holds comments and white space alone.
  ///
  /// Anchors, aliases and tags are refused: a few lines of aliases expand to billions of values.
  /// So are values nested deeper than 500 levels.
  ///
  /// - Parameter text: UTF-8 without byte order mark.
  package init?(parsing text: [UInt8]) throws(YAMLFailure) {
    var result: Result<Node?, YAMLFailure> = .success(nil)
    text.withUnsafeBufferPointer { bytes in
      result = Result { () throws(YAMLFailure) in try Node.root(of: bytes) }
    }
    guard let root = try result.get() else { return nil }
    self = root
  }

  private static func root(of text: UnsafeBufferPointer<UInt8>) throws(YAMLFailure) -> Node? {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else {
      throw YAMLFailure(line: nil, message: "could not be read: out of memory")
    }
    defer { yaml_parser_delete(&parser) }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(&parser, text.baseAddress, text.count)
    var builder = NodeBuilder()
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else { throw YAMLFailure(parser) }
      defer { yaml_event_delete(&event) }
      if event.type == YAML_STREAM_END_EVENT { return builder.root }
      try builder.take(event)
    }
  }
}

extension YAMLFailure {
  fileprivate init(_ parser: yaml_parser_t) {
    let problem = parser.problem.map { String(cString: $0) } ?? "unknown reason"
    let isPlaced = parser.error == YAML_SCANNER_ERROR || parser.error == YAML_PARSER_ERROR
    self.init(
      line: isPlaced ? Int(parser.problem_mark.line) + 1 : nil,
      message: "is not valid YAML: \(problem)")
  }
}
