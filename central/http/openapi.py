"""The published description of the service: every address, its message, and every answer it can give."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.json import schema, schema_components

from casework.wire.message import Message
from casework.wire.protocol import Problem
from central.http.addresses import Address
from central.http.callers import Caller, Place
from central.http.request_signing import PROBLEM

REFERENCE = "#/components/schemas/{name}"
EVERYWHERE = (400, 404, 405, 408, 413, 429)
SIGNED = (401, 403, 409, 410, 415, 426)
PAGE = "text/html"
UPLOADS = (411, 412, 416, 460)


def describe(addresses: Iterable[Address]) -> dict[str, Any]:
    """In OpenAPI 3.1, whose schemas are those that read the messages."""
    paths: dict[str, dict[str, Any]] = {}
    for address in addresses:
        paths.setdefault(address.path, {})[address.method.lower()] = _deed(address)
    found = {
        "openapi": "3.1.0",
        "info": {"title": "Homeward central service", "version": "1", "description": ABOUT},
        "paths": paths,
        "components": {"schemas": _schemas(addresses), "securitySchemes": {"laptop": SCHEME}},
    }
    written = msgspec.json.encode(found).replace(rb"\\Z", b"$")  # the one end of a text that every other reader knows
    return msgspec.json.decode(written, type=dict[str, Any])


def _schemas(addresses: Iterable[Address]) -> dict[str, Any]:
    said = {kind for address in addresses for kind in (*address.reads, address.gives) if issubclass(kind, Message)}
    return schema_components({*said, Problem}, ref_template=REFERENCE)[1]


def _deed(address: Address) -> dict[str, Any]:
    about = inspect.getdoc(address.deed) or ""
    found: dict[str, Any] = {"operationId": address.deed.__name__, "description": about, "responses": _answers(address)}
    if parameters := [*_places(address), *_headers(address)]:
        found["parameters"] = parameters
    for kind in address.reads:
        if issubclass(kind, Message):
            found["requestBody"] = {"required": True, "content": _content("application/json", _reference(kind))}
    if address.sent_file:
        file = {address.sent_file: {"type": "string", "format": "binary"}}
        typed = {name: {"type": "string"} for name in address.sent_words}
        form = {"type": "object", "properties": file | typed, "required": [address.sent_file]}
        found["requestBody"] = {"required": True, "content": _content("multipart/form-data", form)}
    if issubclass(address.visitor, Caller):
        found["security"] = [{"laptop": []}]
    return found


def _answers(address: Address) -> dict[str, Any]:
    found: dict[str, Any] = {str(address.status): {"description": "Done."} | _given(address)}
    problem = {"description": "See `code`.", "content": _content(PROBLEM, _reference(Problem))}
    if address.media_type == PAGE:
        problem = {"description": "It says what to do.", "content": _content(PAGE, {})}
    uploads = UPLOADS if "upload" in address.path or "blob" in address.path else ()
    return found | {str(status): problem for status in (*EVERYWHERE, *SIGNED, *uploads)}


def _given(address: Address) -> dict[str, Any]:
    if issubclass(address.gives, Message):
        return {"content": _content("application/json", _reference(address.gives))}
    if issubclass(address.gives, str):
        return {"content": _content("text/plain", {"type": "string"})}
    return {"content": _content(address.media_type, {})} if address.media_type else {}


def _content(media_type: str, shape: dict[str, Any]) -> dict[str, Any]:
    return {media_type: {"schema": shape}}


def _reference(kind: type[Message]) -> dict[str, str]:
    return {"$ref": REFERENCE.format(name=kind.__name__)}


def _places(address: Address) -> list[dict[str, Any]]:
    fields = [found for kind in address.reads if issubclass(kind, Place) for found in msgspec.structs.fields(kind)]
    return [
        {
            "name": found.name,
            "in": "path" if f"{{{found.name}}}" in address.path else "query",
            "required": found.required,
            "schema": schema(found.type),
        }
        for found in fields
    ]


def _headers(address: Address) -> list[dict[str, Any]]:
    """What an upload is told by, beside its bytes."""
    if "upload" not in address.path or address.method == "OPTIONS":
        return []
    names = {
        "POST": ("Upload-Length", "Upload-Metadata", "Upload-Checksum"),
        "PATCH": ("Upload-Offset", "Upload-Checksum"),
    }
    wanted = ("Tus-Resumable", *names.get(address.method, ()))
    return [{"name": name, "in": "header", "required": False, "schema": {"type": "string"}} for name in wanted]


ABOUT = "Signed operations in, each with its own answer; a feed out, for those entitled. See docs/decisions."
SCHEME = {
    "type": "apiKey",
    "in": "header",
    "name": "Authorization",
    "description": "The laptop signs the whole request: docs/decisions/requests-signed-by-the-laptop.md",
}
