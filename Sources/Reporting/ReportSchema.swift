/// JSON Schemas (draft 2020-12) of the documents that `--format json` prints; each belongs to the
/// version of the tool that prints it. Later versions add members and values, and take none away.
package enum ReportSchema {
  /// Of `connref check`.
  package static let check = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "connref check",
      "type": "object",
      "required": ["schema", "command", "scope", "findings", "problems"],
      "additionalProperties": false,
      "properties": {
        "schema": {"const": "connref/1"},
        "command": {"const": "check"},
        "scope": {"$ref": "#/$defs/scope"},
        "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
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
            "id", "rule", "severity", "confidence", "solution", "before", "after", "evidence",
            "consumers", "rows", "summary", "remarks", "consequence", "remedy"
          ],
          "additionalProperties": false,
          "properties": {
            "id": {
              "description": "Outlives rebase, squash, moved lines and rewording.",
              "type": "string", "pattern": "^[0-9a-f]{12}$"
            },
            "rule": {
              "enum": [
                "reference-recreated", "reference-replaced", "reference-removed", "link-lost",
                "references-wiped", "connector-changed", "reference-recased",
                "connection-embedded", "settings-stale", "settings-missing"
              ]
            },
            "severity": {"enum": ["note", "warning", "error"]},
            "confidence": {"enum": ["certain", "strong", "medium"]},
            "solution": {"description": "Unique name.", "type": "string"},
            "before": {"type": "array", "items": {"$ref": "#/$defs/declaration"}},
            "after": {"type": "array", "items": {"$ref": "#/$defs/declaration"}},
            "evidence": {
              "type": "array",
              "items": {
                "enum": [
                  "same-connector", "same-display-name", "same-stem", "other-prefix",
                  "consumers-moved", "returned", "several-commits"
                ]
              }
            },
            "consumers": {"type": "array", "items": {"$ref": "#/$defs/consumer"}},
            "rows": {"type": "array", "items": {"$ref": "#/$defs/row"}},
            "summary": {"description": "One sentence, as the text form shows it.", "type": "string"},
            "remarks": {"type": "array", "items": {"type": "string"}},
            "consequence": {"description": "Why it breaks.", "type": "string"},
            "remedy": {
              "description": "The way out, a step each.",
              "type": "array", "items": {"type": "string"}
            }
          }
        },
        "declaration": {
          "description": "A reference; null for what is not known, as of a name that nothing declares.",
          "type": "object",
          "required": ["logicalName", "displayName", "connector", "path", "line"],
          "additionalProperties": false,
          "properties": {
            "logicalName": {"type": "string"},
            "displayName": {"type": ["string", "null"]},
            "connector": {"type": ["string", "null"]},
            "path": {"type": ["string", "null"]},
            "line": {"type": ["integer", "null"], "minimum": 1}
          }
        },
        "consumer": {
          "type": "object",
          "required": ["kind", "id", "name", "path", "line", "reference", "state"],
          "additionalProperties": false,
          "properties": {
            "kind": {"enum": ["flow", "desktop-flow", "app", "code-app", "agent", "component"]},
            "id": {"description": "A GUID in lower case.", "type": "string"},
            "name": {"type": "string"},
            "path": {"type": "string"},
            "line": {"type": "integer", "minimum": 1},
            "reference": {
              "description": "What it names now; null where it names none.",
              "type": ["string", "null"]
            },
            "state": {"enum": ["moved", "left-behind", "broken"]}
          }
        },
        "row": {
          "type": "object",
          "required": ["path", "line", "reference", "state"],
          "additionalProperties": false,
          "properties": {
            "path": {"type": "string"},
            "line": {"type": "integer", "minimum": 1},
            "reference": {"type": "string"},
            "state": {"enum": ["stale", "missing"]}
          }
        },
    \(problem)
      }
    }

    """

  /// The definition `problem`, which every document shares.
  static let problem = """
        "problem": {
          "type": "object",
          "required": ["path", "line", "message", "matters"],
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
            }
          }
        }
    """
}
