package import Platform

/// When a request is sent again, and after how long.
///
/// | answer | next step |
/// | --- | --- |
/// | 429, 503 with `Retry-After` | the wait that the service asks for, in seconds or until a date |
/// | 408, 429, 500, 502, 503, 504 without it | waits of 1, 2, 4, 8, … seconds |
/// | a cut connection, a time-out, a host that was not found | the same waits |
/// | anything else | nothing: it would fail again |
///
/// Source: "Service protection API limits" of Microsoft's documentation; RFC 9110, 10.2.3.
package struct RetryPolicy: Sendable {
  /// Statuses that say to try again later.
  static let passing: Set<Int> = [408, 429, 500, 502, 503, 504]

  /// How often a request is sent in all.
  package var attempts: Int
  /// The first wait where the service names none, in seconds; each further one is twice as long.
  package var firstWait: Double
  /// A service that asks for a longer wait than this is not waited for, in seconds.
  package var longestWait: Double

  package init(attempts: Int = 6, firstWait: Double = 1, longestWait: Double = 600) {
    self.attempts = attempts
    self.firstWait = firstWait
    self.longestWait = longestWait
  }

  /// The next step after a failed attempt.
  package enum Decision: Hashable, Sendable {
    /// In seconds.
    case wait(Double)
    case giveUp
    /// The service asks for a wait that is too long, in seconds.
    case tooLong(Double)
  }

  /// - Parameter attempt: how often the request was sent so far.
  package func decision(
    after response: WebResponse, attempt: Int, now: Date
  ) -> Decision {
    guard Self.passing.contains(response.status), attempt < attempts else {
      return .giveUp
    }
    let asked = response.header("retry-after").flatMap {
      Self.seconds(
        ofRetryAfter: $0, now: response.header("date").flatMap(HTTPDate.init)?.date ?? now)
    }
    guard let asked else { return .wait(wait(attempt)) }
    return asked > longestWait ? .tooLong(asked) : .wait(asked)
  }

  package func decision(after failure: TransportFailure, attempt: Int) -> Decision {
    // A host without a name is mostly a misspelt one: the user should not wait half a minute for
    // the error.
    let limit = failure == .hostNotFound ? min(attempts, 2) : attempts
    return failure.isPassing && attempt < limit ? .wait(wait(attempt)) : .giveUp
  }

  /// For a complete answer with invalid content: most likely it was truncated.
  package func decision(afterUnreadableAnswer attempt: Int) -> Decision {
    attempt < min(attempts, 3) ? .wait(wait(attempt)) : .giveUp
  }

  private func wait(_ attempt: Int) -> Double {
    (1..<max(1, attempt)).reduce(firstWait) { wait, _ in wait * 2 }
  }

  /// `120`, `2.5`, or `Wed, 21 Oct 2026 07:28:00 GMT`; nil for anything else.
  static func seconds(ofRetryAfter text: String, now: Date) -> Double? {
    let text = text.filter { $0 != " " || text.contains("GMT") }
    if let seconds = Double(text), seconds.isFinite { return max(0, seconds) }
    return HTTPDate(text).map { max(0, $0.date.timeIntervalSince(now)) }
  }
}

/// A date in a header: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
struct HTTPDate {
  let date: Date

  init?(_ text: String) {
    let parts = text.split { $0 == " " || $0 == "-" }
    guard parts.count == 6, parts[5] == "GMT",
      let month = Self.months.firstIndex(of: String(parts[2])),
      // What is no date fails, and nil says so.
      let date = try? Date(
        "\(parts[3])-\(month < 9 ? "0" : "")\(month + 1)-\(parts[1])T\(parts[4])Z",
        strategy: .iso8601)
    else { return nil }
    self.date = date
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
