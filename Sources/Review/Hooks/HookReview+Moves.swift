import Git

extension HookReview {
  /// Each move as one comparison. A tag may lead to what is no commit, which holds no solution.
  func answer(
    of moves: [ReferenceMove], main: String?,
    naming names: (_ shortName: String) -> (before: String, after: String)
  ) throws -> HookAnswer {
    var answer = HookAnswer()
    for move in moves {
      guard let tip = try repository.commit(peeling: move.after) else { continue }
      var names = names(move.shortName)
      var before = try present(move.before)
      if before == nil {
        guard let main else {
          answer.remarks.append(
            "'\(move.shortName)' was compared with nothing: there is no main branch yet")
          continue
        }
        before = try repository.mergeBases(try repository.commitID(of: main), tip).first
        guard before != nil else {
          answer.remarks.append(
            "'\(move.shortName)' was compared with nothing: no commit in common with "
              + "'\(main.trimmingPrefix("refs/heads/").trimmingPrefix("refs/remotes/"))'")
          continue
        }
        names.before = "the merge base"
      }
      answer.outcomes.append(
        try check().outcome(from: before, to: tip, named: names))
    }
    return answer
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
