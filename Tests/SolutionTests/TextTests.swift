import Solution
import Testing

@Suite struct TextTests {
  private func failure(of bytes: [UInt8]) -> Unreadable? {
    do {
      _ = try Text(bytes)
      return nil
    } catch { return error }
  }

  @Test func `all four encodings give the same UTF-8`() throws {
    let text = "aé€😀\r\n"
    for (file, encoding) in [
      (Array(text.utf8), Text.Encoding.utf8),
      (utf8WithMark(text), .utf8WithMark),
      (utf16(text), .utf16LittleEndian),
      (utf16(text, bigEndian: true), .utf16BigEndian),
    ] {
      let read = try Text(file)
      #expect(String(decoding: read.bytes, as: UTF8.self) == text)
      #expect(read.encoding == encoding)
    }
  }

  @Test func `an empty file fails`() {
    #expect(failure(of: []) == Unreadable("is empty"))
  }

  @Test(arguments: [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]])
  func `a file that holds a byte order mark alone is empty`(file: [UInt8]) {
    #expect(failure(of: file) == Unreadable("is empty"))
  }

  @Test func `UTF-16 without a byte order mark is no text`() {
    let file = Array(utf16("{}\n{}").dropFirst(2))
    #expect(
      failure(of: file)
        == Unreadable(
          line: 1, "holds a zero byte, as UTF-16 without a byte order mark does: it is not text"))
  }

  @Test(
    arguments: [
      [0x61, 0x0A, 0xFF], [0x0A, 0xC0, 0x80], [0x0A, 0xED, 0xA0, 0x80], [0x0A, 0xE2, 0x82],
      [0x0A, 0xF5, 0x80, 0x80, 0x80], [0x0A, 0xF0, 0x80, 0x80, 0x80], [0x0A, 0x80],
    ] as [[UInt8]])
  func `bytes that are no UTF-8 fail with their line`(file: [UInt8]) {
    #expect(failure(of: file) == Unreadable(line: 2, "is neither UTF-8 nor UTF-16"))
  }

  @Test func `UTF-16 that is cut or unpaired fails`() {
    #expect(failure(of: [0xFF, 0xFE, 0x61]) != nil)
    #expect(failure(of: [0xFF, 0xFE, 0x00, 0xD8, 0x61, 0x00]) != nil)
    #expect(failure(of: [0xFF, 0xFE, 0x00, 0xDC]) != nil)
    #expect(failure(of: [0xFE, 0xFF, 0xD8, 0x00]) != nil)
  }
}
