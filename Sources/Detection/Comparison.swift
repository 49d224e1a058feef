package import Solution

/// Two snapshots, laid side by side; rules read nothing else.
package struct Comparison: Sendable {
  package let before: Snapshot
  package let after: Snapshot
}
