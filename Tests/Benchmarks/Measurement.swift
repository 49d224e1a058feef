import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What a program took: the medians of several runs, and its peak memory.
///
/// Runs by `posix_spawn` and `wait4`, since Foundation's `Process` adds a millisecond of its own and
/// does not report the memory of one child.
struct Measurement {
  let milliseconds: Double
  /// On all cores, the system's share included; children that it waited for count as well.
  let processorMilliseconds: Double
  let megabytes: Double

  private init(_ runs: [Run]) {
    milliseconds = runs.map(\.milliseconds).sorted()[runs.count / 2]
    processorMilliseconds = runs.map(\.processorMilliseconds).sorted()[runs.count / 2]
    megabytes = runs.map(\.megabytes).max() ?? 0
  }

  /// Runs two programs one after the other, again and again, so that what else the machine does hits
  /// both. The first runs are for the caches and do not count.
  ///
  /// - Parameter prepare: is called before each run, untimed.
  static func byTurns(
    _ one: Program, _ other: Program, in folder: String, runs: Int,
    prepare: () throws -> Void = {}
  ) throws -> (Measurement, Measurement) {
    try inside(folder) {
      var left: [Run] = []
      var right: [Run] = []
      for index in 0..<(runs + warmUps(runs)) {
        try prepare()
        let first = try Run(one)
        try prepare()
        let second = try Run(other)
        if index >= warmUps(runs) {
          left.append(first)
          right.append(second)
        }
      }
      return (Measurement(left), Measurement(right))
    }
  }

  static func of(_ program: Program, in folder: String, runs: Int) throws -> Measurement {
    try inside(folder) {
      for _ in 0..<warmUps(runs) { _ = try Run(program) }
      return Measurement(try (0..<runs).map { _ in try Run(program) })
    }
  }

  /// What is run a few times alone takes long, and reads its files more than once by itself.
  private static func warmUps(_ runs: Int) -> Int { runs > 3 ? 2 : 1 }

  private static func inside<Answer>(_ folder: String, _ body: () throws -> Answer) throws -> Answer
  {
    let place = FileManager.default.currentDirectoryPath
    guard FileManager.default.changeCurrentDirectoryPath(folder) else {
      throw BenchError(description: "could not enter '\(folder)'")
    }
    // The folder is removed after its case.
    defer { _ = FileManager.default.changeCurrentDirectoryPath(place) }
    return try body()
  }
}

/// One run of a program.
private struct Run {
  let milliseconds: Double
  let processorMilliseconds: Double
  let megabytes: Double

  /// Throws where the program could not be run, or says that it could not do its work: both git and
  /// connref end with 0 or 1 otherwise.
  init(_ program: Program) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in 0...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    var words: [UnsafeMutablePointer<CChar>?] = ([program.path] + program.arguments)
      .map { strdup($0) }
    var variables: [UnsafeMutablePointer<CChar>?] = Program.environment.map { strdup($0) }
    defer { for word in words + variables { free(word) } }
    words.append(nil)
    variables.append(nil)

    let clock = ContinuousClock()
    let start = clock.now
    var child: pid_t = 0
    let failure = posix_spawnp(&child, program.path, &actions, nil, words, variables)
    guard failure == 0 else {
      throw BenchError(description: "could not run '\(program.path)'")
    }
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(child, &status, 0, &usage) == child else {
      throw BenchError(description: "could not wait for '\(program.path)'")
    }
    let end = clock.now
    guard status & 0x7f == 0, status >> 8 <= program.highestStatus else {
      let line = ([program.path] + program.arguments).joined(separator: " ")
      throw BenchError(description: "'\(line)' ended with \(status >> 8)")
    }
    milliseconds = (end - start) / .milliseconds(1)
    processorMilliseconds =
      Self.milliseconds(usage.ru_utime) + Self.milliseconds(usage.ru_stime)
    #if canImport(Darwin)
      megabytes = Double(usage.ru_maxrss) / 1_048_576
    #else
      megabytes = Double(usage.ru_maxrss) / 1_024
    #endif
  }

  private static func milliseconds(_ time: timeval) -> Double {
    Double(time.tv_sec) * 1_000 + Double(time.tv_usec) / 1_000
  }
}
