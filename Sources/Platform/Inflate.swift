internal import Czlib

/// Expands what deflate compressed: with the wrapping of gzip (RFC 1952) or zlib (RFC 1950), or bare
/// (RFC 1951).
package enum Inflate {
  /// Nil where it is no such stream, is truncated, or is larger than `limit` bytes.
  package static func expanded(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    // 32 more than the largest window: zlib or gzip, whichever it is. Negative: without a wrapping.
    expanded(bytes, windowBits: 15 + 32, limit: limit)
      ?? expanded(bytes, windowBits: -15, limit: limit)
  }

  private static func expanded(_ bytes: [UInt8], windowBits: Int32, limit: Int) -> [UInt8]? {
    guard !bytes.isEmpty, bytes.count <= Int(UInt32.max) else { return nil }
    var stream = z_stream()
    guard connref_inflate_init2(&stream, windowBits) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var input = bytes
    return input.withUnsafeMutableBufferPointer { input -> [UInt8]? in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      var output: [UInt8] = []
      while true {
        var status = Z_OK
        let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { target, count in
          stream.next_out = target.baseAddress
          stream.avail_out = UInt32(target.count)
          status = inflate(&stream, Z_NO_FLUSH)
          count = target.count - Int(stream.avail_out)
        }
        output += piece
        guard output.count <= limit else { return nil }
        if status == Z_STREAM_END { return output }
        guard status == Z_OK, !piece.isEmpty else { return nil }
      }
    }
  }
}
