package import Detection
import Solution

/// The configuration in force: what `connref config` prints.
package struct ConfigurationReport {
  private let values: [ConfigurationValue]
  private let mainBranch: String?
  private let title: String?

  /// - Parameters:
  ///   - mainBranch: the value of `main` where the file does not name it; nil where nothing looks like
  ///     one.
  ///   - title: the same branch as people write it.
  package init(_ values: [ConfigurationValue], mainBranch: String?, title: String?) {
    self.values = values
    self.mainBranch = mainBranch
    self.title = title
  }

  /// A line a value, with its origin behind it.
  package var text: String {
    let lines = values.map { value in
      (
        PrintableText(escaping: "\(value.key): \(found(value) ?? value.value)").description,
        PrintableText(escaping: origin(of: value)).description
      )
    }
    let width = min(lines.map(\.0.displayWidth).max() ?? 0, 56)
    return lines.map { "\($0.padded(to: width))  # \($1)\n" }.joined()
  }

  private func origin(of value: ConfigurationValue) -> String {
    if let place = value.origin { return "\(place.path):\(place.line)" }
    guard value.key == "main" else { return "default" }
    return found(value) == nil ? "none found" : "found"
  }

  /// The main branch that the repository shows where the file names none.
  private func found(_ value: ConfigurationValue) -> String? {
    value.key == "main" && value.origin == nil ? title : nil
  }

  /// The same for programs, with a line end.
  package var document: String {
    let value: JSONValue = [
      "schema": .text(JSONFormat.schema),
      "command": "config",
      "values": .array(
        values.map { value in
          [
            "key": .text(value.key),
            "value": .text(value.value),
            "path": .text(value.origin?.path),
            "line": .number(value.origin?.line),
          ]
        }),
      "mainBranch": .text(mainBranch),
    ]
    return value.document
  }
}
