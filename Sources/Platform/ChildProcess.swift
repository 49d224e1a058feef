internal import Dispatch

/// A program that is run to its end, or to a time limit.
package struct ChildProcess: Sendable {
  /// Looked up in `PATH`, unless it holds a slash.
  package let executable: String
  package let arguments: [String]
  /// The current folder of the program; that of this process where nil.
  package let folder: String?
  package let environment: [String: String]
  /// The bytes for its standard input.
  package let input: [UInt8]
  /// In seconds.
  package let limit: Double

  package init(
    executable: String, arguments: [String], folder: String? = nil,
    environment: [String: String], input: [UInt8] = [], limit: Double
  ) {
    self.executable = executable
    self.arguments = arguments
    self.folder = folder
    self.environment = environment
    self.input = input
    self.limit = limit
  }

  package struct Outcome: Sendable {
    /// The status it exited with; where a signal ended it, 128 and the signal, as in a shell.
    package let status: Int32
    /// Of both streams, in the order written.
    package let output: String
    package let isOverdue: Bool
  }

  /// Why a program could not be started.
  package struct StartFailure: Error, CustomStringConvertible, Sendable {
    package let isMissing: Bool
    package let description: String
  }

  /// Runs it and waits. One that is overdue is killed, with what it has started.
  ///
  /// Throws `StartFailure` where it cannot be started.
  package func run() throws -> Outcome {
    // Files, not pipes: no child waits for a reader, and what a child leaves running keeps no end open.
    let source = try Self.unnamedFile()
    defer { close(source) }
    let sink = try Self.unnamedFile()
    defer { close(sink) }
    let sent = input.withUnsafeBytes { bytes in
      var start = 0
      while start < bytes.count, let base = bytes.baseAddress {
        let count = write(source, base + start, bytes.count - start)
        if count < 0, errno != EINTR { return false }
        start += max(count, 0)
      }
      return lseek(source, 0, SEEK_SET) == 0
    }
    guard sent else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    let id = try spawn(inOwnGroup: true) { actions in
      posix_spawn_file_actions_adddup2(&actions, source, 0)
      posix_spawn_file_actions_adddup2(&actions, sink, 1)
      posix_spawn_file_actions_adddup2(&actions, sink, 2)
    }
    let (status, isOverdue) = Self.end(of: id, within: limit)
    return Outcome(
      status: status, output: String(decoding: Self.content(of: sink), as: UTF8.self),
      isOverdue: isOverdue)
  }

  /// A file that has no name any more: nothing of it stays, however this process ends.
  private static func unnamedFile() throws -> Int32 {
    let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)
    var path = Array("\(folder)/connref-XXXXXX".utf8CString)
    let file = path.withUnsafeMutableBufferPointer { buffer -> Int32 in
      guard let start = buffer.baseAddress else { return -1 }
      let file = mkstemp(start)
      if file >= 0 { unlink(start) }
      return file
    }
    guard file >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    return file
  }

  /// By position: what is still running may write on.
  private static func content(of file: Int32) -> [UInt8] {
    var content: [UInt8] = []
    while true {
      let part = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = max(pread(file, buffer.baseAddress, buffer.count, off_t(content.count)), 0)
      }
      if part.isEmpty { return content }
      content += part
    }
  }

  /// Runs it and waits, without a limit: what it prints is printed to standard error of this process.
  ///
  /// Its standard input is a pipe that ends with this process, however that ends. An interrupt from the
  /// terminal reaches both. Returns its status, as of an `Outcome`.
  package func runAlongside() throws -> Int32 {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EMFILE) }
    defer { for end in ends { close(end) } }
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    let reading = ends[0]
    let id = try spawn(inOwnGroup: false) { actions in
      posix_spawn_file_actions_adddup2(&actions, reading, 0)
      if reading > 2 { posix_spawn_file_actions_addclose(&actions, reading) }
      posix_spawn_file_actions_adddup2(&actions, 2, 1)
    }
    return Self.end(of: id, within: .infinity).status
  }

  /// - Parameter inOwnGroup: as a group of processes that can be killed as a whole.
  private func spawn(
    inOwnGroup: Bool, streams: (inout posix_spawn_file_actions_t) -> Void
  ) throws(StartFailure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    streams(&actions)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The child must not inherit the signals that this process ignores.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    // A worker thread of Dispatch blocks most signals, and a child inherits that.
    var blocked = sigset_t()
    sigemptyset(&blocked)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK)
        | (inOwnGroup ? Int16(POSIX_SPAWN_SETPGROUP) : 0))
    var line = [try program()] + arguments
    // Not every system can start a program in another folder.
    if let folder { line = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder] + line }
    var words: [UnsafeMutablePointer<CChar>?] = line.map { strdup($0) }
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") }
    defer { for word in words + variables { free(word) } }
    words.append(nil)
    variables.append(nil)
    var id: pid_t = 0
    let code = posix_spawn(&id, line[0], &actions, &attributes, words, variables)
    guard code == 0 else {
      let reason = POSIXErrorCode(rawValue: code).map { POSIXError($0).systemReason }
      throw StartFailure(isMissing: code == ENOENT, description: reason ?? "error \(code)")
    }
    return id
  }

  /// The path of the program, by the `PATH` that the program itself is given.
  private func program() throws(StartFailure) -> String {
    if executable.contains("/") { return executable }
    let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    let paths = folders.map { "\($0)/\(executable)" }
    guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else {
      throw StartFailure(isMissing: true, description: "there is no program '\(executable)'")
    }
    return path
  }

  /// Waits for the end, by asking every few milliseconds: no system call waits for one process and for a
  /// time on all systems.
  private static func end(of id: pid_t, within limit: Double) -> (status: Int32, isOverdue: Bool) {
    let deadline = limit.isFinite ? DispatchTime.now() + limit : .distantFuture
    var pause: UInt32 = 500
    var isOverdue = false
    var status: Int32 = 0
    while true {
      let ended = waitpid(id, &status, isOverdue ? 0 : WNOHANG)
      if ended == id { break }
      // Only where something else has waited for it already.
      if ended == -1, errno != EINTR { return (0, isOverdue) }
      if ended == 0, DispatchTime.now() >= deadline {
        kill(-id, SIGKILL)
        kill(id, SIGKILL)
        isOverdue = true
      } else if ended == 0 {
        usleep(pause)
        pause = min(pause * 2, 20_000)
      }
    }
    let signal = status & 0x7f
    return (signal == 0 ? (status >> 8) & 0xff : 128 + signal, isOverdue)
  }
}
