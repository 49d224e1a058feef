import Platform

extension Unicode.Scalar {
  /// The scalar as an escape in a JSON string: `\n`, `\u0007`, or two of these beyond 16 bits.
  package var jsonEscape: String {
    switch self {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default:
      String(self).utf16.map { "\\u" + $0.digits(4, radix: 16) }.joined()
    }
  }
}
