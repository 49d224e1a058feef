/// Sends a request, with retries, and reads the answer.
struct Courier: Sendable {
  let transport: any WebTransport
  let policy: RetryPolicy
  let pace: Pace
  /// Hears of every wait.
  let report: @Sendable (FetchProgress) -> Void

  /// The result of `read` for an answer.
  ///
  /// - Parameter read: throws `UnreadableAnswer` for one that seems to be truncated: the request is
  ///   then sent again. It is not called for an answer whose status says to try again later.
  func answer<Answer: Sendable>(
    to request: WebRequest, read: @Sendable (WebResponse) throws -> Answer
  ) async throws -> Answer {
    let host = request.address.origin.host
    var attempt = 1
    while true {
      let decision: RetryPolicy.Decision
      let failure: FetchFailure
      switch try await outcome(of: request, read) {
      case .read(let answer): return answer
      case .refused(let response):
        decision = policy.decision(after: response, attempt: attempt, now: pace.now())
        failure = FetchFailure(
          "\(host) answered with \(response.status) \(attempt) times",
          hint: "the service is busy or down: run it again later")
      case .failed(let error):
        decision = policy.decision(after: error, attempt: attempt)
        failure = Self.failure(error, host: host)
      case .unreadable(let error):
        decision = policy.decision(afterUnreadableAnswer: attempt)
        failure = FetchFailure("\(host) sent an answer that \(error.reason)")
      }
      switch decision {
      case .wait(let seconds):
        report(.waiting(host: host, seconds: seconds))
        try await pace.wait(seconds)
        attempt += 1
      case .giveUp: throw failure
      case .tooLong(let seconds):
        throw FetchFailure(
          "\(host) asks to wait for \(Int(seconds)) seconds, which is too long",
          hint: "run it again after that time")
      }
    }
  }

  /// The outcome of one attempt.
  private enum Outcome<Answer: Sendable> {
    case read(Answer)
    case refused(WebResponse)
    case failed(TransportFailure)
    case unreadable(UnreadableAnswer)
  }

  private func outcome<Answer: Sendable>(
    of request: WebRequest, _ read: @Sendable (WebResponse) throws -> Answer
  ) async throws -> Outcome<Answer> {
    do {
      let response = try await transport.answer(to: request)
      return Self.isPassing(response.status) ? .refused(response) : .read(try read(response))
    } catch let error as TransportFailure {
      return .failed(error)
    } catch let error as UnreadableAnswer {
      return .unreadable(error)
    }
  }

  private static func isPassing(_ status: Int) -> Bool {
    RetryPolicy.passing.contains(status)
  }

  private static func failure(_ failure: TransportFailure, host: String) -> FetchFailure {
    let hint: String? =
      switch failure {
      case .hostNotFound: "check the address, and the proxy (HTTPS_PROXY)"
      case .untrusted: "SSL_CERT_FILE names the certificates to trust, for a proxy with its own"
      case .refused: "check the address, and the proxy (HTTPS_PROXY)"
      case .timedOut, .cut, .other: "run it again: what has been fetched is kept"
      case .tooLarge, .proxy: nil
      }
    return FetchFailure("\(host) \(failure.words)", hint: hint)
  }
}

/// A complete answer whose content is invalid.
struct UnreadableAnswer: Error {
  /// Follows "an answer that".
  let reason: String
}

/// The progress of a fetch.
package enum FetchProgress: Hashable, Sendable {
  case rows(table: String, count: Int)
  /// In seconds.
  case waiting(host: String, seconds: Double)
}
