extension ReportSchema {
  /// Of `connref branches`.
  package static let branches = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "connref branches",
      "type": "object",
      "required": ["schema", "command", "main", "branches"],
      "additionalProperties": false,
      "properties": {
        "schema": {"const": "connref/1"},
        "command": {"const": "branches"},
        "main": {
          "description": "What the others are compared with.",
          "type": ["string", "null"]
        },
        "branches": {"type": "array", "items": {"$ref": "#/$defs/branch"}}
      },
      "$defs": {
    \(branch)
      }
    }

    """

  /// Of a line of `connref watch --log json`, and of what `--on-flag` reads.
  package static let watch = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "connref watch",
      "type": "object",
      "required": ["schema", "command", "time", "repository", "change", "before", "branch"],
      "additionalProperties": false,
      "properties": {
        "schema": {"const": "connref/1"},
        "command": {"const": "watch"},
        "time": {"type": "string"},
        "repository": {"description": "Its path.", "type": "string"},
        "change": {"enum": ["new", "moved", "forced", "deleted"]},
        "before": {"description": "The tip that was seen before.", "type": ["string", "null"]},
        "branch": {"$ref": "#/$defs/branch"}
      },
      "$defs": {
    \(branch)
      }
    }

    """

  private static let branch = """
    \(findingParts)
        "finding": {
          "type": "object",
          "required": [
    \(findingNames),
            "since"
          ],
          "additionalProperties": false,
          "properties": {
    \(findingMembers),
            "since": {
              "description": "The first commit of the branch that has it.",
    \(moment)
            }
          }
        },
        "branch": {
          "type": "object",
          "required": ["name", "shortName", "tip", "state", "reason", "mergeBase", "findings"],
          "additionalProperties": false,
          "properties": {
            "name": {"description": "In full: refs/heads/topic.", "type": "string"},
            "shortName": {"type": "string"},
            "tip": {"type": "string"},
            "state": {"enum": ["main", "clean", "warning", "flagged", "unknown"]},
            "reason": {"description": "Why it is unknown.", "type": ["string", "null"]},
            "mergeBase": {
              "description": "What it was compared with.",
    \(moment)
            },
            "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}}
          }
        }
    """

  private static let moment = """
              "type": ["object", "null"],
              "additionalProperties": false,
              "properties": {
                "commit": {"type": "string"},
                "author": {"type": "string"},
                "date": {"type": "string"},
                "subject": {"type": "string"}
              }
    """
}
