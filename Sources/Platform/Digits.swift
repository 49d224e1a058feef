extension BinaryInteger {
  /// The digits of a number that is not negative, with leading zeros up to this width.
  package func digits(_ width: Int, radix: Int = 10) -> String {
    let text = String(self, radix: radix)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}

/// The 64-bit FNV-1a digest.
@inlinable package func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
  bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
