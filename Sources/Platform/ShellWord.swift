extension String {
  /// The text as one word for a shell, and for PowerShell where it holds no quote.
  package var shellWord: String {
    let isPlain = utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || "_/.-:".utf8.contains(byte)
    }
    return isPlain && !isEmpty ? self : shellQuoted
  }

  /// The same, in quotes whatever it holds.
  package var shellQuoted: String { "'\(replacing("'", with: "'\\''"))'" }
}
