/// The JSON schema of `.connref.yml`, for editors: what `connref config --schema` prints.
package enum ConfigurationSchema {
  package static var document: String {
    let rules = RuleID.allCases.map { "        \"\($0.rawValue)\": {\"$ref\": \"#/$defs/rule\"}" }
      .joined(separator: ",\n")
    return """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:connref:1:configuration",
        "title": ".connref.yml",
        "description": "The configuration of connref, at the root of a repository.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "main": {
            "description": "The branch that others start from.",
            "type": "string"
          },
          "look-back": {
            "description": "How many commits to look back for what was removed earlier.",
            "type": "integer", "minimum": 0, "maximum": 1000000, "default": 500
          },
          "solutions": {
            "description": "Folders in which solutions are looked for; everywhere by default.",
            "$ref": "#/$defs/patterns"
          },
          "ignore": {
            "description": "Folders in which none is looked for.",
            "$ref": "#/$defs/patterns"
          },
          "environments": {
            "description": "The environments that solutions are deployed to.",
            "type": "object",
            "additionalProperties": {
              "type": "object",
              "anyOf": [{"required": ["settings"]}, {"required": ["url"]}],
              "additionalProperties": false,
              "properties": {
                "url": {
                  "description": "Its address, which may be given wherever its name may.",
                  "type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]://"
                },
                "settings": {
                  "description": "Its deployment settings files.",
                  "$ref": "#/$defs/patterns"
                },
                "solutions": {
                  "description": "Unique names of the solutions that these files bind; by default, found by their rows.",
                  "$ref": "#/$defs/texts"
                }
              }
            }
          },
          "rules": {
            "description": "The severity of each rule.",
            "type": "object",
            "additionalProperties": false,
            "properties": {
      \(rules)
            }
          },
          "naming": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "pattern": {
                "description": "What a new reference is called.",
                "type": "string", "default": "\(NamingConvention.standardPattern)"
              },
              "purposes": {
                "description": "The words that {purpose} may be; any word by default.",
                "$ref": "#/$defs/texts"
              },
              "connectors": {
                "description": "Words for {connector}, by the connector's id.",
                "type": "object",
                "additionalProperties": {"$ref": "#/$defs/texts"}
              }
            }
          },
          "identities": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "groups": {
                "description": "Flows that run under one service identity.",
                "type": "object",
                "additionalProperties": {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "solutions": {"$ref": "#/$defs/texts"},
                    "folders": {"$ref": "#/$defs/patterns"},
                    "flows": {"$ref": "#/$defs/texts"},
                    "ids": {"$ref": "#/$defs/texts"}
                  }
                }
              },
              "shared": {
                "description": "References that every group may use.",
                "$ref": "#/$defs/texts"
              },
              "most-flows": {
                "description": "How many flows may name one reference.",
                "type": "integer", "minimum": 1, "maximum": 100000
              }
            }
          },
          "owners": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "service-principals": {"$ref": "#/$defs/texts"},
              "people": {"$ref": "#/$defs/texts"}
            }
          },
          "shipped-elsewhere": {
            "description": "References that another repository ships, or solutions that use such.",
            "$ref": "#/$defs/texts"
          },
          "moved": {
            "description": "Planned re-creations, by logical names; reported as notes.",
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": ["from", "to"],
              "properties": {
                "from": {"type": "string"},
                "to": {"type": "string"},
                "until": {"$ref": "#/$defs/day"},
                "reason": {"type": "string"}
              }
            }
          },
          "retired": {
            "description": "References that may be removed, from the day after on.",
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": ["name"],
              "properties": {"name": {"type": "string"}, "after": {"$ref": "#/$defs/day"}}
            }
          }
        },
        "$defs": {
          "texts": {
            "oneOf": [
              {"type": "string"}, {"type": "array", "items": {"type": "string"}}
            ]
          },
          "patterns": {
            "description": "As in .gitignore: * and ? within a folder, ** for any number of folders.",
            "$ref": "#/$defs/texts"
          },
          "day": {"type": "string", "format": "date"},
          "level": {"enum": ["error", "warning", "note", "off"]},
          "rule": {
            "oneOf": [
              {"$ref": "#/$defs/level"},
              {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                  "severity": {"$ref": "#/$defs/level"},
                  "paths": {
                    "description": "Pattern and severity; the last that matches counts.",
                    "type": "object",
                    "additionalProperties": {"$ref": "#/$defs/level"}
                  }
                }
              }
            ]
          }
        }
      }

      """
  }
}
