import Foundation
import Parsing
import TestSupport
import Testing

/// Forms of an archive that other tools write, and what is no honest archive.
@Suite struct ArchiveFormTests {
  /// Written by Python's zipfile.
  private static let deflated =
    "UEsDBBQAAAAIAAAAIQD/YAfbDgAAANEAAAAQAAAAV29ya2Zsb3dzL3guanNvbqtWSlSyUlCqGCZAqRYAUEsBAhQAFAAAAAgA"
    + "AAAhAP9gB9sOAAAA0QAAABAAAAAAAAAAAAAAAIABAAAAAFdvcmtmbG93cy94Lmpzb25QSwUGAAAAAAEAAQA+AAAAPAAAAAAA"
  private static let withDataDescriptor =
    "UEsDBBQACAAIAAAAIQAAAAAAAAAAAAAAAAAMAAAAc29sdXRpb24ueG1ss0nUt7OhIgYAUEsHCPHqD9EJAAAAUAAAAFBLAQIU"
    + "ABQACAAIAAAAIQDx6g/RCQAAAFAAAAAMAAAAAAAAAAAAAACAAQAAAABzb2x1dGlvbi54bWxQSwUGAAAAAAEAAQA6AAAAQwAA"
    + "AAAA"
  private static let zip64 =
    "UEsDBC0AAAAAAAAAIQDUHNEB//////////8MABQAc29sdXRpb24ueG1sAQAQAAQAAAAAAAAABAAAAAAAAAA8YS8+UEsBAi0A"
    + "LQAAAAAAAAAhANQc0QEEAAAABAAAAAwAAAAAAAAAAAAAAIABAAAAAHNvbHV0aW9uLnhtbFBLBQYAAAAAAQABADoAAABCAAAA"
    + "AAA="

  private static func bytes(_ base64: String) throws -> [UInt8] {
    Array(try #require(Data(base64Encoded: base64)))
  }

  @Test(arguments: [
    (deflated, #"{"a": ""# + String(repeating: "x", count: 200) + #""}"#),
    (withDataDescriptor, String(repeating: "<a/>", count: 20)),
    (zip64, "<a/>"),
  ])
  func `deflated, streamed and Zip64 entries are read`(base64: String, text: String) throws {
    let archive = try Archive(Self.bytes(base64))
    let entry = try #require(archive.entries.first)
    #expect(String(decoding: try archive.contents(of: entry), as: UTF8.self) == text)
  }

  /// An archive of one entry, with bytes of its directory changed. APPNOTE.TXT 6.3.10, 4.3.12.
  private static func patched(at offset: Int, _ change: [UInt8]) -> [UInt8] {
    var bytes = storedZip([("solution.xml", "<a/>")])
    let directory = 30 + "solution.xml".count + "<a/>".count
    bytes.replaceSubrange(directory + offset..<directory + offset + change.count, with: change)
    return bytes
  }

  @Test(
    arguments: [
      ("is encrypted", 8, [1, 8]), ("compression method 12 is not supported", 10, [12, 0]),
      ("has 4294967280 bytes", 24, [0xF0, 0xFF, 0xFF, 0xFF]),
      ("is damaged", 24, [3, 0, 0, 0]), ("is damaged", 24, [9, 0, 0, 0]),
      ("is damaged", 16, [1, 2, 3, 4]), ("is damaged", 42, [7, 0, 0, 0]),
    ] as [(String, Int, [UInt8])])
  func `an entry that cannot be unpacked says why`(
    reason: String, offset: Int, change: [UInt8]
  ) throws {
    let archive = try Archive(Self.patched(at: offset, change))
    let entry = try #require(archive.entries.first)
    let failure = #expect(throws: ZipFailure.self) { try archive.contents(of: entry) }
    #expect(failure?.message.contains(reason) == true, "\(failure?.message ?? "")")
  }

  @Test func `a name without the flag for UTF-8 is UTF-8 where it can be`() throws {
    #expect(
      try Archive(storedZip([("Zahlung für.json", "{}")])).entries[0].path == "Zahlung für.json")
  }

  @Test func `a name in code page 437 is read as such`() throws {
    // ü in the code page, in both places that have the name
    var bytes = storedZip([("f?r.json", "{}")])
    for index in bytes.indices where bytes[index] == UInt8(ascii: "?") { bytes[index] = 0x81 }
    #expect(try Archive(bytes).entries[0].path == "für.json")
  }

  @Test func `names that lead out of the archive are only names`() throws {
    let archive = try Archive(storedZip([("../../etc/passwd", "1"), ("/abs", "2")]))
    #expect(archive.entries.map(\.path) == ["../../etc/passwd", "/abs"])
  }

  @Test func `an archive of more entries than allowed is refused before they are read`() {
    let many = storedZip((0...3).map { ("\($0)", "") })
    let failure = #expect(throws: ZipFailure.self) { try Archive(many, limits: .init(entries: 3)) }
    #expect(failure?.message == "has 4 entries, more than 3")
  }

  @Test func `a directory that promises more entries than it has is damaged`() {
    var bytes = storedZip([("a", "1")])
    let end = bytes.count - 22
    bytes[end + 8] = 9
    bytes[end + 10] = 9
    #expect(throws: ZipFailure.self) { try Archive(bytes) }
  }

  @Test(arguments: [deflated, withDataDescriptor, zip64])
  func `with any byte changed, an archive is read or refused`(base64: String) throws {
    let whole = try Self.bytes(base64)
    for index in whole.indices {
      for change in [0x00, 0x01, 0x7F, 0x80, 0xFF] as [UInt8] {
        var bytes = whole
        bytes[index] ^= change
        guard let archive = try? Archive(bytes) else { continue }
        for entry in archive.entries { _ = try? archive.contents(of: entry) }
      }
      if let archive = try? Archive(Array(whole[..<index])) {
        for entry in archive.entries { _ = try? archive.contents(of: entry) }
      }
    }
  }
}
