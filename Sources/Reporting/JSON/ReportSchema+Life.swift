extension ReportSchema {
  /// Of `connref history --reference NAME`.
  package static let life = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "connref history --reference",
      "type": "object",
      "required": ["schema", "command", "reference", "branches", "events"],
      "additionalProperties": false,
      "properties": {
        "schema": {"const": "connref/1"},
        "command": {"const": "history"},
        "reference": {"description": "As it was asked for.", "type": "string"},
        "branches": {"description": "What was looked at, in words.", "type": "string"},
        "events": {
          "description": "The oldest first.",
          "type": "array", "items": {"$ref": "#/$defs/event"}
        }
      },
      "$defs": {
        "event": {
          "type": "object",
          "required": ["logicalName", "kind", "detail", "moment"],
          "additionalProperties": false,
          "properties": {
            "logicalName": {"type": "string"},
            "kind": {
              "enum": [
                "declared", "display-name-changed", "connector-changed", "consumer-gained",
                "consumer-lost", "recreated", "moved", "returned", "gone"
              ]
            },
            "detail": {
              "description": "The flow's name, the new display name, the name that came.",
              "type": "string"
            },
            "moment": {"$ref": "#/$defs/moment"}
          }
        },
        "moment": {
          "type": "object",
    \(momentMembers)
        },
    \(momentParts)
      }
    }

    """
}
