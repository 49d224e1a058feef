package import Solution

/// The faults of a policy file. It is used as a whole or not at all.
package struct PolicyError: Error, Sendable, CustomStringConvertible {
  package struct Fault: Sendable, Hashable {
    package let place: Place
    /// Lower case, no full stop.
    package let message: String

    package init(place: Place, message: String) {
      self.place = place
      self.message = message
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
    faults.map { "\($0.place.path):\($0.place.line): \($0.message)" }.joined(separator: "\n")
  }
}
