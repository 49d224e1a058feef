package import Solution

/// The faults of a policy file. It is used as a whole or not at all.
package struct PolicyError: Error, Sendable, CustomStringConvertible {
  package struct Fault: Sendable, Hashable {
    /// Line 0 where the whole file is meant.
    package let place: Place
    /// Lower case, no full stop.
    package let message: String

    package init(place: Place, message: String) {
      self.place = place
      self.message = message
    }

    /// Nil where the whole file is meant.
    package var line: Int? { place.line > 0 ? place.line : nil }

    /// `.connref.yml:3: …`, or `could not read '.connref.yml': …`.
    package var sentence: String {
      line.map { "\(place.path):\($0): \(message)" } ?? "could not read '\(place.path)': \(message)"
    }
  }

  /// In the order of the file; there is at least one.
  package let faults: [Fault]
  package let hint: String?

  package init(_ faults: [Fault], hint: String? = nil) {
    self.faults = faults.sorted { $0.place < $1.place }
    self.hint = hint
  }

  /// A line a fault.
  package var description: String {
    faults.map(\.sentence).joined(separator: "\n")
  }
}
