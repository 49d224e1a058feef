extension ReportSchema {
  /// Of `connref list`.
  package static let list = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "connref list",
      "type": "object",
      "required": ["schema", "command", "solutions", "problems"],
      "additionalProperties": false,
      "properties": {
        "schema": {"const": "connref/1"},
        "command": {"const": "list"},
        "solutions": {"type": "array", "items": {"$ref": "#/$defs/solution"}},
        "problems": {"type": "array", "items": {"$ref": "#/$defs/problem"}}
      },
      "$defs": {
        "solution": {
          "type": "object",
          "required": [
            "name", "folder", "form", "publisherPrefix", "declarations", "references",
            "externals", "unresolved"
          ],
          "additionalProperties": false,
          "properties": {
            "name": {"description": "Unique name.", "type": "string"},
            "folder": {"description": "Empty for the root.", "type": "string"},
            "form": {"enum": [
              "unpacked", "plain", "archive", "yaml", "flows-only", "code-app", "canvas-app",
              "flow-package", "agent-clone"]},
            "publisherPrefix": {"type": ["string", "null"]},
            "declarations": {"enum": ["read", "absent", "unreadable"]},
            "references": {"type": "array", "items": {"$ref": "#/$defs/reference"}},
            "externals": {"type": "array", "items": {"$ref": "#/$defs/external"}},
            "unresolved": {
              "description": "Links that resolve to nothing.",
              "type": "array", "items": {"$ref": "#/$defs/unresolved"}
            }
          }
        },
        "reference": {
          "type": "object",
          "required": [
            "logicalName", "displayName", "connector", "stub", "path", "line", "consumers", "rows"
          ],
          "additionalProperties": false,
          "properties": {
            "logicalName": {"type": "string"},
            "displayName": {"type": ["string", "null"]},
            "connector": {"type": ["string", "null"]},
            "stub": {"description": "Defined by another solution.", "type": "boolean"},
            "path": {"type": "string"},
            "line": {"type": "integer", "minimum": 1},
            "consumers": {"type": "array", "items": {"$ref": "#/$defs/consumer"}},
            "rows": {"type": "array", "items": {"$ref": "#/$defs/row"}}
          }
        },
        "external": {
          "type": "object",
          "required": ["logicalName", "from", "path", "line", "consumers", "rows"],
          "additionalProperties": false,
          "properties": {
            "logicalName": {"type": "string"},
            "from": {
              "description": "The solution it comes with; null where no solution ships it.",
              "type": ["string", "null"]
            },
            "path": {"type": "string"},
            "line": {"type": "integer", "minimum": 1},
            "consumers": {"type": "array", "items": {"$ref": "#/$defs/consumer"}},
            "rows": {"type": "array", "items": {"$ref": "#/$defs/row"}}
          }
        },
        "consumer": {
          "description": "A consumer and one link of it.",
          "type": "object",
          "required": [
            "kind", "id", "name", "solution", "path", "line", "alias", "calledBy"
          ],
          "additionalProperties": false,
          "properties": {
            "kind": {"enum": ["flow", "desktop-flow", "app", "code-app", "agent", "component"]},
            "id": {"type": "string"},
            "name": {"type": "string"},
            "solution": {"description": "Where the consumer stands.", "type": "string"},
            "path": {"type": "string"},
            "line": {"type": "integer", "minimum": 1},
            "alias": {"type": "string"},
            "calledBy": {
              "description": "Apps that call the flow.",
              "type": "array", "items": {"$ref": "#/$defs/caller"}
            }
          }
        },
        "caller": {
          "type": "object",
          "required": ["kind", "id", "name", "solution", "path"],
          "additionalProperties": false,
          "properties": {
            "kind": {"enum": ["app", "code-app"]},
            "id": {"type": "string"},
            "name": {"type": "string"},
            "solution": {"description": "Where the app stands.", "type": "string"},
            "path": {"type": "string"}
          }
        },
        "unresolved": {
          "type": "object",
          "required": [
            "kind", "id", "name", "solution", "path", "line", "alias", "calledBy", "reference",
            "embedded"
          ],
          "additionalProperties": false,
          "properties": {
            "kind": {"enum": ["flow", "desktop-flow", "app", "code-app", "agent", "component"]},
            "id": {"type": "string"},
            "name": {"type": "string"},
            "solution": {"type": "string"},
            "path": {"type": "string"},
            "line": {"type": "integer", "minimum": 1},
            "alias": {"type": "string"},
            "calledBy": {"type": "array", "items": {"$ref": "#/$defs/caller"}},
            "reference": {
              "description": "What it names; null where it names none.",
              "type": ["string", "null"]
            },
            "embedded": {"description": "It names a connection directly.", "type": "boolean"}
          }
        },
        "row": {
          "type": "object",
          "required": ["path", "line", "bound"],
          "additionalProperties": false,
          "properties": {
            "path": {"type": "string"},
            "line": {"type": "integer", "minimum": 1},
            "bound": {"description": "It has a connection id.", "type": "boolean"}
          }
        },
    \(problem)
      }
    }

    """
}
