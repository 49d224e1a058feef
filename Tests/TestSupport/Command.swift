#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A program to run. Nothing of the test's own environment reaches it but `PATH`.
package struct Command: Sendable {
  package var executable: String
  package var arguments: [String]
  package var folder: String?
  package var environment: [String: String] = Command.closedWorld
  package var input: [UInt8] = []

  /// `executable` is looked up in `PATH` unless it holds a slash.
  package init(_ executable: String, _ arguments: String..., in folder: String? = nil) {
    self.init(executable, arguments: arguments, in: folder)
  }

  package init(_ executable: String, arguments: [String], in folder: String? = nil) {
    self.executable = executable
    self.arguments = arguments
    self.folder = folder
  }

  /// The environment of every command unless a test says otherwise: no configuration of the machine,
  /// a fixed language, a fixed author, a fixed time in reports.
  package static let closedWorld: [String: String] = [
    "PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin",
    "HOME": "/nonexistent",
    "LC_ALL": "C",
    "TZ": "UTC",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_AUTHOR_NAME": "Ann Author", "GIT_AUTHOR_EMAIL": "ann@example.com",
    "GIT_COMMITTER_NAME": "Carl Committer", "GIT_COMMITTER_EMAIL": "carl@example.com",
    "SOURCE_DATE_EPOCH": "1767225600",
    "GIT_AUTHOR_DATE": "1700000000 +0000", "GIT_COMMITTER_DATE": "1700000000 +0000",
  ]

  /// The same command with these variables set on top; nil takes one away.
  package func setting(_ variables: [String: String?]) -> Command {
    var copy = self
    for (name, value) in variables { copy.environment[name] = value }
    return copy
  }

  /// The same command with these bytes as its standard input.
  package func reading(_ input: some Sequence<UInt8>) -> Command {
    var copy = self
    copy.input = Array(input)
    return copy
  }

  /// Runs to the end; a status other than 0 is an outcome, not an error.
  package func run() throws -> RunOutcome {
    // Files, not pipes: a child that writes much cannot wait for a reader that waits for the child.
    let standardInput = try ScratchFile()
    let standardOutput = try ScratchFile()
    let standardError = try ScratchFile()
    try standardInput.fill(with: input)

    var actions = unsafeActions()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, standardInput.descriptor, 0)
    posix_spawn_file_actions_adddup2(&actions, standardOutput.descriptor, 1)
    posix_spawn_file_actions_adddup2(&actions, standardError.descriptor, 2)

    var child: pid_t = 0
    let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
    // Glibc hides the file action that changes the folder from Swift; the shell's `cd` does as well.
    let call =
      folder.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0] } ?? []
    let words = call + [executable] + arguments
    let failure = withCStrings(words) { argv in
      withCStrings(variables) { posix_spawnp(&child, words[0], &actions, nil, argv, $0) }
    }
    guard failure == 0 else {
      throw TestSupportError("could not run '\(executable)': \(String(cString: strerror(failure)))")
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1 && errno == EINTR {}
    let signal = status & 0x7f
    return RunOutcome(
      command: ([executable] + arguments).joined(separator: " "),
      status: signal == 0 ? (status >> 8) & 0xff : 128 + signal,
      stdoutBytes: standardOutput.contents, stderrBytes: standardError.contents)
  }

  /// Runs, and throws with what the command said unless its status is 0.
  @discardableResult
  package func succeed() throws -> RunOutcome {
    let outcome = try run()
    guard outcome.status == 0 else {
      throw TestSupportError(
        "'\(outcome.command)' ended with \(outcome.status): \(outcome.stderr)\(outcome.stdout)")
    }
    return outcome
  }
}

/// What a command left behind.
package struct RunOutcome: Sendable {
  package let command: String
  /// The exit status, or 128 and the number of the signal that ended it.
  package let status: Int32
  package let stdoutBytes: [UInt8]
  package let stderrBytes: [UInt8]

  package var stdout: String { String(decoding: stdoutBytes, as: UTF8.self) }
  package var stderr: String { String(decoding: stderrBytes, as: UTF8.self) }
  /// Standard output in lines, without an empty one at the end.
  package var lines: [String] {
    stdout.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .dropLast(stdout.hasSuffix("\n") || stdout.isEmpty ? 1 : 0)
  }
}

#if canImport(Darwin)
  private func unsafeActions() -> posix_spawn_file_actions_t? { nil }
#else
  private func unsafeActions() -> posix_spawn_file_actions_t { posix_spawn_file_actions_t() }
#endif

private func withCStrings<Answer>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Answer
) -> Answer {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
