"""The description of the JSON API in OpenAPI 3.1, made from the endpoints and their types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from onrecord.web.api import Endpoint, Failed, Parameter

__all__ = ["FAILURES", "document"]

_REF = "#/components/schemas/{name}"
#: What may go wrong, by status.
FAILURES = {
    "400": "What was asked is not right.", "401": "The key is missing or wrong.",
    "403": "A page of another site asks.", "404": "It is not in the record.",
    "405": "The API is for reading alone.", "410": "It was expunged from the record.",
    "413": "What was sent is too long.", "414": "The address is too long.", "421": "The server has another name.",
    "429": "Too much was asked, or too many wrong keys were given; Retry-After says when to ask again.",
    "431": "The headers are too long.", "500": "A fault of onrecord.", "503": "The record cannot be read now.",
}  # fmt: skip


def document(endpoints: Sequence[Endpoint], *, version: str) -> dict[str, Any]:
    """The OpenAPI document (OpenAPI Initiative, OpenAPI Specification 3.1.0, 2021) of some endpoints.

    Args:
        version: of the API, which is that of the package.

    Example:
        >>> document((), version="1")["openapi"]
        '3.1.0'
    """
    results = list(dict.fromkeys([Failed, *(one.result for one in endpoints)]))
    schemas, components = msgspec.json.schema_components(results, ref_template=_REF)
    schema_of = dict(zip(results, schemas, strict=True))
    failed = {status: _response(about, schema_of[Failed]) for status, about in FAILURES.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord", "version": version,
            "description": "Who said what, what happened and how many, as reports say it, each value with the exact "
                           "words. Only for reading.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"key": []}],
        "paths": {one.shown_path: {"get": _operation(one, schema_of[one.result], failed)} for one in endpoints},
        "components": {
            "schemas": components,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer",
                                        "description": "The key of the server, where other computers may ask."}},
        },
    }  # fmt: skip


def _operation(one: Endpoint, schema: dict[str, Any], failed: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": one.name,
        "summary": one.about,
        "parameters": [_parameter(p, is_in_path=p.name in one.in_path) for p in one.parameters],
        "responses": {"200": _response("What was asked for.", schema), **failed},
    }


def _parameter(one: Parameter, *, is_in_path: bool) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": one.type}
    more = {
        "enum": [*one.among, ""] if one.among else None,  # an empty one counts as none
        "default": one.default,
        "minimum": one.least,
        "maximum": one.most,
        "pattern": one.pattern,
    }
    schema |= {name: value for name, value in more.items() if value is not None}
    return {"name": one.name, "in": "path" if is_in_path else "query", "description": one.about,
            "required": is_in_path, "schema": schema}  # fmt: skip


def _response(about: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": about, "content": {"application/json": {"schema": schema}}}
