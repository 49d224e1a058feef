import Parsing
import TestSupport
import Testing

@Suite struct ArchiveTests {
  @Test func `entries have their bytes, folders are none`() throws {
    let archive = try Archive(
      storedZip([("solution.xml", "<a/>"), ("Workflows/", ""), ("Workflows\\x.json", "{}")]))
    #expect(archive.entries.map(\.path) == ["solution.xml", "Workflows/x.json"])
    #expect(
      try archive.entries.map { try archive.contents(of: $0) } == [
        Array("<a/>".utf8), Array("{}".utf8),
      ])
  }

  @Test(arguments: [[], Array("no zip".utf8), [0x50, 0x4B, 3, 4]])
  func `what is no archive fails`(bytes: [UInt8]) {
    #expect(throws: ZipFailure.self) { try Archive(bytes) }
  }

  @Test func `a damaged entry fails, and the others are read`() throws {
    var bytes = storedZip([("a", "good"), ("b", "gone")])
    let start = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("gone".utf8)) })
    bytes[start] = UInt8(ascii: "x")
    let archive = try Archive(bytes)
    #expect(try archive.contents(of: archive.entries[0]) == Array("good".utf8))
    #expect(throws: ZipFailure.self) { try archive.contents(of: archive.entries[1]) }
  }

  @Test func `an archive cut short fails`() {
    #expect(throws: ZipFailure.self) { try Archive(storedZip([("a", "text")]).dropLast(8) + []) }
  }

  private let two = [
    (path: "a", content: Array("good".utf8)), (path: "b", content: Array("bad".utf8)),
  ]

  @Test func `data descriptors are read`() throws {
    let archive = try Archive(storedZip(two, flags: 8))
    #expect(archive.entries.map(\.size) == [4, 3])
    #expect(try archive.entries.map { try archive.contents(of: $0) } == two.map(\.content))
  }

  @Test func `an archive of Zip64 is listed, and its contents are refused with the reason`() throws
  {
    let bytes = storedZip(two, isZip64: true)
    #expect(try Archive(bytes).entries.map(\.path) == ["a", "b"])
    #expect(
      reason(of: bytes) == "'a' cannot be unpacked: its size is written as Zip64 has it")
  }

  private func reason(of bytes: [UInt8]) -> String? {
    do throws(ZipFailure) {
      let archive = try Archive(bytes)
      for entry in archive.entries { _ = try archive.contents(of: entry) }
      return nil
    } catch { return error.message }
  }

  /// The first entry with another field, in its own header and in the directory.
  private func changed(_ offset: Int, to value: [UInt8]) throws -> [UInt8] {
    var bytes = storedZip([("a", "text")])
    let directory = try #require(
      bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
    for (index, byte) in value.enumerated() {
      bytes[4 + offset + index] = byte
      bytes[directory + 6 + offset + index] = byte
    }
    return bytes
  }

  @Test func `what is encrypted, or packed by another method, is refused with the reason`() throws {
    #expect(
      reason(of: storedZip(two, flags: 1)) == "'a' cannot be unpacked: it is encrypted")
    #expect(
      reason(of: try changed(4, to: [14, 0]))
        == "'a' cannot be unpacked: compression method 14 is not supported")
  }

  @Test(arguments: [[3, 0, 0, 0], [5, 0, 0, 0], [0xFF, 0xFF, 0, 0]] as [[UInt8]])
  func `an entry that lies about its size is damaged`(size: [UInt8]) throws {
    #expect(reason(of: try changed(14, to: size + size))?.hasPrefix("'a' is damaged") == true)
  }

  @Test(arguments: [
    (2, "is a damaged zip archive: its directory cannot be read"),
    (50_001, "has 50001 entries, more than 50000"),
  ])
  func `an archive that lies about the number of its entries is refused`(
    count: Int, message: String
  ) {
    var bytes = storedZip([("a", "text")])
    for offset in [8, 10] {
      bytes[bytes.count - 22 + offset] = UInt8(count & 0xFF)
      bytes[bytes.count - 21 + offset] = UInt8(count >> 8)
    }
    #expect(reason(of: bytes) == message)
  }

  @Test func `an entry is found by its index, folders count`() throws {
    let archive = try Archive(storedZip([("a/", ""), ("a/b", "x"), ("./c", "y")]))
    #expect((0..<4).map { archive.entry(at: $0)?.path } == [nil, "a/b", "c", nil])
  }

  @Test func `caps are kept`() throws {
    let large = [UInt8](repeating: 1, count: 2 << 20)
    let bytes = storedZip([("a", large), ("b", large)])
    #expect(throws: ZipFailure.self) { try Archive(bytes, limits: .init(entries: 1)) }
    let small = try Archive(bytes, limits: .init(entryBytes: 1 << 20))
    #expect(throws: ZipFailure.self) { try small.contents(of: small.entries[0]) }
    let dense = try Archive(bytes, limits: .init(ratio: 0))
    #expect(throws: ZipFailure.self) { try dense.contents(of: dense.entries[0]) }
    let sum = try Archive(bytes, limits: .init(totalBytes: 3 << 20))
    _ = try sum.contents(of: sum.entries[0])
    #expect(throws: ZipFailure.self) { try sum.contents(of: sum.entries[1]) }
  }

  @Test func `an archive is unpacked to a multiple of its size`() throws {
    let large = [UInt8](repeating: 1, count: 2 << 20)
    let bytes = storedZip((0..<5).map { ("\($0)", large) })
    let archive = try Archive(bytes, limits: .init(totalRatio: 0))
    for entry in archive.entries.prefix(4) { _ = try archive.contents(of: entry) }
    let failure = try #require(throws: ZipFailure.self) {
      try archive.contents(of: archive.entries[4])
    }
    #expect(failure.message == "unpacks to more than 8388608 bytes")
    #expect(failure.isOverLimit)
    let usual = try Archive(bytes)
    for entry in usual.entries { _ = try usual.contents(of: entry) }
  }
}
