import Foundation
import TestSupport

/// An invented solution: one flow on one reference, and what becomes of it.
typealias Sales = SolutionFixture

/// The tool as it was built, run as a user runs it.
enum Tool {
  /// The folder that holds the built tool: the one of the test binary.
  static let folder: String = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    let binary =
      bundle?.bundleURL ?? Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    return binary.deletingLastPathComponent().path
  }()

  /// A `PATH` on which hooks find the built tool before any other.
  static let path = "\(folder):\(Command.closedWorld["PATH"] ?? "/usr/bin:/bin")"

  static func command(_ arguments: [String], in folder: String) -> Command {
    Command("\(Self.folder)/connref", arguments: arguments, in: folder)
      .setting(["PATH": path])
  }
}

extension TestRepository {
  /// Runs the tool in the worktree.
  func connref(
    _ arguments: String..., in folder: String? = nil, environment: [String: String?] = [:]
  ) throws -> RunOutcome {
    try Tool.command(arguments, in: folder ?? path).setting(environment).run()
  }

  /// One flow on one reference, committed; what re-created the reference is staged.
  static func withRecreation() throws -> TestRepository {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.stage(Sales.recreated.files())
    return fixture
  }
}

extension RunOutcome {
  /// Both streams, for a message of which git may pass on either.
  var said: String { stdout + stderr }
}
