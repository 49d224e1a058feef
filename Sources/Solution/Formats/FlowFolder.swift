import Platform

/// A flow's file with all that its consumer depends on. Hashed by content alone, which costs least
/// and distinguishes nearly all.
struct FlowKey: Hashable, Sendable {
  let folder: String
  let file: Folder.File
  /// The content of `<flow>.json.data.xml`.
  let twin: ContentID?
  /// From the `customizations.xml` of a plain layout.
  let workflow: Workflow?
  let isSolution: Bool

  func hash(into hasher: inout Hasher) { hasher.combine(file.content) }
}

/// The result of reading one flow's file.
struct FlowReading: Sendable {
  var consumer: Consumer?
  var problems: [Problem] = []
}

/// A flow of a folder as it was read last, so that a folder that differs in little is read at little cost:
/// one object, since it is handed on from each revision to the next.
final class KnownFlow: Sendable {
  fileprivate let file: Folder.File
  fileprivate let twin: Folder.File?
  fileprivate let isSolution: Bool
  fileprivate let reading: FlowReading

  /// - Parameter twin: nil as well where more than the two files made the reading.
  fileprivate init(key: FlowKey, twin: Folder.File?, reading: FlowReading) {
    file = key.file
    isSolution = key.isSolution
    self.twin = key.workflow == nil ? twin : nil
    self.reading = reading
  }
}

extension Reading {
  /// The flows in `folders`, ordered by path. `isSolution`: a solution's files are beside them, so
  /// a file that cannot be read is one of its flows; elsewhere only the file's name can show it.
  mutating func consumers(
    in folders: [PlacedFolder], of root: String, workflows: [Workflow] = [], isSolution: Bool
  ) -> [Consumer] {
    var consumers: [Consumer] = []
    let byFileName = Dictionary(
      firstOf: workflows.compactMap { workflow in workflow.fileName.map { ($0, workflow) } })
    for folder in folders {
      let known = latest.flows[folder.path] ?? []
      let found = readFlows(
        in: folder, of: root, besides: known, byFileName, isSolution: isSolution)
      consumers.reserveCapacity(consumers.count + found.count)
      for index in found.indices {
        if !found[index].reading.problems.isEmpty { problems += found[index].reading.problems }
        if let consumer = found[index].reading.consumer { consumers.append(consumer) }
      }
      if case .all = flows { latest.flows[folder.path] = found }
    }
    // A desktop flow has the path of its metadata, which other files may come before.
    let isSorted = folders.count < 2 && consumers.allSatisfy { $0.kind == .flow }
    return isSorted ? consumers : consumers.sortedByPath
  }

  /// - Parameters:
  ///   - known: the flows of the folder as they were read last, ordered by name as these are.
  ///   - workflows: of a plain layout, by the file's name in lower case.
  private func readFlows(
    in folder: PlacedFolder, of root: String, besides known: [KnownFlow],
    _ workflows: [String: Workflow], isSolution: Bool
  ) -> [KnownFlow] {
    let files = folder.folder.files
    var twins = FlowTwins(folder.folder)
    var found: [KnownFlow] = []
    found.reserveCapacity(known.count)
    var position = 0
    for index in files.indices {
      guard files[index].role == .flow, files[index].kind != .submodule,
        flows.holds(files[index].content)
      else { continue }
      // The same file with the same metadata in the next one: nearly all are. Nothing is looked at but
      // whether they are the same objects.
      if position < known.count, known[position].file === files[index],
        index + 1 < files.count, known[position].twin === files[index + 1],
        known[position].isSolution == isSolution, workflows.isEmpty
      {
        found.append(known[position])
        position += 1
        continue
      }
      let file = files[index]
      while position < known.count, known[position].file.name <= file.name { position += 1 }
      let twin = twins.twin(ofFileAt: index)
      let key = FlowKey(
        folder: folder.path, file: file, twin: twin?.content,
        workflow: workflows.isEmpty ? nil : workflows[file.name.lowercased()],
        isSolution: isSolution)
      let reading: FlowReading
      if let known = caches.flowReadings[key] {
        reading = known
      } else {
        reading = self.reading(of: key, twin: twin, root: root)
        caches.flowReadings[key] = reading
      }
      found.append(KnownFlow(key: key, twin: twin, reading: reading))
    }
    return found
  }

  private func reading(
    of key: FlowKey, twin: Folder.File?, root: String
  ) -> FlowReading {
    let path = key.folder.appending(part: key.file.name)
    let placed = PlacedFile(path: path, file: key.file)
    let name = FlowFileName(key.file.name)
    var reading = FlowReading()
    let flow: Flow?
    switch caches.flows.fragment(of: key.file, from: tree) {
    case .success(let fragment): flow = fragment
    case .failure(let reason):
      if key.isSolution || name.id != nil { reading.problems = [Problem(reason, in: placed)] }
      return reading
    }
    var workflow = key.workflow
    // A flow that is no cloud flow may be a desktop flow, which only its metadata describes.
    if let twin {
      switch caches.workflows.fragment(of: twin, from: tree) {
      case .success(let fragment): workflow = fragment
      case .failure(let reason):
        let twin = PlacedFile(path: key.folder.appending(part: twin.name), file: twin)
        // The GUID in the flow's own name is enough to know it by.
        let isEnough = flow != nil && name.id != nil
        reading.problems.append(Problem(reason, in: twin, hidesContent: !isEnough))
      }
      reading.consumer = workflow?.desktopFlow(
        in: key.folder.appending(part: twin.name), fallback: path.relative(to: root).lowercased())
    }
    guard let flow, workflow?.isCloudFlow ?? true else { return reading }
    reading.problems += flow.notes.map { Problem($0, in: placed, hidesContent: false) }
    reading.consumer = flow.consumer(
      id: name.id ?? workflow?.id ?? path.relative(to: root).lowercased(),
      name: workflow?.name ?? flow.displayName ?? name.title, path: path)
    return reading
  }
}

extension Flow {
  func consumer(id: String, name: String, path: String) -> Consumer {
    Consumer(
      kind: .flow, id: id, name: name, path: path, links: links, connectorUses: connectorUses,
      usedAliases: usedAliases, uses: uses, childFlows: childFlows, operations: operations)
  }
}
