import Detection
import Git

/// Branches that a push moves, each from what the other repository has to what it is given.
extension HookReview {
  /// The commit that new branches are compared with, and whose policy applies.
  struct PushTarget {
    /// In full; nil where nothing looks like a main branch.
    let main: String?
    /// Commits of the main branch, the one that is known best first.
    let tips: [ObjectID]
    /// The error where there is nothing certain to compare a new branch with.
    let refusal: GitError?
    /// The command that fetches the main branch of a remote; nil where it was fetched.
    let fetch: String?
    /// True where `tips` are of any branches, since nothing says which is the main one.
    var isAnyBranch = false

    /// As people write it.
    var shortMain: String {
      String((main ?? "").trimmingPrefix("refs/heads/").trimmingPrefix("refs/remotes/"))
    }
  }

  func answerForReceived(_ moves: [ReferenceMove]) throws -> HookAnswer {
    let server = try ServerMainBranch(repository, creating: moves)
    let target =
      switch server.choice {
      case .branch(let name, let commit):
        PushTarget(main: name, tips: [commit], refusal: nil, fetch: nil)
      case .noBranch: PushTarget(main: nil, tips: [], refusal: nil, fetch: nil)
      case .unclear:
        PushTarget(
          main: nil, tips: [], refusal: GitError(.other, server.message, hint: server.hint),
          fetch: nil)
      }
    return try answer(of: moves, to: target) { move in
      (move.shortName, "the pushed \(move.shortName)", move.name == target.main)
    }
  }

  func answerForPush(_ moves: [ReferenceMove], to remote: String) throws -> HookAnswer {
    let references = try repository.references()
    let others = references.compactMap { reference -> String? in
      let parts = reference.name.split(separator: "/")
      return parts.count > 3 && parts[1] == "remotes" ? String(parts[2]) : nil
    }
    var names: [String] = []
    for remote in [remote, "origin"] + Set(others).sorted() {
      guard let name = try MainBranch(repository, remote: remote).name, !names.contains(name)
      else { continue }
      names.append(name)
    }
    if names.isEmpty {
      // A clone of one branch: the remote has at least what was fetched.
      let fetched = references.filter { $0.name.hasPrefix("refs/remotes/\(remote)/") }
      let target = PushTarget(
        main: "refs/remotes/\(remote)", tips: fetched.compactMap(\.commit), refusal: nil,
        fetch: "git fetch \(remote)", isAnyBranch: true)
      return try answer(of: moves, to: target) { move in
        ("\(remote)/\(move.shortName)", "the pushed \(move.shortName)", false)
      }
    }
    // A local branch says nothing of what a remote has.
    names.sort { $0.hasPrefix("refs/remotes/") && !$1.hasPrefix("refs/remotes/") }
    let main = names.first
    let mainTips = try MainBranchTips(repository)
    let target = PushTarget(
      main: main, tips: names.compactMap { name in references.first { $0.name == name }?.commit },
      refusal: nil,
      fetch: main?.hasPrefix("refs/remotes/\(remote)/") ?? false ? nil : "git fetch \(remote)")
    return try answer(of: moves, to: target) { move in
      ("\(remote)/\(move.shortName)", "the pushed \(move.shortName)", mainTips.isMain(move.name))
    }
  }

  /// Each move as one comparison. A tag may lead to an object that is no commit, which holds no
  /// solution.
  private func answer(
    of moves: [ReferenceMove], to target: PushTarget,
    naming names: (ReferenceMove) -> (before: String, after: String, isMain: Bool)
  ) throws -> HookAnswer {
    var answer = HookAnswer()
    for move in moves {
      guard let tip = try repository.commit(peeling: move.after) else { continue }
      let (beforeName, afterName, isMain) = names(move)
      let present = try present(move.before)
      var base = present
      if base == nil {
        if isMain, move.before != .zero, let fetch = target.fetch {
          let configuration = try PolicyFiles(repository).reading(of: .commit(tip)).policy
            .configuration
          // A repository that never held a solution is pushed unchecked.
          guard try SolutionPresence(repository: repository).isKnown(to: configuration) else {
            answer.remarks.append(
              "'\(move.shortName)' was compared with nothing: there is no solution here")
            continue
          }
          throw GitError(
            .missingObject,
            "could not compare '\(move.shortName)': commit \(move.before.hex.prefix(10)) of the "
              + "remote was never fetched", hint: fetch)
        }
        if let refusal = target.refusal {
          if move.name.hasPrefix("refs/tags/"), try isKnown(tip, besides: moves) { continue }
          throw refusal
        }
        if isMain, move.before == .zero {
          answer.remarks.append(
            "the remote has no branch '\(move.shortName)' yet: nothing to compare with")
          continue
        }
        guard let main = try start(of: tip, in: target) else {
          answer.remarks.append(
            "there is no main branch yet: nothing to compare '\(move.shortName)' with")
          continue
        }
        base = try repository.mergeBases(main, tip).first
        guard base != nil else {
          answer.remarks.append(
            "'\(move.shortName)' was compared with nothing: no commit in common with "
              + "'\(target.shortMain)'")
          continue
        }
      }
      // A branch does not say by which rules it is judged: only the main one does, as it was.
      let trusted = isMain ? nil : try start(of: tip, in: target)
      // A topic that was updated from the main branch brings what everyone has already.
      let main = trusted.map { MainBranchTips.Tip(shortName: target.shortMain, commit: $0) }
      answer.outcomes.append(
        try check(policySide: trusted.map { .commit($0) }).outcome(
          from: base, to: tip,
          named: (present == nil ? "the merge base" : beforeName, afterName),
          trusted: trusted.map { _ in target.shortMain },
          takingOver: present == nil ? nil : main))
    }
    return answer
  }

  /// The commit that a new branch is compared with: of the main branch, else of the branch that it has
  /// most in common with. Nil where there is none.
  private func start(of tip: ObjectID, in target: PushTarget) throws(GitError) -> ObjectID? {
    guard target.isAnyBranch else { return target.tips.first }
    var nearest: (tip: ObjectID, base: ObjectID)?
    for other in target.tips {
      guard let base = try repository.mergeBases(other, tip).first else { continue }
      if let known = nearest?.base, try repository.isAncestor(base, of: known) { continue }
      nearest = (other, base)
    }
    return nearest?.tip ?? target.tips.first
  }

  /// True for a commit that a branch or a tag had before the push.
  private func isKnown(
    _ commit: ObjectID, besides moves: [ReferenceMove]
  ) throws(GitError) -> Bool {
    let created = Set(moves.lazy.filter { $0.before == .zero }.map(\.name))
    let known = try repository.references().filter { !created.contains($0.name) }
      .compactMap(\.commit)
    var new = Ancestors(of: [commit], hiding: known, in: repository)
    return try new.next() == nil
  }

  /// The commit that a branch was at; nil for a new one, for one whose tip was never fetched, and for
  /// a tag that was no commit.
  private func present(_ id: ObjectID) throws(GitError) -> ObjectID? {
    guard id != .zero else { return nil }
    do throws(GitError) {
      return try repository.commit(peeling: id)
    } catch {
      guard error.kind == .missingObject else { throw error }
      return nil
    }
  }
}
