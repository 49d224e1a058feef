extension ReportSchema {
  /// Of `connref history`; a line of `--format jsonl` is its definition `finding`.
  package static let history = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "connref history",
      "type": "object",
      "required": [
        "schema", "command", "scope", "branches", "complete", "findings", "lineages", "problems"
      ],
      "additionalProperties": false,
      "properties": {
        "schema": {"const": "connref/1"},
        "command": {"const": "history"},
        "scope": {"$ref": "#/$defs/scope"},
        "branches": {"description": "What was looked at, in words.", "type": "string"},
        "complete": {
          "description": "False where the scan was ended before it had seen everything.",
          "type": "boolean"
        },
        "findings": {
          "description": "The newest first.",
          "type": "array", "items": {"$ref": "#/$defs/finding"}
        },
        "lineages": {"type": "array", "items": {"$ref": "#/$defs/lineage"}},
        "problems": {"type": "array", "items": {"$ref": "#/$defs/problem"}}
      },
      "$defs": {
        "scope": {
          "description": "How much was looked at; unreadable counts files that hold something unknown.",
          "type": "object",
          "required": ["commits", "solutions", "references", "consumers", "unreadable"],
          "additionalProperties": false,
          "properties": {
            "commits": {"type": "integer", "minimum": 0},
            "solutions": {"type": "integer", "minimum": 0},
            "references": {"type": "integer", "minimum": 0},
            "consumers": {"type": "integer", "minimum": 0},
            "unreadable": {"type": "integer", "minimum": 0}
          }
        },
        "finding": {
          "description": "An incident: one event, in one commit or several.",
          "type": "object",
          "required": [
    \(findingNames),
            "commit", "parent", "author", "date", "subject", "places", "deletedIn", "repointedIn",
            "completeAtOnce", "mendedIn", "mendedBy", "mendedDate", "mendedAfter",
            "stillBrokenAt", "remains", "acceptedBy"
          ],
          "additionalProperties": false,
          "properties": {
    \(findingMembers),
            "commit": {"$ref": "#/$defs/commit"},
            "parent": {
              "description": "What the commit was compared with; null for a root commit.",
              "type": ["string", "null"]
            },
            "author": {"type": "string"},
            "date": {"$ref": "#/$defs/date"},
            "subject": {"description": "The first line of the message.", "type": "string"},
            "places": {
              "description": "The other commits in which it stands, oldest first.",
              "type": "array", "items": {"$ref": "#/$defs/commit"}
            },
            "deletedIn": {
              "description": "The earlier commit that let the old one go.",
              "type": ["string", "null"]
            },
            "repointedIn": {
              "description": "The earlier commit that moved the consumers.",
              "type": ["string", "null"]
            },
            "completeAtOnce": {
              "description": "Nothing in the repository was left behind in the very commit.",
              "type": "boolean"
            },
            "mendedIn": {
              "description": "The first commit that leaves nothing of it.",
              "type": ["string", "null"]
            },
            "mendedBy": {"description": "That commit's author.", "type": ["string", "null"]},
            "mendedDate": {"type": ["string", "null"]},
            "mendedAfter": {
              "description": "Seconds from the event to its mending.",
              "type": ["integer", "null"], "minimum": 0
            },
            "stillBrokenAt": {
              "description": "Branches.", "type": "array", "items": {"type": "string"}
            },
            "remains": {
              "description": "What is left at each of these branches.",
              "type": "array", "items": {"$ref": "#/$defs/remains"}
            },
            "acceptedBy": {
              "description": "Why the team lets it through; until is the last day of that.",
              "type": ["object", "null"],
              "required": ["reason", "who", "until"],
              "additionalProperties": false,
              "properties": {
                "reason": {"type": "string"},
                "who": {"type": ["string", "null"]},
                "until": {"type": ["string", "null"]}
              }
            }
          }
        },
        "remains": {
          "type": "object",
          "required": ["branch", "consumers", "rows", "references"],
          "additionalProperties": false,
          "properties": {
            "branch": {"type": "string"},
            "consumers": {"type": "array", "items": {"$ref": "#/$defs/consumer"}},
            "rows": {"type": "array", "items": {"$ref": "#/$defs/row"}},
            "references": {
              "description": "Still not what they were.",
              "type": "array", "items": {"$ref": "#/$defs/declaration"}
            }
          }
        },
        "lineage": {
          "description": "The identities that one reference has had.",
          "type": "object",
          "required": ["solution", "connector", "identities", "incidents"],
          "additionalProperties": false,
          "properties": {
            "solution": {"type": "string"},
            "connector": {"type": ["string", "null"]},
            "identities": {
              "description": "The oldest first.",
              "type": "array", "items": {"$ref": "#/$defs/identity"}
            },
            "incidents": {
              "description": "Ids of the findings that lead from one to the next.",
              "type": "array", "items": {"type": "string"}
            }
          }
        },
        "identity": {
          "type": "object",
          "required": ["logicalName", "displayName", "since", "until"],
          "additionalProperties": false,
          "properties": {
            "logicalName": {"type": "string"},
            "displayName": {"type": ["string", "null"]},
            "since": {
              "description": "Null where it was there before the history begins.",
              "$ref": "#/$defs/momentOrNull"
            },
            "until": {
              "description": "Null while it is declared.", "$ref": "#/$defs/momentOrNull"
            }
          }
        },
        "momentOrNull": {
          "type": ["object", "null"],
    \(momentMembers)
        },
    \(momentParts),
    \(findingParts)
    \(problemOfCommit)
      }
    }

    """

  /// What follows the type of a moment.
  static let momentMembers = """
          "required": ["commit", "author", "date", "subject"],
          "additionalProperties": false,
          "properties": {
            "commit": {"$ref": "#/$defs/commit"},
            "author": {"type": "string"},
            "date": {"$ref": "#/$defs/date"},
            "subject": {"type": "string"}
          }
    """

  static let momentParts = """
        "commit": {"type": "string", "pattern": "^[0-9a-f]{40}([0-9a-f]{24})?$"},
        "date": {
          "description": "ISO 8601, in the author's time zone.",
          "type": "string",
          "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})$"
        }
    """
}
