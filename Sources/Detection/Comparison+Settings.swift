import Solution

/// The settings rows that a reference that went, or came, leaves behind.
extension Comparison {
  /// Rows of the side `after` that bind `reference`, or hold its name inside a token. None while
  /// something still declares it, or a manifest still expects it from elsewhere.
  func staleRows(naming reference: LogicalName) -> [AffectedRow] {
    guard !declaredAfter.declares(reference), !isExternalAfter(reference) else { return [] }
    return after.settings.flatMap { file in
      file.rows.filter { $0.reference == reference || $0.tokenNames(reference) }.map {
        AffectedRow(
          place: Place(path: file.path, line: $0.line), reference: reference, state: .stale)
      }
    }
  }

  /// Settings files that bind other references of `instance`, and have no row for `reference`. One
  /// with a row for what `reference` took the place of is not among them: that row is to be renamed.
  func missingRows(for reference: Reference, in instance: Instance) -> [AffectedRow] {
    let siblings = Set(
      instance.references.map(\.name)
        + (instances.first { $0.after?.folder == instance.folder }?.before?.references ?? [])
        .map(\.name))
    let predecessors = successions.filter { $0.come.contains { $0.name == reference.name } }
      .flatMap { $0.gone.map(\.name) }
    return after.settings.compactMap { file in
      guard !file.rows.contains(where: { $0.reference == reference.name }),
        let last = file.rows.last(where: { siblings.contains($0.reference) }),
        !predecessors.contains(where: { name in
          file.rows.contains { $0.reference == name || $0.tokenNames(name) }
        })
      else { return nil }
      return AffectedRow(
        place: Place(path: file.path, line: last.line), reference: reference.name, state: .missing)
    }
  }

  private func isExternalAfter(_ reference: LogicalName) -> Bool {
    after.instances.contains { $0.externals.contains { $0.name == reference } }
  }
}

extension SettingsRow {
  /// True when the connection id is a token that carries the logical name, `#{connectionreference.x}#`.
  fileprivate func tokenNames(_ reference: LogicalName) -> Bool {
    guard let text = connectionID?.lowercased() else { return false }
    var rest = text[...]
    while let found = rest.firstRange(of: reference.key) {
      let isStart =
        found.lowerBound == text.startIndex
        || !isNamePart(text[text.index(before: found.lowerBound)])
      let isEnd = found.upperBound == text.endIndex || !isNamePart(text[found.upperBound])
      if isStart && isEnd { return true }
      rest = rest[found.upperBound...]
    }
    return false
  }

  private func isNamePart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
