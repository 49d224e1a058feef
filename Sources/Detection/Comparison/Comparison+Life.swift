package import Solution

extension Comparison {
  /// The events of this change for the references `names`, in a fixed order.
  package func lifeEvents(of names: Set<LogicalName>, at moment: Moment) -> [LifeEvent] {
    var events: [LifeEvent] = []
    func add(_ kind: LifeEvent.Kind, _ name: LogicalName, _ detail: String) {
      events.append(LifeEvent(moment: moment, reference: name, kind: kind, detail: detail))
    }
    for name in names.sorted() {
      let was = declaredBefore.fullFirst(of: name)
      let now = declaredAfter.fullFirst(of: name)
      let successors = successions.filter { succession in
        !succession.isReturn && succession.predecessors.contains { $0.name == name }
      }.flatMap(\.successors)
      if !successors.isEmpty {
        add(.recreated, name, successors.map(\.name.spelling).joined(separator: ", "))
      }
      switch (was.first, now.first) {
      case (nil, let entry?):
        add(past.declared(name) ? .returned : .declared, name, "in \(entry.instance.uniqueName)")
      case (let entry?, nil):
        if successors.isEmpty { add(.removed, name, "from \(entry.instance.uniqueName)") }
      case (let left?, let right?):
        addChanges(left, right, name, add)
      case (nil, nil): break
      }
      for pair in consumers {
        guard let consumer = pair.after ?? pair.before else { continue }
        let had = pair.before?.names(name) ?? false
        let has = pair.after?.names(name) ?? false
        if has && !had { add(.consumerGained, name, "'\(consumer.name)'") }
        if had && !has { add(.consumerLost, name, "'\(consumer.name)'") }
      }
    }
    return events
  }

  private func addChanges(
    _ was: Declarations.Entry, _ now: Declarations.Entry, _ name: LogicalName,
    _ add: (LifeEvent.Kind, LogicalName, String) -> Void
  ) {
    if was.instance.uniqueName != now.instance.uniqueName {
      add(.moved, name, "from \(was.instance.uniqueName) to \(now.instance.uniqueName)")
    }
    let left = declaredBefore.best(of: name, for: was.instance)
    let right = declaredAfter.best(of: name, for: now.instance)
    if let new = right?.displayName, left?.displayName != new {
      add(.renamed, name, "to '\(new)'")
    }
    if let old = left?.connector, let new = right?.connector, !old.isSame(as: new) {
      add(.connectorChanged, name, "from \(old.name) to \(new.name)")
    }
  }
}
