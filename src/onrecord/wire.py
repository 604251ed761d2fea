"""Annotated reports as JSON, and back; and the JSON Schema of it.

The JSON is that of schema `onrecord/1`: keys in the order of the types' fields, every key present, UTF-8.
"""

from __future__ import annotations

from importlib import resources
from typing import Any

import msgspec

from onrecord.errors import InputError
from onrecord.model import SCHEMA, Annotated

__all__ = ["decode", "encode", "indented", "json_schema", "shipped_schema"]

_decoder = msgspec.json.Decoder(Annotated)
_encoder = msgspec.json.Encoder()


def encode(annotated: Annotated) -> bytes:
    """The annotated report as one line of JSON, without a line break."""
    return _encoder.encode(annotated)


def indented(annotated: Annotated | list[Annotated]) -> bytes:
    """The annotated report, or an array of several, as JSON for people to read."""
    return msgspec.json.format(_encoder.encode(annotated), indent=2)


def decode(data: bytes | str) -> Annotated:
    """The annotated report that a line of JSON holds.

    Raises:
        InputError: the JSON is not of schema `onrecord/1`.
    """
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:  # a ValidationError is a DecodeError
        raise InputError(f"not an annotated report ({error})", f"give JSON of schema {SCHEMA}") from error


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) made from the types."""
    (schema,), definitions = msgspec.json.schema_components([Annotated], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        **schema,
        "$defs": definitions,
    }


def shipped_schema() -> bytes:
    """The bytes of the JSON Schema that ships in the package, equal to `json_schema()` (a test holds this)."""
    return resources.files("onrecord").joinpath("onrecord-1.schema.json").read_bytes()
