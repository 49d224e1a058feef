import Solution

/// `.connref.yml` with one more planned re-creation or removal. All else in it stays, byte by byte.
package struct IntentFile {
  /// The plan that covers one finding; nil where no plan can.
  package struct Plan: Sendable, Hashable {
    /// The key of the list, and one entry a line.
    package let key: String
    package let entries: [String]

    /// - Parameters:
    ///   - until: the last day of a planned re-creation.
    ///   - after: the last day on which a reference is needed.
    package init?(_ finding: Finding, until: Day?, after: Day?, reason: String?) {
      switch finding.rule {
      case .referenceRecreated, .referenceReplaced:
        guard let new = finding.after.first, finding.after.count == 1, !finding.before.isEmpty
        else { return nil }
        key = "moved"
        entries = finding.before.map { old in
          let parts =
            [
              "from: \(YAMLText.scalar(old.name.spelling))",
              "to: \(YAMLText.scalar(new.name.spelling))",
            ]
            + [
              until.map { "until: \($0)" },
              reason.map { "reason: \(YAMLText.scalar($0))" },
            ]
            .compactMap { $0 }
          return "{\(parts.joined(separator: ", "))}"
        }
      case .referenceRemoved:
        guard !finding.before.isEmpty else { return nil }
        key = "retired"
        entries = finding.before.map { old in
          "{name: \(YAMLText.scalar(old.name.spelling))\(after.map { ", after: \($0)" } ?? "")}"
        }
      default: return nil
      }
      names = finding.before.map(\.name)
      successor = finding.after.first?.name
    }

    private let names: [LogicalName]
    private let successor: LogicalName?

    /// True where a configuration plans all of it already, until whatever day.
    package func isPart(of intent: DeclaredIntent) -> Bool {
      names.allSatisfy { name in
        key == "moved"
          ? intent.moved.contains { $0.from == name && $0.to == successor }
          : intent.retired.contains { $0.name == name }
      }
    }
  }

  /// - Parameter before: what the file holds; nil where there is none.
  /// - Returns: the file with the plan; nil where the list is written so that nothing can be added to it by
  ///   rule.
  package static func adding(_ plan: Plan, to before: [UInt8]?) -> [UInt8]? {
    let text = before.map { String(decoding: $0, as: UTF8.self) } ?? ""
    guard before.map({ Array(text.utf8) == $0 }) ?? true else { return nil }
    let known = (try? Configuration(file: before ?? []))?.intent
    guard let known else { return nil }
    let newline = text.contains("\r\n") ? "\r\n" : "\n"
    var lines = text.split(separator: newline, omittingEmptySubsequences: false).map(String.init)
    if let head = lines.firstIndex(where: { $0 == "\(plan.key):" || $0.hasPrefix("\(plan.key):") })
    {
      let rest = lines[head].dropFirst(plan.key.count + 1)
      let value = rest.prefix { $0 != "#" }.filter { !$0.isWhitespace }
      if value.isEmpty {
        var (last, indentation) = (head, "  ")
        for index in lines.indices.dropFirst(head + 1) {
          let line = lines[index]
          let content = line.drop { $0 == " " }
          if content.isEmpty || content.hasPrefix("#") { continue }
          let own = String(line.prefix { $0 == " " })
          guard !own.isEmpty || content.hasPrefix("- ") else { break }
          if content.hasPrefix("- "), last == head { indentation = own }
          last = index
        }
        lines.insert(contentsOf: plan.entries.map { "\(indentation)- \($0)" }, at: last + 1)
      } else if value.hasPrefix("["), let bracket = lines[head].lastIndex(of: "]"),
        value.hasSuffix("]")
      {
        let isEmpty = value == "[]"
        lines[head].insert(
          contentsOf: (isEmpty ? "" : ", ") + plan.entries.joined(separator: ", "), at: bracket)
      } else {
        return nil
      }
    } else {
      if lines.last == "" { lines.removeLast() }
      lines += ["\(plan.key):"] + plan.entries.map { "  - \($0)" } + [""]
    }
    let after = Array(lines.joined(separator: newline).utf8)
    // Read again: what was there has to say what it said, and the plan has to be in it.
    guard let read = (try? Configuration(file: after))?.intent,
      read.moved.count + read.retired.count
        == known.moved.count + known.retired.count + plan.entries.count,
      Set(known.moved.map(\.from)).isSubset(of: read.moved.map(\.from)),
      Set(known.retired.map(\.name)).isSubset(of: read.retired.map(\.name))
    else { return nil }
    return after
  }
}
