/// What of SARIF 2.1.0 is written, and nothing else: each member with its type, and what is required
/// of it by the standard or by GitHub's code scanning.
enum SARIFSchema {
  static let text = """
    {
      "type": "object",
      "required": ["$schema", "version", "runs"],
      "additionalProperties": false,
      "properties": {
        "$schema": {"type": "string", "pattern": "^https://docs[.]oasis-open[.]org/.*2[.]1[.]0[.]json$"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}}
      },
      "$defs": {
        "run": {
          "type": "object",
          "required": ["tool", "originalUriBaseIds", "invocations", "results"],
          "additionalProperties": false,
          "properties": {
            "tool": {
              "type": "object", "required": ["driver"], "additionalProperties": false,
              "properties": {"driver": {"$ref": "#/$defs/driver"}}
            },
            "originalUriBaseIds": {
              "type": "object", "required": ["%SRCROOT%"], "additionalProperties": false,
              "properties": {
                "%SRCROOT%": {
                  "type": "object", "additionalProperties": false,
                  "properties": {"description": {"$ref": "#/$defs/message"}}
                }
              }
            },
            "invocations": {"type": "array", "items": {"$ref": "#/$defs/invocation"}},
            "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            "versionControlProvenance": {
              "type": "array",
              "items": {
                "type": "object", "required": ["repositoryUri"], "additionalProperties": false,
                "properties": {
                  "repositoryUri": {"type": "string", "pattern": "^https://"},
                  "revisionId": {"type": "string", "pattern": "^[0-9a-f]{40}$"},
                  "mappedTo": {
                    "type": "object", "required": ["uriBaseId"], "additionalProperties": false,
                    "properties": {"uriBaseId": {"const": "%SRCROOT%"}}
                  }
                }
              }
            },
            "properties": {"type": "object"}
          }
        },
        "driver": {
          "type": "object",
          "required": ["name", "version", "semanticVersion", "rules", "notifications"],
          "additionalProperties": false,
          "properties": {
            "name": {"const": "connref"},
            "version": {"type": "string", "pattern": "^[0-9]+[.][0-9]+[.][0-9]+$"},
            "semanticVersion": {"type": "string", "pattern": "^[0-9]+[.][0-9]+[.][0-9]+$"},
            "informationUri": {"type": "string", "pattern": "^https://"},
            "shortDescription": {"$ref": "#/$defs/message"},
            "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
            "notifications": {
              "type": "array",
              "items": {
                "type": "object", "required": ["id"], "additionalProperties": false,
                "properties": {
                  "id": {"const": "unreadable"}, "shortDescription": {"$ref": "#/$defs/message"}
                }
              }
            }
          }
        },
        "rule": {
          "type": "object",
          "required": [
            "id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"
          ],
          "additionalProperties": false,
          "properties": {
            "id": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
            "name": {"type": "string", "pattern": "^([A-Z][a-z]+)+$"},
            "shortDescription": {"$ref": "#/$defs/message"},
            "fullDescription": {"$ref": "#/$defs/message"},
            "helpUri": {"type": "string", "pattern": "^https://"},
            "help": {
              "type": "object", "required": ["text", "markdown"], "additionalProperties": false,
              "properties": {"text": {"type": "string"}, "markdown": {"type": "string"}}
            },
            "defaultConfiguration": {
              "type": "object", "required": ["level"], "additionalProperties": false,
              "properties": {"level": {"$ref": "#/$defs/level"}}
            },
            "properties": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "tags": {"type": "array", "items": {"type": "string"}},
                "problem.severity": {"enum": ["error", "warning", "recommendation"]}
              }
            }
          }
        },
        "invocation": {
          "type": "object",
          "required": ["executionSuccessful", "toolExecutionNotifications"],
          "additionalProperties": false,
          "properties": {
            "endTimeUtc": {"type": "string", "pattern": "^[0-9-]{10}T[0-9:]{8}Z$"},
            "executionSuccessful": {"type": "boolean"},
            "toolExecutionNotifications": {
              "type": "array", "items": {"$ref": "#/$defs/notification"}
            }
          }
        },
        "notification": {
          "type": "object",
          "required": ["descriptor", "level", "message"],
          "additionalProperties": false,
          "properties": {
            "descriptor": {
              "type": "object", "required": ["id", "index"], "additionalProperties": false,
              "properties": {"id": {"const": "unreadable"}, "index": {"const": 0}}
            },
            "level": {"$ref": "#/$defs/level"},
            "message": {"$ref": "#/$defs/message"},
            "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}}
          }
        },
        "result": {
          "type": "object",
          "required": [
            "ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"
          ],
          "additionalProperties": false,
          "properties": {
            "ruleId": {"type": "string"},
            "ruleIndex": {"type": "integer", "minimum": 0},
            "level": {"$ref": "#/$defs/level"},
            "message": {"$ref": "#/$defs/message"},
            "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
            "relatedLocations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
            "partialFingerprints": {
              "type": "object", "required": ["connref/v1"], "additionalProperties": false,
              "properties": {
                "connref/v1": {"type": "string", "pattern": "^[0-9a-f]{12}(-[0-9]+)?$"}
              }
            },
            "properties": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "id": {"type": "string"}, "solution": {"type": "string"},
                "confidence": {"enum": ["certain", "strong", "medium"]}
              }
            },
            "suppressions": {
              "type": "array",
              "items": {
                "type": "object", "required": ["kind"], "additionalProperties": false,
                "properties": {
                  "kind": {"const": "external"}, "status": {"const": "accepted"},
                  "justification": {"type": "string"}
                }
              }
            }
          }
        },
        "location": {
          "type": "object",
          "required": ["physicalLocation"],
          "additionalProperties": false,
          "properties": {
            "id": {"type": "integer", "minimum": 0},
            "message": {"$ref": "#/$defs/message"},
            "physicalLocation": {
              "type": "object",
              "required": ["artifactLocation"],
              "additionalProperties": false,
              "properties": {
                "artifactLocation": {
                  "type": "object", "required": ["uri", "uriBaseId"],
                  "additionalProperties": false,
                  "properties": {
                    "uri": {"type": "string", "pattern": "^([A-Za-z0-9._~/-]|%[0-9A-F]{2})*$"},
                    "uriBaseId": {"const": "%SRCROOT%"}
                  }
                },
                "region": {
                  "type": "object", "required": ["startLine"], "additionalProperties": false,
                  "properties": {"startLine": {"type": "integer", "minimum": 1}}
                }
              }
            }
          }
        },
        "message": {
          "type": "object", "required": ["text"], "additionalProperties": false,
          "properties": {"text": {"type": "string"}}
        },
        "level": {"enum": ["error", "warning", "note"]}
      }
    }
    """
}
