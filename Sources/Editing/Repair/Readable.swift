import Solution

/// Reads a file of which it is known that it could be read: fails in the words of a repair.
func readable<Answer>(
  _ path: String, _ read: () throws(Unreadable) -> Answer
) throws(Unrepairable) -> Answer {
  do throws(Unreadable) {
    return try read()
  } catch {
    throw Unrepairable(
      "could not repair '\(path)'" + (error.line.map { ", line \($0)" } ?? "")
        + ": \(error.message)")
  }
}
