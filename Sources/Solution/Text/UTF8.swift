/// The offset of the first byte that is no part of valid UTF-8 (Unicode 15, table 3-7); nil when all
/// are.
func firstInvalidOffset(inUTF8 bytes: Span<UInt8>) -> Int? {
  do throws(UTF8.ValidationError) {
    _ = try UTF8Span(validating: bytes)
    return nil
  } catch {
    return error.byteOffsets.lowerBound
  }
}
