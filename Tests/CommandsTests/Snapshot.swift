import Foundation
import TestSupport
import Testing

/// Compares a run with the text file of that name in `Snapshots`: what was run, its status, and both
/// streams. With `RECORD_SNAPSHOTS=1` the file is written again, and the test still fails.
func expectSnapshot(
  _ name: String, of outcome: RunOutcome, replacing path: String? = nil,
  at location: SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots/\(name).txt")
  var text = """
    status \(outcome.status)
    --- stdout
    \(outcome.stdout)--- stderr
    \(outcome.stderr)
    """
  if let path { text = text.replacing(path, with: "<repository>") }
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    try Data(text.utf8).write(to: file)
    Issue.record("recorded '\(name)'", sourceLocation: location)
    return
  }
  let recorded = try String(contentsOf: file, encoding: .utf8)
  #expect(text == recorded, sourceLocation: location)
}
