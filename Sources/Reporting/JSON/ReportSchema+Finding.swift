/// What the schemas of all documents with findings share.
extension ReportSchema {
  /// The members that every finding has.
  static let findingNames = """
            "id", "rule", "severity", "confidence", "solution", "before", "after", "evidence",
            "consumers", "rows", "summary", "remarks", "consequence", "remedy"
    """

  static let findingMembers = """
            "id": {
              "description": "Outlives rebase, squash, moved lines and rewording.",
              "type": "string", "pattern": "^[0-9a-f]{12}$"
            },
            "rule": {
              "enum": [
                "reference-recreated", "reference-replaced", "reference-removed", "link-lost",
                "references-wiped", "connector-changed", "reference-recased",
                "connection-embedded", "settings-stale", "settings-missing", "owner-changed",
                "link-unresolved", "flow-unbound", "settings-incomplete", "publisher-default",
                "name-off-convention", "owner-personal", "reference-overshared",
                "reference-duplicated", "reference-unused", "environment-unbound",
                "environment-lacks", "environment-flow-off", "environment-recreated",
                "environment-owner-personal", "environment-drift", "approval-expired",
                "approval-unused", "approval-broad"
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
                  "other-connection", "other-guid",
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
    """

  /// The definitions that a finding refers to.
  static let findingParts = """
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
            "state": {"enum": ["moved", "left-behind", "broken", "naming"]}
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
            "state": {
              "enum": [
                "stale", "missing", "empty", "placeholder", "duplicate", "other-connector",
                "shared", "personal"
              ]
            }
          }
        },
    """
}
