/// The version of a solution as its manifest states it, `1.0.0.4`: up to four numbers.
package struct SolutionVersion: Sendable, CustomStringConvertible {
  private let parts: [Int]

  /// Nil for text that is no version.
  package init?(_ text: String) {
    let fields = text.trimmingSpace.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = fields.compactMap { field in
      field.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        ? Int(field) : nil
    }
    guard (1...4).contains(fields.count), numbers.count == fields.count else { return nil }
    parts = numbers + [Int](repeating: 0, count: 4 - numbers.count)
  }

  package static let zero = SolutionVersion()

  private init() { parts = [0, 0, 0, 0] }

  /// True for a version with the same first two numbers, as a patch has with its base.
  package func isOfSameRelease(as other: SolutionVersion) -> Bool {
    parts.prefix(2).elementsEqual(other.parts.prefix(2))
  }

  package var description: String { parts.map(String.init).joined(separator: ".") }
}

extension SolutionVersion: Hashable, Comparable {
  package static func < (left: SolutionVersion, right: SolutionVersion) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts)
  }
}
