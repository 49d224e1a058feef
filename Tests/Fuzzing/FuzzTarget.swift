import Detection
import Editing
import Parsing
import Solution
import TestSupport

/// A reader, and what it is fed with.
protocol FuzzTarget {
  var name: String { get }
  /// Whole inputs to begin with.
  var seeds: [[UInt8]] { get }
  /// Pieces that mean something to the reader.
  var words: [String] { get }
  /// What the reader answered, in a word or two; throws `Fault` for what must never happen.
  @discardableResult
  func read(_ bytes: [UInt8]) throws -> String
}

/// The files of an invented solution in one form.
private func files(_ form: SolutionFixture.Form) -> [(path: String, bytes: [UInt8])] {
  SolutionFixture(
    [SolutionFixture.old, SolutionFixture.other, .stub("sales_Stub")],
    [
      SolutionFixture.approve(SolutionFixture.old),
      SolutionFixture.Flow("Both", id: SolutionFixture.remindID, SolutionFixture.old, .stub("a")),
    ]
  ).files(form, in: "s").map { ($0.key, $0.value.bytes) }.sorted { $0.path < $1.path }
}

struct XMLTarget: FuzzTarget {
  let name = "xml"
  let words = [
    "<", "/>", "</", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE a [", "<?xml version=\"1.0\"?>",
    "&amp;", "&#x41;", "&a;", "xmlns:a=\"b\"", "<connectionreference>", "encoding=\"UTF-16\"",
  ]
  var seeds: [[UInt8]] {
    (files(.classic) + files(.plain)).filter { $0.path.hasSuffix(".xml") }.map(\.bytes)
  }

  func read(_ bytes: [UInt8]) throws -> String {
    do {
      let root = try Element(parsing: bytes, keeping: .everything)
      return "\(root.name) \(root.children.count)"
    } catch {
      return error.message
    }
  }
}

struct JSONTarget: FuzzTarget {
  let name = "json"
  let words = [
    "{", "}", "[", "]", ":", ",", "\"", "\\u0000", "\\uD800", "\\", "null", "true", "1e999", "//",
    "\"connectionReferences\":", "\"connection\":{}", "\"connectionReferenceLogicalName\":",
  ]
  var seeds: [[UInt8]] {
    files(.classic).filter { $0.path.hasSuffix(".json") }.map(\.bytes)
      + [SolutionFixture.settings([SolutionFixture.old, SolutionFixture.other]).bytes]
  }

  func read(_ bytes: [UInt8]) throws -> String {
    do {
      let tree = try JSONTree(bytes)
      return "\(tree.members.count)"
    } catch {
      return error.message
    }
  }
}

/// Every form of solution: one of its files is damaged, and the solution is compared with what it was.
struct SolutionTarget: FuzzTarget {
  let name = "solution"
  let words =
    XMLTarget().words + JSONTarget().words + YAMLTarget().words + [
      "<Version>", "<UniqueName>", "<Managed>1</Managed>", "WorkflowId=", "iscustomizable",
    ]

  /// The first byte says which file of which form the rest is.
  var seeds: [[UInt8]] {
    Self.places.enumerated().map { [UInt8(truncatingIfNeeded: $0.offset)] + $0.element.file.bytes }
  }

  private static let places = SolutionFixture.Form.allCases.flatMap { form in
    let all =
      files(form) + [("s/settings.json", SolutionFixture.settings([SolutionFixture.old]).bytes)]
    return all.map { (all: all, file: $0) }
  }

  func read(_ bytes: [UInt8]) throws -> String {
    guard let first = bytes.first else { return "" }
    let (all, file) = Self.places[Int(first) % Self.places.count]
    let damaged = all.filter { $0.path != file.path } + [(file.path, Array(bytes.dropFirst()))]
    let (before, _) = MemoryTree(all).snapshot()
    let (after, problems) = MemoryTree(damaged).snapshot()
    for (left, right) in [(before, after), (after, before)] {
      _ = RuleBook.findings(in: Comparison(before: left, after: right))
    }
    let state = RuleBook.findings(in: State(after))
    let same = RuleBook.findings(in: Comparison(before: after, after: after))
    guard same.isEmpty else {
      throw Fault("a snapshot compared with itself gives \(same.map(\.summary))")
    }
    return (problems.map(\.message) + state.map(\.rule.rawValue)).joined(separator: "\n")
  }
}

struct YAMLTarget: FuzzTarget {
  let name = "yaml"
  let words = [
    ":", "- ", "'", "\"", "&a", "*a", "!!binary", "? ", "|\n", ">\n", "---\n", "%YAML 1.2\n", "#",
    "connectionreference:", "'@connectionreferencelogicalname':", "[", "{", "\t",
  ]
  var seeds: [[UInt8]] {
    files(.yaml).filter { $0.path.hasSuffix(".yml") }.map(\.bytes)
      + [
        "main: main\nsolutions: [a, 'b/*']\nrules:\n  link-lost: warning\nmoved:\n  - {from: a, to: b}\n",
        "accepted:\n  - {id: 0123456789ab, rule: link-lost, reason: r, until: 2027-01-31}\n",
      ].map { Array($0.utf8) }
  }

