import ArgumentParser
import Git
import Platform
import Reporting
import Review

struct DoctorCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Prove that each installed hook fires and finds connref.",
    discussion: """
      Copies the hooks into a scratch repository and lets git commit, merge, rebase and push there. \
      Names what is wrong: a hook that is missing, edited or not executable, a PATH without connref, \
      a core.hooksPath that leads elsewhere. Changes nothing in this repository.
      """)

  @OptionGroup var common: CommonOptions

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    let repository = try common.openRepository(in: context)
    let folder = try HooksFolder(repository, sharedToo: true)
    let installer = HookInstaller(folder: folder.url, worktree: folder.worktree)
    let states = HookName.allCases.map { ($0, installer.state(of: $0)) }
    reportFolder(folder, repository, console)
    let trial = try HookTrial(
      of: states.filter { $0.1.isOurs }.map(\.0), in: folder.url, context: context)
    var status = ExitStatus.clear
    let isWithoutHooks = states.allSatisfy { $0.1 == .missing }
    if isWithoutHooks {
      status = .unknown
      console.complain("no hook is installed", hint: "connref install")
    }
    // `install --hook` chooses some: what was left out is no fault.
    let absent = states.filter { hook, state in
      state == .missing && folder.usualHooks.contains(hook)
        && !(hook == .preReceive && states.contains { $0.0 == .update && $0.1.isOurs })
    }.map(\.0)
    let isWhole =
      2 * states.count { folder.usualHooks.contains($0.0) && $0.1 != .missing && $0.1 != .foreign }
      > folder.usualHooks.count
    for (hook, state) in states where !isWithoutHooks && state != .missing {
      if state == .foreign, !isWhole || !folder.usualHooks.contains(hook) { continue }
      if case .managed(let manager) = state {
        console.inform(HookOutcome.managed(by: manager).message(for: hook))
        continue
      }
      guard let diagnosis = Diagnosis(hook, state, trial) else {
        console.inform("\(hook.rawValue) fires and finds connref")
        continue
      }
      status = .unknown
      console.complain(diagnosis.message, hint: diagnosis.hint)
    }
    if !isWithoutHooks, !absent.isEmpty {
      let names = absent.map(\.rawValue)
      let options = names.map { " --hook \($0)" }.joined()
      console.inform("not installed: \(names.joined(separator: ", "))")
      if !console.isQuiet { console.hint("connref install\(options) adds them") }
    }
    if repository.isBare {
      let main = try ServerMainBranch(repository)
      main.report(to: console)
      if main.choice == .unclear { status = .unknown }
    }
    return status
  }

  private func reportFolder(_ folder: HooksFolder, _ repository: Repository, _ console: Console) {
    let key = "core.hooksPath"
    guard let origin = repository.origin(ofConfiguration: key) else { return }
    let place =
      switch folder.place {
      case .gitFolder: "in this repository's own folder"
      case .worktree: "in the worktree"
      case .outside: "outside of this repository"
      }
    let path = PrintableText(escaping: repository.hooksDirectory)
    console.inform(
      "git looks for hooks \(place), in '\(path)' (\(key), set \(origin.words))")
    if !console.isQuiet { console.hint(origin.removal(of: key)) }
  }
}

/// The fault of one hook.
private struct Diagnosis {
  let message: String
  let hint: String?

  /// Nil where nothing is.
  init?(_ hook: HookName, _ state: HookState, _ trial: HookTrial) {
    let name = hook.rawValue
    switch state {
    case .managed: return nil
    case .windowsLineEnds:
      (message, hint) = (
        "\(name) has Windows line ends, and no shell runs it",
        "connref install; where the hooks are committed, add a line to .gitattributes: "
          + "\(name) text eol=lf"
      )
    case .missing: return nil
    case .notExecutable:
      (message, hint) = ("\(name) is not executable, and git passes over it", "connref install")
    case .foreign:
      (message, hint) = (
        "\(name) is a hook that connref did not write",
        "connref install keeps it and runs it first; or call 'connref hook \(name)' from it"
      )
    case .earlier: (message, hint) = ("\(name) is of an earlier connref", "connref install")
    case .odd(let refusal): (message, hint) = ("\(name): \(refusal.message)", refusal.hint)
    case .installed where trial.reached.contains(hook): return nil
    case .installed where trial.said.contains("could not find connref"):
      (message, hint) = (
        "\(name) fires and does not find connref", "put connref into the PATH or ~/.local/bin"
      )
    case .installed:
      let last = trial.said.split(separator: "\n").last.map { ": \($0)" } ?? ""
      (message, hint) = ("\(name) did not fire in a scratch repository\(last)", nil)
    }
  }
}
