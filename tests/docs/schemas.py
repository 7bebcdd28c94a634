# SPDX-License-Identifier: Apache-2.0
"""docs/schemas as validators. A schema's words are put into it, so that nothing is looked up anywhere."""
import json
import pathlib

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs/schemas"


def names(folder):
    return sorted(path.name.removesuffix(".json") for path in (SCHEMAS / folder).glob("*.json"))


def schema(path):
    """The schema of docs/schemas/<path>.json, whole."""
    own = json.loads((SCHEMAS / f"{path}.json").read_text().replace('"../words.json#/$defs/', '"#/$defs/'))
    own["$defs"] = json.loads((SCHEMAS / "words.json").read_text())["$defs"]
    del own["$id"]
    return own


_validators = {}


def mistakes(path, value):
    """What docs/schemas/<path>.json finds wrong with the value, one text each; with the places where it is."""
    if path not in _validators:
        whole = schema(path)
        jsonschema.Draft202012Validator.check_schema(whole)
        _validators[path] = jsonschema.Draft202012Validator(whole)
    return [f"{path}{error.json_path[1:]}: {error.message[:300]}" for error in _validators[path].iter_errors(value)]


def mistakes_in_message(name, message):
    """The same of a message, and of the documents and operations in it, each by its own schema. Collections and kinds that have
    no schema are a mistake too: they are meant to be written down."""
    out = mistakes(f"messages/{name}", message)
    for entry in message.get("entries", []):
        if "b" not in entry:
            continue
        known = entry.get("c") in names("documents")
        out += mistakes(f"documents/{entry['c']}", entry["b"]) if known else [f"{name}: no schema for the collection {entry.get('c')}"]
    for transaction in message.get("transactions", []):
        for operation in transaction["operations"]:
            known = operation["kind"] in names("operations")
            out += mistakes(f"operations/{operation['kind']}", json.loads(operation["body"])) if known else [f"{name}: no schema for {operation['kind']}"]
    return out
