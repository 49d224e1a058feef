/// What others that run in a hook take to start alone, where they are installed.
enum PeerCase: BenchCase {
  static let name = "peers"

  static func rows(on stage: Stage) throws -> [Row] {
    try ["pre-commit", "prek", "lefthook", "buf", "gitleaks"].compactMap { tool in
      guard Program.isOnPath(tool) else {
        print("\(tool): not found")
        return nil
      }
      let measured = try Measurement.of(Program(tool, ["--version"]), runs: stage.runs)
      return Row(
        name: "\(tool) --version", figure: measured.milliseconds, unit: "ms",
        memory: measured.megabytes)
    }
  }
}
