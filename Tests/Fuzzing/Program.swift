import Foundation

/// Feeds damaged input to the readers: `connref-fuzz [--seconds N] [--seed N] [--input FILE] [TARGET…]`.
///
/// A seed makes the same inputs again. What is being read is in `connref-fuzz.TARGET.input` of the
/// temporary folder: after a crash it is what crashed. `--input` reads such a file once more.
@main struct Program {
  static func main() throws {
    var seconds = 10.0
    var seed: UInt64 = 1
    var input: String?
    var names: [String] = []
    var arguments = CommandLine.arguments.dropFirst()
    while let argument = arguments.popFirst() {
      switch argument {
      case "--seconds": seconds = arguments.popFirst().flatMap(Double.init) ?? seconds
      case "--seed": seed = arguments.popFirst().flatMap(UInt64.init) ?? seed
      case "--input": input = arguments.popFirst()
      default: names.append(argument)
      }
    }
    let all: [any FuzzTarget] = [
      XMLTarget(), JSONTarget(), YAMLTarget(), ZipTarget(), SolutionTarget(),
      SettingsEditTarget(), try IndexTarget(), try LooseObjectTarget(), try CommitTarget(),
    ]
    let targets = names.isEmpty ? all : all.filter { names.contains($0.name) }
    for target in targets {
      if let input {
        try target.read([UInt8](Data(contentsOf: URL(filePath: input))))
      } else {
        try Campaign(target, seed: seed, seconds: seconds).run()
      }
    }
  }
}

/// One target, for so many seconds.
struct Campaign {
  private let target: any FuzzTarget
  private let seconds: Double
  private var mutator: Mutator
  /// No input of up to a megabyte may take longer.
  private static let longest = 5.0
  /// How many inputs are kept to go on from.
  private static let capacity = 400

  init(_ target: any FuzzTarget, seed: UInt64, seconds: Double) {
    self.target = target
    self.seconds = seconds
    mutator = Mutator(seed: seed, words: target.words)
  }

  func run() throws {
    var mutator = mutator
    var corpus = target.seeds
    var outcomes: Set<String> = []
    let current = URL(filePath: NSTemporaryDirectory())
      .appending(path: "connref-fuzz.\(target.name).input")
    let end = Date().addingTimeInterval(seconds)
    var (count, slowest) = (0, 0.0)
    while Date() < end {
      let input = mutator.input(from: corpus)
      try Data(input).write(to: current)
      let start = clock()
      let outcome = try target.read(input)
      // Of the processor alone: the machine may be busy with something else.
      slowest = max(slowest, Double(clock() - start) / Double(CLOCKS_PER_SEC))
      if slowest > Self.longest {
        throw Fault("\(target.name): an input took \(slowest) s; it is in \(current.path)")
      }
      // What is answered otherwise than all before is worth going on from.
      if outcomes.insert(outcome).inserted, corpus.count < Self.capacity { corpus.append(input) }
      count += 1
    }
    try? FileManager.default.removeItem(at: current)
    print(
      "\(target.name): \(count) inputs, \(outcomes.count) answers, slowest "
        + "\(Int(slowest * 1000)) ms")
  }
}

/// What must never happen, and happened.
struct Fault: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
