extension String {
  /// As a part of an address (RFC 3986): every byte but letters, digits, `-._~` and those of `kept` is encoded.
  package func percentEncoded(keeping kept: String = "") -> String {
    var text = ""
    for byte in utf8 {
      if byte.isUnreserved || kept.utf8.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + byte.digits(2, radix: 16).uppercased()
      }
    }
    return text
  }
}

extension UInt8 {
  /// True for what an address holds as it is: letters, digits and `-._~`.
  package var isUnreserved: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