  func read(_ bytes: [UInt8]) throws -> String {
    var answers: [String] = []
    do {
      answers.append("\(try Configuration(file: bytes).solutions.count)")
    } catch {
      answers.append("\(error)")
    }
    do {
      answers.append("\(try ApprovalsFile(bytes).approvals.entries.count)")
    } catch {
      answers.append("\(error)")
    }
    return answers.joined(separator: "\n")
  }
}

struct ZipTarget: FuzzTarget {
  let name = "zip"
  let words = ["PK\u{3}\u{4}", "PK\u{1}\u{2}", "PK\u{5}\u{6}", "PK\u{6}\u{6}", "../", "a.zip"]
  var seeds: [[UInt8]] {
    let inner = storedZip(
      SolutionFixture.base.files(.plain, in: "").sorted { $0.key < $1.key }
        .map { ($0.key, $0.value.bytes) })
    return [inner, storedZip([("Sales.zip", inner), ("a/b.txt", [1, 2, 3])]), storedZip([])]
  }

  func read(_ bytes: [UInt8]) throws -> String {
    let (snapshot, problems) = MemoryTree([("Sales.zip", bytes)]).snapshot()
    return ([snapshot.instances.map(\.uniqueName).joined()] + problems.map(\.message))
      .joined(separator: "\n")
  }
}

/// Rows are taken out of a damaged settings file and put into it: what else it holds stays.
struct SettingsEditTarget: FuzzTarget {
  let name = "settings-edits"
  let words =
    JSONTarget().words + [
      "\"ConnectionReferences\": [", "\"LogicalName\":", "\"ConnectionId\":", "#{a}#", "\"value\":",
    ]
  var seeds: [[UInt8]] {
    [
      SolutionFixture.settings([SolutionFixture.old, SolutionFixture.other]).bytes,
      Array(#"{"ConnectionReferences":[]}"#.utf8),
      Array(#"{"ConnectionReferences":{"a_b":{"ConnectionId":"1"}}}"#.utf8),
      Array(
        "{\r\n\t\"connectionreferences\": {\r\n\t\t\"a_b\": \"1\",\r\n\t\t\"c_d\": \"2\"\r\n\t}\r\n}"
          .utf8),
    ]
  }

  func read(_ bytes: [UInt8]) throws -> String {
    let sheet: SettingsSheet
    do {
      sheet = try SettingsSheet(bytes)
    } catch {
      return error.message
    }
    let new = NewRow(
      name: LogicalName("fuzz_New"), displayName: "New", connector: Connector(path: "shared_sql"))
    for (number, list) in sheet.lists.enumerated() {
      let held = list.rows.map { "\($0.row)" }
      guard !list.rows.contains(where: { $0.row.reference == new.name }) else { continue }
      let added: SettingsSheet
      let file: [UInt8]
      do {
        (file, added) = try SettingsSheet.edited(
          bytes, by: sheet.adding([new], to: list, shape: nil))
      } catch {
        return "adding: \(error.message)"
      }
      guard added.lists.indices.contains(number) else { throw Fault("a list is gone") }
      let others = added.lists[number].rows.filter { $0.row.reference != new.name }
      guard others.map(\.row.reference) == list.rows.map(\.row.reference),
        others.count + 1 == added.lists[number].rows.count
      else { throw Fault("adding a row changed others: \(held)") }
      do {
        let (_, removed) = try SettingsSheet.edited(
          file, by: added.removing([new.name], from: added.lists[number]))
        guard
          removed.lists[number].rows.map(\.row.reference) == list.rows.map(\.row.reference)
        else { throw Fault("taking the row out again changed others: \(held)") }
      } catch let error as Unreadable {
        return "removing: \(error.message)"
      }
    }
    return "\(sheet.lists.map(\.rows.count))"
  }
}
