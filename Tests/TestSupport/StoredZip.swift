/// A zip archive told in code: entries are stored as they are, so a test shows its whole input.
/// APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
package func storedZip(_ files: [(path: String, content: [UInt8])]) -> [UInt8] {
  var archive: [UInt8] = []
  var directory: [UInt8] = []
  for (path, content) in files {
    let name = Array(path.utf8)
    let shared =
      little(20, 2) + little(0x800, 2) + little(0, 2) + little(0, 2) + little(0x21, 2)
      + little(crc32(content), 4) + little(content.count, 4) + little(content.count, 4)
      + little(name.count, 2) + little(0, 2)
    directory +=
      little(0x0201_4b50, 4) + little(20, 2) + shared + little(0, 2) + little(0, 2) + little(0, 2)
      + little(0, 4) + little(archive.count, 4) + name
    archive += little(0x0403_4b50, 4) + shared + name + content
  }
  let start = archive.count
  archive += directory
  archive +=
    little(0x0605_4b50, 4) + little(0, 4) + little(files.count, 2) + little(files.count, 2)
    + little(directory.count, 4) + little(start, 4) + little(0, 2)
  return archive
}

/// The same of texts.
package func storedZip(_ files: [(path: String, text: String)]) -> [UInt8] {
  storedZip(files.map { (path: $0.path, content: Array($0.text.utf8)) })
}

private func little(_ value: Int, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

private func crc32(_ bytes: [UInt8]) -> Int {
  var crc: UInt32 = 0xFFFF_FFFF
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }
  return Int(crc ^ 0xFFFF_FFFF)
}
