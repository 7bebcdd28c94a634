# SPDX-License-Identifier: Apache-2.0
"""Answers of an HTTP API held against its OpenAPI document: the path, the status, the media type, and every field in both
directions: what is promised is there, and what is there is promised."""
import pathlib
import re

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]

# What traffic_test.py asks of the store, and generated_client_test.py does not, or only in vain.
IN_TRAFFIC = {"POST /v1/cases/{case}/look-ups", "GET /v1/customers/{look_up}/{panel}", "POST /v1/customers/look-ups", "POST /v1/customers/{look_up}/cases",
              "POST /v1/customers/{look_up}/cases/{case}/actions", "POST /v1/customers/{look_up}/consents", "POST /v1/customers/{look_up}/offers/{offer}/actions",
              "POST /v1/purchases/{name}/returns", "GET /v1/purchases/{name}", "POST /v1/carts/{id}/reservations", "GET /v1/customers/{look_up}",
              "GET /v1/returns/{id}", "POST /v1/carts/{id}/choices", "POST /v1/carts/{id}/consents", "POST /v1/carts/{id}/deliveries",
              "GET /v1/deliveries/{order}"}


class Document:
    """docs/openapi-<name>.yaml, or `text` in its place."""

    def __init__(self, name, text=None):
        self._whole = yaml.safe_load(text or (ROOT / f"docs/openapi-{name}.yaml").read_text())
        self._validators = {}
        # A path without a parameter goes before one with: /products/{code} is not asked for /products/codes.
        self._paths = [(re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))), path)
                       for path in sorted(self._whole["paths"], key=lambda path: (path.count("{"), path))]

    def _found(self, node):
        while "$ref" in node:
            at = self._whole
            for part in node["$ref"].removeprefix("#/").split("/"):
                at = at[part]
            node = at
        return node

    def _strict(self, schema, in_all_of=False):
        """The schema without references, in which no object has a field that the document does not name."""
        if not isinstance(schema, dict):
            return schema
        schema = self._found(schema)
        out = dict(schema)
        for word in ("items", "additionalProperties"):
            if word in schema:
                out[word] = self._strict(schema[word])
        if "properties" in schema:
            out["properties"] = {name: self._strict(one) for name, one in schema["properties"].items()}
        for word in ("allOf", "anyOf", "oneOf"):
            if word in schema:
                out[word] = [self._strict(one, word == "allOf") for one in schema[word]]
        if not in_all_of and ("properties" in out or "allOf" in out) and "additionalProperties" not in out:
            out["unevaluatedProperties"] = False
        return out

    def operations(self):
        """"GET /v1/health" and so on, all of them."""
        return {f"{method.upper()} {path}" for path, methods in self._whole["paths"].items() for method in methods if method in ("get", "post", "put", "delete")}

    def _path(self, method, target):
        return next((path for pattern, path in self._paths if method.lower() in self._whole["paths"][path] and pattern.fullmatch(target.split("?")[0])), None)

    def operation(self, method, target):
        """As the document writes it; None for one that it does not have."""
        path = self._path(method, target)
        return path and f"{method} {path}"

    def mistakes(self, method, target, status, said, media_type=None):
        """What the document does not say of this answer, one text each; with the places where it is. `said`: its JSON; None of another
        media type. `media_type`: None where nobody looked at it."""
        path = self._path(method, target)
        if path is None:
            return [f"{method} {target.split('?')[0]}: no such operation"]
        asked = f"{method} {path}: {status}"
        responses = self._whole["paths"][path][method.lower()]["responses"]
        response = responses.get(str(status)) or responses.get("default")
        if response is None:
            return [f"{asked}: no such status"]
        content = self._found(response).get("content", {})
        if media_type is None and len(content) == 1:
            media_type = next(iter(content))
        if not content:
            return []  # nothing is said of its body
        if media_type not in content:
            return [f"{asked}: {media_type} is none of {sorted(content)}"]
        if said is None:
            return []
        return self._judge((path, method, status, media_type), content[media_type]["schema"], asked, said)

    def mistakes_in(self, name, value):
        """The same of a value that is to be one of components/schemas."""
        return self._judge(name, self._whole["components"]["schemas"][name], name, value)

    def _judge(self, key, schema, what, value):
        if key not in self._validators:
            self._validators[key] = jsonschema.Draft202012Validator(self._strict(schema))
        return [f"{what}{error.json_path[1:]}: {error.message[:300]}" for error in self._validators[key].iter_errors(value)]


class Heard:
    """What both APIs answered while something else was tried, and what their documents do not say of it."""

    def __init__(self):
        self._documents = {api: Document(api) for api in ("edge", "hub")}
        self.mistakes, self.done = set(), {"edge": set(), "hub": set()}

    def note(self, api, method, target, status, said, media_type=None):
        document = self._documents[api]
        self.mistakes.update(document.mistakes(method, target, status, said, media_type))
        if status < 400:
            self.done[api].add(document.operation(method, target))

    def through(self, ask):
        """local_http.ask of a store, with an ear to it."""
        def listening(socket, method, path, body=None, **more):
            status, said = ask(socket, method, path, body, **more)
            self.note("edge", method, path, status, said)
            return status, said
        return listening
