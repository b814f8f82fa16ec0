"""GitHub's published description of its API: what an answer must look like, and an example of each."""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from openapi_schema_validator import OAS30ReadValidator, oas30_format_checker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from tests.npm import package_file

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

_DOCUMENT: Final = "@octokit/openapi/generated/{}.json"
_BASE: Final = "urn:github"
_GENERAL: Final = frozenset({401, 403, 404, 410, 422, 429, 500, 502, 503})
"""GitHub gives these for every path, also where the description of a path does not list them; their body is a basic error."""


class Published:
    """The description of one edition: `api.github.com`, `ghes-3.19`."""

    def __init__(self, edition: str) -> None:
        self.document: dict[str, Any] = json.loads(package_file(_DOCUMENT.format(edition)).read_bytes())
        _plain(self.document)
        resource: Resource[Any] = Resource.from_contents(self.document, default_specification=DRAFT4)
        self._registry: Registry[Any] = Registry().with_resource(_BASE, resource)
        self._validators: dict[str, Validator] = {}
        paths = sorted(self.document["paths"], key=lambda path: (path.count("{"), path))
        self._patterns = [(re.compile(_pattern(path)), path) for path in paths]

    def template(self, path: str) -> tuple[str, dict[str, str]]:
        """Find the path of the description that an address is one of, and its variables; the one with the fewest wins."""
        for pattern, template in self._patterns:
            found = pattern.fullmatch(path)
            if found:
                return template, found.groupdict()
        return "", {}

    def problem(self, template: str, method: str, status: int, body: Any) -> str:  # noqa: ANN401  JSON
        """Say what is wrong with an answer, empty where nothing is."""
        responses = self.document["paths"].get(template, {}).get(method.lower(), {}).get("responses")
        if responses is None:
            return f"{method} {template} is not part of the API"
        if str(status) not in responses:
            if status in _GENERAL:
                return self._compare("/components/schemas/basic-error", body)
            return f"{method} {template} never answers {status}"
        pointer, response = self._resolve(f"/paths/{_escape(template)}/{method.lower()}/responses/{status}")
        content = response.get("content", {})
        if not content:
            return "" if body is None or status in _GENERAL else f"{method} {template} answers {status} without a body"
        return self._compare(f"{pointer}/content/{_escape(_form(content))}/schema", body)

    def example(self, template: str, status: int = 200, method: str = "get") -> Any:  # noqa: ANN401  JSON
        """Return a copy of the first published example of an answer."""
        _, response = self._resolve(f"/paths/{_escape(template)}/{method}/responses/{status}")
        content = response["content"][_form(response["content"])]
        example = next(iter(content["examples"].values()))
        while "$ref" in example:
            example = self._at(example["$ref"][1:])
        return copy.deepcopy(example["value"])

    def _compare(self, pointer: str, body: Any) -> str:  # noqa: ANN401  JSON
        if pointer not in self._validators:
            schema = {"$ref": f"{_BASE}#{quote(pointer)}"}
            self._validators[pointer] = OAS30ReadValidator(schema, registry=self._registry, format_checker=oas30_format_checker)
        error = next(iter(self._validators[pointer].iter_errors(body)), None)
        return f"{pointer}: {error.json_path}: {error.message[:300]}" if error else ""

    def _resolve(self, pointer: str) -> tuple[str, dict[str, Any]]:
        found = self._at(pointer)
        while "$ref" in found:
            pointer = found["$ref"][1:]
            found = self._at(pointer)
        return pointer, found

    def _at(self, pointer: str) -> Any:  # noqa: ANN401  JSON
        found: Any = self.document
        for part in pointer.strip("/").split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
        return found


def _plain(node: object) -> None:
    """Take two liberties of the description as GitHub means them.

    `nullable` beside an `enum`: null is one of the values, although the list leaves it out. A `discriminator` names a property
    that lists do not have.
    """
    if isinstance(node, dict):
        if node.get("nullable") is True and isinstance(node.get("enum"), list) and None not in node["enum"]:
            node["enum"].append(None)
        if isinstance(node.get("oneOf"), list):
            node.pop("discriminator", None)
        for inner in node.values():
            _plain(inner)
    elif isinstance(node, list):
        for inner in node:
            _plain(inner)


def _pattern(path: str) -> str:
    parts = re.split(r"\{(\w+)\}", path)
    names = (f"(?P<{name}>{'.*' if name == 'path' else '[^/]+'})" for name in parts[1::2])
    return "".join(re.escape(text) + name for text, name in zip(parts[::2], [*names, ""], strict=True))


def _form(content: dict[str, Any]) -> str:
    return "application/json" if "application/json" in content else next(iter(content))


def _escape(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


@cache
def published(edition: str = "api.github.com") -> Published:
    """Load an edition once."""
    return Published(edition)
