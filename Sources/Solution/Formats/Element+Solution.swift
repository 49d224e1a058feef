internal import Parsing

// The XML of solutions. Exports of Dataverse: UTF-8, mostly with a byte order mark; element and
// attribute names are matched with their letter case, since `connectionreferences` and
// `ConnectionReferences` are different things. Caps and the refusal of DTDs are `XML`'s.
extension Element {
  /// The root of a file, with what `selection` names.
  init(file bytes: [UInt8], keeping selection: Selection) throws(Unreadable) {
    do {
      try self.init(parsing: bytes, keeping: selection)
    } catch {
      throw Misplaced.reason(in: bytes) ?? Unreadable(line: error.line, error.message)
    }
  }
}
