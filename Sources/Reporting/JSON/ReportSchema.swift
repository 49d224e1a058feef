/// JSON Schemas (draft 2020-12) of the documents that `--format json` prints; each belongs to the
/// version of the tool that prints it. Later versions add members and values, and take none away.
package enum ReportSchema {
  /// Of `connref check`.
  package static let check = report(of: "check")

  /// Of `connref audit`: one revision, and findings of state rules.
  package static let audit = report(of: "audit")

  /// Of `connref settings check`: the same, of settings files alone.
  package static let settingsCheck = report(of: "settings check")

  private static func report(of command: String) -> String {
    """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "connref \(command)",
      "type": "object",
      "required": ["schema", "command", "scope", "findings", "accepted", "problems"],
      "additionalProperties": false,
      "properties": {
        "schema": {"const": "connref/1"},
        "command": {"const": "\(command)"},
        "scope": {"$ref": "#/$defs/scope"},
        "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
        "accepted": {
          "description": "What would be findings too, had nobody approved them.",
          "type": "array", "items": {"$ref": "#/$defs/accepted"}
        },
        "problems": {"type": "array", "items": {"$ref": "#/$defs/problem"}}
      },
      "$defs": {
        "scope": {
          "description": "How much was looked at; unreadable counts files that hold something unknown.",
          "type": "object",
          "required": ["revisions", "solutions", "references", "consumers", "unreadable"],
          "additionalProperties": false,
          "properties": {
            "revisions": {"type": "integer", "minimum": 0},
            "solutions": {"type": "integer", "minimum": 0},
            "references": {"type": "integer", "minimum": 0},
            "consumers": {"type": "integer", "minimum": 0},
            "unreadable": {"type": "integer", "minimum": 0}
          }
        },
        "finding": {
          "type": "object",
          "required": [
    \(findingNames)
          ],
          "additionalProperties": false,
          "properties": {
    \(findingMembers)
          }
        },
        "accepted": {
          "type": "object",
          "required": [
    \(findingNames),
            "acceptedBy"
          ],
          "additionalProperties": false,
          "properties": {
    \(findingMembers),
            "acceptedBy": {
              "type": "object",
              "required": ["reason", "who", "until"],
              "additionalProperties": false,
              "properties": {
                "reason": {"type": "string"},
                "who": {"type": ["string", "null"]},
                "until": {
                  "description": "The day up to which it holds.", "type": ["string", "null"]
                }
              }
            }
          }
        },
    \(findingParts)
    \(problem)
      }
    }

    """
  }

  /// The definition `problem`, which every document shares.
  static let problem = problem(member: "", name: "")

  /// As a history has it: the file is one of many commits'.
  static let problemOfCommit = problem(
    member: ",\n        \"commit\": {\"type\": [\"string\", \"null\"]}", name: ", \"commit\"")

  private static func problem(member: String, name: String) -> String {
    """
        "problem": {
          "type": "object",
          "required": ["path", "line", "message", "matters"\(name)],
          "additionalProperties": false,
          "properties": {
            "path": {"type": "string"},
            "line": {
              "description": "Null where the whole file is meant.",
              "type": ["integer", "null"], "minimum": 1
            },
            "message": {"description": "A second line is a hint.", "type": "string"},
            "matters": {
              "description": "True where the run could not tell because of it.",
              "type": "boolean"
            }\(member)
          }
        }
    """
  }
}
