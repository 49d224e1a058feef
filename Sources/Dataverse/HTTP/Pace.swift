package import Platform

/// The clock and the wait function: tests have their own.
package struct Pace: Sendable {
  package let now: @Sendable () -> Date
  /// In seconds.
  package let wait: @Sendable (Double) async throws -> Void

  package init(
    now: @escaping @Sendable () -> Date, wait: @escaping @Sendable (Double) async throws -> Void
  ) {
    self.now = now
    self.wait = wait
  }

  package static let real = Pace(
    now: { Date() }, wait: { try await Task.sleep(for: .seconds($0)) })
}
