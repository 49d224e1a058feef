import Foundation

/// What the hooks add to a push of one commit, and what the one behind a commit takes.
enum HooksCase: BenchCase {
  static let name = "hooks"

  static func make(_ repository: BenchRepository) throws {
    var solution = InventedSolution(folder: "solutions/Bench", flows: 100)
    repository.commit(to: "main", OtherFiles.files(4_800) + solution.files)
    solution.version = 2
    repository.commit(to: "feature", from: "main", [solution.flowFile(0)])
    try repository.make(head: "feature")
  }

  static func rows(on stage: Stage) throws -> [Row] {
    let bin = stage.folder + "/bin"
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: bin + "/connref", withDestinationPath: stage.connref)
    let plain = try server("plain.git", on: stage)
    let guarded = try server("guarded.git", on: stage)
    for (place, hooks) in [
      (stage.folder, ["pre-push"]), (guarded, ["pre-receive", "post-receive"]),
    ] {
      try Program(
        stage.connref,
        ["install", "--quiet", "--repository", place] + hooks.flatMap { ["--hook", $0] }
      ).run()
    }
    let base = push(to: plain, firesPrePush: false, bin)
    let rivals = [
      ("push, added by pre-push", push(to: plain, firesPrePush: true, bin), 50.0),
      ("push, added by the server's hooks", push(to: guarded, firesPrePush: false, bin), 50),
      ("push, added by both sides", push(to: guarded, firesPrePush: true, bin), 100),
    ]
    return try rivals.map { name, program, goal in
      let (with, without) = try Measurement.byTurns(
        program, base, in: stage.folder, runs: stage.runs
      ) {
        // The branch then is where the packed references say, as before the first push.
        for server in [plain, guarded] {
          let branch = server + "/refs/heads/main"
          if FileManager.default.fileExists(atPath: branch) {
            try FileManager.default.removeItem(atPath: branch)
          }
        }
      }
      return Row(
        name: name, figure: with.milliseconds - without.milliseconds, unit: "ms",
        goal: (goal, "ms"), memory: with.megabytes, beside: without.milliseconds,
        besideName: "git push, no hooks")
    } + [
      try stage.compare(
        "post-commit, one flow", ["hook", "post-commit"],
        git: ["diff", "--raw", "HEAD~", "HEAD"])
    ]
  }

  /// Its `main` lies one commit behind.
  private static func server(_ name: String, on stage: Stage) throws -> String {
    let path = "\(stage.folder)/\(name)"
    try Program(
      "/usr/bin/env",
      [
        "git", "clone", "--quiet", "--bare", "--no-local", "--single-branch", "--branch", "main",
        stage.folder, path,
      ]
    ).run()
    return path
  }

  private static func push(to server: String, firesPrePush: Bool, _ bin: String) -> Program {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return Program(
      "env",
      ["PATH=\(bin):\(path)", "git", "push", "--quiet"]
        + (firesPrePush ? [] : ["--no-verify"]) + [server, "feature:main"])
  }
}
