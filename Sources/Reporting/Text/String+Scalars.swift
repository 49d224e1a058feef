extension String {
  /// With other text for some scalars.
  ///
  /// Programs read scalars, not characters: Swift's characters take a comma and a
  /// combining mark behind it for one sign, which is no comma.
  func replacingScalars(_ replacement: (Unicode.Scalar) -> String?) -> String {
    var text = ""
    text.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      if let replacement = replacement(scalar) {
        text += replacement
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// As a part of an address (RFC 3986): every byte but letters, digits, `-._~` and those of `kept` is encoded.
  func percentEncoded(keeping kept: String = "") -> String {
    var text = ""
    for byte in utf8 {
      if byte.isUnreserved || kept.utf8.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return text
  }
}

extension UInt8 {
  /// True for what an address holds as it is: letters, digits and `-._~`.
  var isUnreserved: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
