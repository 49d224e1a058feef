import TestSupport
import Testing
import Zip

@Suite struct ArchiveTests {
  @Test func `entries come with their bytes, folders are none`() throws {
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
}
