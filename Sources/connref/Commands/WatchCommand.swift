import ArgumentParser
import Detection
import Git
import Platform
import Reporting
import Review

struct WatchCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Keep looking at the branches of shared repositories.",
    discussion: """
      Notices new, moved, forced and deleted branches, checks what is new, and flags what is \
      broken. Clones and bare repositories alike.

        connref watch /srv/git/*.git
        connref watch ~/sales --fetch --on-flag 'mail -s broken team@a.com'
        connref watch /srv/git/*.git --html /srv/www/branches.html
        connref watch ~/sales --once

      The command of --on-flag gets one line of JSON on its standard input.
      """)

  @Argument(help: ArgumentHelp("What to watch.", valueName: "repository"))
  var repositories: [String]

  @Option(help: ArgumentHelp("How long to wait between two looks.", valueName: "seconds"))
  var interval = 30.0

  @Flag(help: "Let git fetch from all remotes before each look.")
  var fetch = false

  @Option(help: ArgumentHelp("How long one fetch may take.", valueName: "seconds"))
  var fetchLimit = 60.0

  @Flag(help: "Check once and end: 1 if a branch is broken, 2 if that is unknown.")
  var once = false

  @Option(help: ArgumentHelp("A shell command for each branch that breaks.", valueName: "command"))
  var onFlag: String?

  @Option(help: ArgumentHelp("Keep a page of all repositories current.", valueName: "file"))
  var html: String?

  @Option(help: ArgumentHelp("Where to keep what was seen.", valueName: "file"))
  var state: String?

  @Option(help: "How to write the log: text or json.")
  var log: OutputFormat = .text

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if !(interval > 0 && interval <= 86_400 && fetchLimit > 0 && fetchLimit <= 86_400) {
      throw ValidationError("give times as seconds above 0, a day at most")
    }
  }

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    var (memory, warning) = try WatchMemory.opened(stateFile(in: context))
    if let warning { console.warn(warning) }
    let environment = context.outsideOfRepository
    var watched = paths(in: context).map {
      WatchedRepository(
        path: $0, folder: context.folder, environment: environment, today: { Day.today })
    }
    var page = html.map { WatchPage(place($0, in: context), of: watched.map(\.path)) }
    var pageTrouble: String?
    let fetches = FetchPool(environment: environment, limit: fetchLimit)
    let stop = StopSignal()
    var troubles: [String: String] = [:]
    var hasFailedFetch = false
    repeat {
      if fetch {
        for repository in watched { fetches.start(repository.path) }
        if once { fetches.waitForAll() }
        for failure in fetches.failures() {
          console.complain("\(failure.path): \(failure.message)")
          hasFailedFetch = true
        }
      }
      for index in watched.indices where !stop.wasGiven {
        let path = watched[index].path
        do {
          let known = memory.seen.repositories[path] ?? [:]
          var branches = known
          let changes = try watched[index].changes(since: &branches) { !stop.wasGiven }
          if troubles.removeValue(forKey: path) != nil, !once {
            console.inform("\(PrintableText(escaping: path)): can be read again")
          }
          for change in changes where !report(change, of: path, context, console) {
            branches[change.verdict.name]?.isUnreported = true
          }
          if branches != known { memory.remember(branches, of: path) }
          if let message = memory.save() { console.complain(message) }
          try page?.update(index, watched[index], hasChanged: changes.contains(where: \.isNews))
        } catch {
          // Reported once, and again when it is another one.
          let failure = error as? GitError
          let message = failure?.message ?? error.systemReason
          page?.update(index, trouble: message)
          if troubles.updateValue(message, forKey: path) != message {
            console.complain("\(path): \(message)", hint: failure?.hint)
          }
        }
      }
      // A page that only some of the repositories were looked at for would lose the others.
      if !stop.wasGiven {
        do {
          try page?.write()
          pageTrouble = nil
        } catch {
          let reason = (error as? Unwritable)?.reason ?? error.systemReason
          let message = "could not write '\(html ?? "")': \(reason)"
          if message != pageTrouble { console.complain(message) }
          pageTrouble = message
        }
      }
      if once || stop.wasGiven { break }
      stop.wait(interval)
    } while !stop.wasGiven
    guard once else { return .clear }
    let branches = watched.flatMap { repository in
      memory.seen.repositories[repository.path].map { Array($0.values) } ?? []
    }
    if branches.contains(where: \.isFlagged) { return .findings }
    let isWritten = pageTrouble == nil && memory.trouble == nil
    let isKnown = troubles.isEmpty && !branches.contains(where: \.needsAnotherLook)
    return isKnown && !hasFailedFetch && isWritten ? .clear : .unknown
  }

  private func paths(in context: RunContext) -> [String] {
    repositories.map {
      URL(filePath: context.path($0)).standardizedFileURL.path(percentEncoded: false)
    }.uniqued()
  }

  private func place(_ path: String, in context: RunContext) -> URL {
    URL(filePath: context.path(path))
  }

  private func stateFile(in context: RunContext) -> URL {
    if let state { return place(state, in: context) }
    let home = context.environment["HOME"] ?? "/tmp"
    let folder = context.environment["XDG_STATE_HOME"] ?? "\(home)/.local/state"
    return URL(filePath: "\(folder)/connref/watch.json")
  }

  /// Logs a change, and reports a branch that broke. False where the command that reports it failed.
  private func report(
    _ change: BranchChange, of path: String, _ context: RunContext, _ console: Console
  ) -> Bool {
    let entry = WatchEntry(
      repository: path, change: change.kind.rawValue, verdict: change.verdict,
      before: change.before, flagFailure: change.flagFailure,
      time: Int64(Date().timeIntervalSince1970))
    if change.isNews { console.write(log == .json ? entry.json : entry.text) }
    guard let onFlag, change.isToBeReported else { return true }
    do {
      // The user's own words; what the repository says is on its standard input alone.
      let outcome = try ChildProcess(
        executable: "/bin/sh", arguments: ["-c", onFlag], folder: context.folder,
        environment: context.environment, input: Array(entry.json.utf8), limit: 30
      ).run()
      if outcome.isOverdue {
        console.complain("the command of --on-flag was ended after 30 seconds")
      } else if outcome.status != 0 {
        console.complain("the command of --on-flag ended with \(outcome.status)")
      }
      return !outcome.isOverdue && outcome.status == 0
    } catch {
      console.complain("could not run the command of --on-flag: \(error.systemReason)")
      return false
    }
  }
}
