/// The name of a flow's file, `<NameWithoutSpaces>-<GUID>.json`: a renamed flow keeps the GUID, which
/// is its WorkflowId.
struct FlowFileName {
  /// Lower case; nil where the name ends in no GUID.
  let id: String?
  /// The part before the GUID, else the name without its ending.
  let title: String

  init(_ name: String) {
    let stem = name.utf8.dropLast(5)
    let tail = stem.suffix(36)
    guard FlowFileName.isGUID(tail) else {
      id = nil
      title = String(Substring(stem))
      return
    }
    id = String(Substring(tail)).lowercased()
    title = String(Substring(stem.dropLast(37)))
  }

  private static func isGUID(_ text: Substring.UTF8View) -> Bool {
    guard text.count == 36 else { return false }
    for (position, byte) in text.enumerated() {
      let isDash = position == 8 || position == 13 || position == 18 || position == 23
      guard isDash ? byte == UInt8(ascii: "-") : hexadecimalValue(byte) != nil else { return false }
    }
    return true
  }
}
