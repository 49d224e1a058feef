import Git
package import Platform

/// Puts connref's hooks into a folder and takes them out again, replacing only its own text.
///
/// It knows no git: the caller asks git for the folder (`core.hooksPath`, linked worktrees).
package struct HookInstaller: Sendable {
  private let folder: URL
  private let caller: HookCaller
  private let program: String?
  private let worktree: URL?

  /// - Parameters:
  ///   - folder: where git looks for hooks; created if it is missing.
  ///   - caller: the git that the scripts are written for; those for another are replaced.
  ///   - program: the folder of the program that installs, where hooks look for it beside the PATH.
  ///   - worktree: holds the configuration of programs that write hooks; nil for none.
  package init(
    folder: URL, caller: HookCaller = .git, program: String? = nil, worktree: URL? = nil
  ) {
    self.folder = folder
    self.worktree = worktree
    self.caller = caller
    self.program = program
  }

  /// Installs each hook for itself: a refused one does not keep the others from being installed.
  package func install(_ hooks: [HookName] = HookName.ofClones) -> [(HookName, HookOutcome)] {
    hooks.map { hook in
      do throws(HookRefusal) {
        return (hook, try install(hook))
      } catch {
        return (hook, .refused(error))
      }
    }
  }

  /// Removes what connref wrote, and puts the hook back that was there before.
  package func uninstall(_ hooks: [HookName] = HookName.allCases) -> [(HookName, HookRemoval)] {
    hooks.map { hook in
      do throws(HookRefusal) {
        return (hook, try uninstall(hook))
      } catch {
        return (hook, .refused(error))
      }
    }
  }

  /// The state of a hook; changes nothing.
  package func state(of hook: HookName) -> HookState {
    let file = HookFile(url: folder.appending(path: hook.rawValue))
    do throws(HookRefusal) {
      guard let present = try file.content() else { return .missing }
      switch origin(of: present, hook) {
      case .foreign: return .foreign
      case .manager(let manager):
        return manager.callsConnref(in: hook, of: worktree) ? .managed(by: manager) : .foreign
      case .windowsLineEnds: return .windowsLineEnds
      case _ where !file.isExecutable: return .notExecutable
      case .current: return .installed
      case .earlier: return .earlier
      case .edited: return .odd(.edited(path: file.path))
      case .later(let version): return .odd(.newer(path: file.path, version: version))
      }
    } catch {
      return .odd(error)
    }
  }

  private func install(_ hook: HookName) throws(HookRefusal) -> HookOutcome {
    let file = HookFile(url: folder.appending(path: hook.rawValue))
    let kept = HookFile(url: folder.appending(path: hook.rawValue + Self.keptSuffix))
    let text = Data(HookScripts.text(for: hook, caller: caller, lookingIn: program).utf8)

    guard let present = try file.content() else {
      try file.create(text)
      return .installed
    }
    switch origin(of: present, hook) {
    case .current where present != text:
      try file.replace(by: text)
      return .updated
    case .current:
      WholeFile.removeRemains(of: file.path)
      return try file.makeExecutable() ? .updated : .alreadyInstalled
    case .earlier, .windowsLineEnds:
      try file.replace(by: text)
      return .updated
    case .manager(let manager) where manager.callsConnref(in: hook, of: worktree):
      return .managed(by: manager)
    case .manager(let manager) where !manager.runsEarlierHooks:
      throw .managed(path: file.path, hook: hook, by: manager)
    case .edited:
      throw .edited(path: file.path)
    case .later(let version):
      throw .newer(path: file.path, version: version)
    case .foreign, .manager:
      try keep(file, as: kept, beside: text)
      return .keptExisting(as: kept.name)
    }
  }

  private func keep(
    _ file: HookFile, as kept: HookFile, beside text: Data
  ) throws(HookRefusal) {
    if try kept.isPresent() {
      guard try kept.isFile(), try kept.content() == file.content() else {
        throw .keptNameTaken(path: kept.path)
      }
      try kept.remove()
    }
    try file.replace(by: text, keeping: kept)
  }

  private func uninstall(_ hook: HookName) throws(HookRefusal) -> HookRemoval {
    let file = HookFile(url: folder.appending(path: hook.rawValue))
    let kept = HookFile(url: folder.appending(path: hook.rawValue + Self.keptSuffix))
    let hasKept = try kept.isFile()

    if try file.isFile(), let present = try file.content() {
      switch origin(of: present, hook) {
      case .current, .earlier, .windowsLineEnds: break
      case .edited: throw .edited(path: file.path)
      case .later(let version): throw .newer(path: file.path, version: version)
      case .foreign, .manager: return .notInstalled
      }
      guard hasKept else {
        try file.remove()
        return .removed
      }
    } else {
      // with an earlier hook alone, our script was deleted by hand or a run ended halfway
      guard hasKept, try !file.isPresent() else { return .notInstalled }
    }
    try kept.replace(file)
    return .restored
  }

  private enum Origin {
    case current, earlier, edited, foreign, windowsLineEnds
    case later(version: Int)
    case manager(HookManager)
  }

  private func origin(of present: Data, _ hook: HookName) -> Origin {
    guard let content = String(bytes: present, encoding: .utf8) else { return .foreign }
    if let manager = HookManager(script: content) { return .manager(manager) }
    let text = content.replacing("\r\n", with: "\n")
    guard let marker = HookMarker(text: text) else { return .foreign }
    let isWritten = HookScripts.isText(text, of: hook)
    if isWritten || marker.version < HookScripts.version, content.utf8.contains(UInt8(ascii: "\r"))
    {
      return .windowsLineEnds
    }
    if isWritten { return .current }
    if marker.version < HookScripts.version { return .earlier }
    if marker.version > HookScripts.version { return .later(version: marker.version) }
    return .edited
  }

  private static let keptSuffix = ".before-connref"
}
