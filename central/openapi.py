"""The published description of the service: the messages, and every answer it can give."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from casework import protocol
from casework.protocol import Message, Problem

REFERENCE = "#/components/schemas/{model}"
PROBLEM = "application/problem+json"
EVERYWHERE = (400, 404, 405, 429)
SIGNED = (401, 403, 409, 410, 413, 415, 426)
UPLOADS = (411, 412, 416, 460)
BODIES: dict[str, type[Message]] = {
    "/v1/device/enrol": protocol.Enrol,
    "/v1/device/fork": protocol.ForkRequest,
    "/v1/device/wipe-ack": protocol.WipeAck,
    "/v1/hello": protocol.Hello,
    "/v1/push": protocol.Push,
    "/v1/pull": protocol.Pull,
    "/v1/have": protocol.Have,
    "/v1/fetch": protocol.Fetch,
    "/v1/digest": protocol.DigestQuery,
    "/v1/names": protocol.NamesQuery,
    "/v1/quarantine/{op_id}": protocol.Decide,
}
OPEN = frozenset({"/health", "/metrics", "/v1/ca.pem", "/v1/crl.pem", "/v1/device/enrol", "/v1/device/wipe-ack"})


def describe(app: FastAPI) -> dict[str, Any]:
    """FastAPI's own description, with the bodies it does not see, because the door reads them."""
    if app.openapi_schema is None:
        found = get_openapi(title=app.title, version=app.version, routes=app.routes, description=ABOUT)
        schemas = found.setdefault("components", {}).setdefault("schemas", {})
        models = [(model, "validation") for model in {*BODIES.values(), Problem}]
        schemas |= models_json_schema(models, ref_template=REFERENCE)[1]["$defs"]  # type: ignore[arg-type]
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        found["components"]["securitySchemes"] = {"laptop": SCHEME}
        for path, methods in found["paths"].items():
            for method, deed in methods.items():
                _complete(path, method, deed)
        app.openapi_schema = found
    return app.openapi_schema


def _complete(path: str, method: str, deed: dict[str, Any]) -> None:
    if method == "post" and path in BODIES:
        reference = {"$ref": REFERENCE.format(model=BODIES[path].__name__)}
        deed["requestBody"] = {"required": True, "content": {"application/json": {"schema": reference}}}
    deed["responses"].pop("422", None)
    for status in _refusals(path):
        problem = {"schema": {"$ref": REFERENCE.format(model="Problem")}}
        deed["responses"].setdefault(str(status), {"description": "See `code`.", "content": {PROBLEM: problem}})
    if path not in OPEN and method != "options":
        deed["security"] = [{"laptop": []}]
    if "upload" in path:
        deed.setdefault("parameters", []).extend(_headers(method))


def _refusals(path: str) -> tuple[int, ...]:
    if "upload" in path or "blob" in path:
        return (*EVERYWHERE, *SIGNED, *UPLOADS)
    return (*EVERYWHERE, *SIGNED)


def _headers(method: str) -> list[dict[str, Any]]:
    names = {
        "post": ("Upload-Length", "Upload-Metadata", "Upload-Checksum"),
        "patch": ("Upload-Offset", "Upload-Checksum"),
    }
    always = ("Tus-Resumable",) if method != "options" else ()
    wanted = (*always, *names.get(method, ()))
    return [{"name": name, "in": "header", "required": False, "schema": {"type": "string"}} for name in wanted]


ABOUT = "Signed operations in, each with its own answer; a feed out, for those entitled. See docs/decisions."
SCHEME = {
    "type": "apiKey",
    "in": "header",
    "name": "Authorization",
    "description": "The laptop signs the whole request: docs/decisions/requests-signed-by-the-laptop.md",
}
