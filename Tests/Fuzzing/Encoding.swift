/// A zlib stream that holds its content as it is: RFC 1950, and 3.2.4 of RFC 1951.
func storedZlib(_ content: [UInt8]) -> [UInt8] {
  var stream: [UInt8] = [0x78, 0x01]
  var rest = content[...]
  repeat {
    let block = rest.prefix(0xFFFF)
    rest = rest.dropFirst(block.count)
    let count = UInt16(block.count)
    stream += [rest.isEmpty ? 1 : 0, UInt8(count & 0xFF), UInt8(count >> 8)]
    stream += [UInt8(~count & 0xFF), UInt8(~count >> 8)] + block
  } while !rest.isEmpty
  var (low, high): (UInt32, UInt32) = (1, 0)
  for byte in content {
    low = (low + UInt32(byte)) % 65_521
    high = (high + low) % 65_521
  }
  let check = high << 16 | low
  return stream + (0..<4).map { UInt8(truncatingIfNeeded: check >> (24 - 8 * $0)) }
}
