/// A zip archive described in code: entries are stored as they are, so a test shows its whole
/// input. APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
///
/// - Parameters:
///   - flags: of each entry: with 8 the sizes are behind the content, in a data descriptor.
///   - isZip64: sizes and counts are in the fields for large archives (4.3.14, 4.3.15, 4.5.3).
package func storedZip(
  _ files: [(path: String, content: [UInt8])], flags: Int = 0, isZip64: Bool = false
) -> [UInt8] {
  var archive: [UInt8] = []
  var directory: [UInt8] = []
  for (path, content) in files {
    let name = Array(path.utf8)
    let size = content.count
    let described = little(crc32(content), 4) + little(size, 4) + little(size, 4)
    let known = isZip64 ? little(crc32(content), 4) + little(-1, 8) : described
    let extra = isZip64 ? little(1, 2) + little(16, 2) + little(size, 8) + little(size, 8) : []
    func shared(_ sizes: [UInt8]) -> [UInt8] {
      let version = little(isZip64 ? 45 : 20, 2)
      return version + little(0x800 | flags, 2) + little(0, 2) + little(0, 2) + little(0x21, 2)
        + sizes + little(name.count, 2) + little(extra.count, 2)
    }
    directory += little(0x0201_4b50, 4) + little(20, 2) + shared(known) + little(0, 6)
    directory += little(0, 4) + little(archive.count, 4) + name + extra
    let isDescribed = flags & 8 != 0
    archive += little(0x0403_4b50, 4) + shared(isDescribed ? little(0, 4) + little(0, 8) : known)
    archive += name + extra + content
    if isDescribed { archive += little(0x0807_4b50, 4) + described }
  }
  let start = archive.count
  archive += directory
  if isZip64 {
    let end = archive.count
    archive += little(0x0606_4b50, 4) + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 8)
    archive += little(files.count, 8) + little(files.count, 8)
    archive += little(directory.count, 8) + little(start, 8)
    archive += little(0x0706_4b50, 4) + little(0, 4) + little(end, 8) + little(1, 4)
    archive += little(0x0605_4b50, 4) + little(0, 4) + little(-1, 4) + little(-1, 8) + little(0, 2)
    return archive
  }
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
