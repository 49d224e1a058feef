extension ReportSchema {
  /// Of `connref rules`, and of `connref explain` for rules.
  package static let rules = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "connref rules",
      "type": "object",
      "required": ["schema", "command", "rules"],
      "additionalProperties": false,
      "properties": {
        "schema": {"const": "connref/1"},
        "command": {"enum": ["rules", "explain"]},
        "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}}
      },
      "$defs": {
        "rule": {
          "type": "object",
          "required": [
            "rule", "title", "severities", "whatItDoes", "whyItIsBad", "wayOut", "knownProblems",
            "examples", "sources"
          ],
          "additionalProperties": false,
          "properties": {
            "rule": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
            "title": {"type": "string"},
            "severities": {"type": "string"},
            "whatItDoes": {"type": "string"},
            "whyItIsBad": {"type": "string"},
            "wayOut": {"type": "array", "items": {"type": "string"}},
            "knownProblems": {"type": "string"},
            "examples": {"type": "array", "items": {"$ref": "#/$defs/example"}},
            "sources": {"type": "array", "items": {"type": "string"}}
          }
        },
        "example": {
          "type": "object",
          "required": ["title", "before", "after", "speaks"],
          "additionalProperties": false,
          "properties": {
            "title": {"type": "string"},
            "before": {"type": "array", "items": {"type": "string"}},
            "after": {"type": "array", "items": {"type": "string"}},
            "speaks": {
              "description": "The rules that speak; none where all stay silent.",
              "type": "array", "items": {"type": "string"}
            }
          }
        }
      }
    }

    """
}
