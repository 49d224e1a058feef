/// Consecutive parts of a file, each under a name: the declarations of a section, the
/// items of a list. A part that one revision lost is restored from another, at the place it had
/// among those that both have.
package struct SiblingList: Sendable {
  package struct Item: Sendable {
    package let key: String
    /// With the white space before it.
    let block: Range<Int>
  }

  let text: MappedText
  package let items: [Item]
  /// The place of a first item.
  let start: Int
  /// The text between the last item and the end of the list; empty in a list that has no end.
  let closing: Range<Int>

  package var keys: [String] { items.map(\.key) }

  /// The edits that take the items `leaving` out, and put `returning` in as `former` has them. Keys
  /// that a list does not have are passed over.
  package func restoring(
    _ returning: [String], from former: SiblingList, takingOut leaving: [String] = []
  ) -> [ByteEdit] {
    let leaving = Set(leaving)
    let present = Set(keys)
    let returning = Set(returning).subtracting(present.subtracting(leaving))
    let kept = present.subtracting(leaving)
    var edits = items.filter { leaving.contains($0.key) }.map { text.removing($0.block) }
    for (position, item) in former.items.enumerated() where returning.contains(item.key) {
      let place = place(of: position, in: former, kept: kept)
      var block = text.adopting(item.block, of: former.text)
      // A list that was empty ends where it begins.
      if items.isEmpty, item.key == former.keys.last(where: { returning.contains($0) }) {
        block += text.adopting(former.closing, of: former.text)
      }
      edits.append(text.replacing(place..<place, with: block))
    }
    return edits
  }

  /// The edit that puts `block` in at the place that an item of `former` has.
  func inserting(_ block: String, at position: Int, of former: SiblingList) -> ByteEdit {
    let place = place(of: position, in: former, kept: Set(keys))
    return text.replacing(place..<place, with: block)
  }

  /// Behind the nearest item before it that both lists have, else before the nearest one after it,
  /// else in the place of the first that leaves.
  private func place(
    of position: Int, in former: SiblingList, kept: Set<String>
  ) -> Int {
    for item in former.items[..<position].reversed() {
      if let known = items.last(where: { $0.key == item.key && kept.contains($0.key) }) {
        return known.block.upperBound
      }
    }
    for item in former.items[(position + 1)...] {
      if let known = items.first(where: { $0.key == item.key && kept.contains($0.key) }) {
        return known.block.lowerBound
      }
    }
    return items.first { !kept.contains($0.key) }?.block.lowerBound ?? start
  }
}
