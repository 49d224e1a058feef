/// Assigns files to the solutions that share a root, by their component lists, which name every
/// component. Where no list names anything, all belong to every solution.
struct YAMLMembership {
  private let lists: [YAMLComponents?]
  /// False where a list is missing, or all are empty: then nothing is shut out.
  let listsReferences: Bool
  private let listedConsumers: Set<String>

  init(_ solutions: [YAMLSolution]) {
    lists = solutions.map(\.components)
    // A solution whose list is missing could hold anything, so nothing is shut out.
    listsReferences =
      lists.allSatisfy { $0 != nil } && lists.contains { $0?.count != 0 }
    listedConsumers = lists.reduce(into: []) { $0.formUnion($1?.consumers ?? []) }
  }

  func holds(_ reference: Reference, in solution: Int) -> Bool {
    !listsReferences || lists[solution]?.references.contains(reference.listedName) == true
  }

  /// A consumer that no list names belongs to the first solution: a consumer must not get lost.
  func holds(_ consumer: Consumer, in solution: Int) -> Bool {
    let keys = keys(of: consumer)
    if listedConsumers.isDisjoint(with: keys) { return solution == 0 }
    return lists[solution]?.consumers.isDisjoint(with: keys) == false
  }

  /// The references that no list names, and that so belong to no solution.
  func unlisted(_ references: [Reference]) -> [Reference] {
    guard listsReferences else { return [] }
    return references.filter { reference in
      lists.indices.allSatisfy { !holds(reference, in: $0) }
    }
  }

  /// A flow's list entry was not seen; its file name and its id are what it could be.
  private func keys(of consumer: Consumer) -> Set<String> {
    let file = consumer.path.lastPart.lowercased()
    return [file, String(file.dropLast(5)), consumer.id]
  }
}

extension Reference {
  /// The name in lists of components: that of the folder that holds the file.
  package var listedFolder: String? {
    let folder = place.path.split(separator: "/").dropLast().last.map(String.init)
    return folder?.lowercased() == "connectionreferences" ? nil : folder
  }

  fileprivate var listedName: String { listedFolder?.lowercased() ?? name.key }
}
