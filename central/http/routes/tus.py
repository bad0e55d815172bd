"""tus 1.0 (core, creation with and without upload, checksum, expiration, termination), and fetching files back."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from typing import Annotated

from msgspec import Meta
from sqlalchemy import Connection
from starlette.responses import Response

from casework.identifiers import DeviceId, RecordId
from casework.wire.message import Hex64
from central.database.errors import Refused
from central.files import uploads
from central.files.uploads import Blobs, Upload
from central.http.addresses import Address
from central.http.byte_range import part_of
from central.http.callers import Caller, Place, Visitor
from central.people.scope import Scope
from central.people.senders import Senders
from central.service import Service

VERSION = "1.0.0"
CONTENT = "application/offset+octet-stream"


class UploadPlace(Place, frozen=True):
    upload_id: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]


class BlobPlace(Place, frozen=True):
    sha256: Hex64


def capabilities(_visitor: Visitor) -> Response:
    """What of tus is spoken here."""
    extensions = "creation,creation-with-upload,checksum,expiration,termination"
    return Response(
        status_code=204,
        headers={
            "Tus-Resumable": VERSION,
            "Tus-Version": VERSION,
            "Tus-Extension": extensions,
            "Tus-Checksum-Algorithm": "sha256,sha1",
            "Tus-Max-Size": str(uploads.MAX_FILE),
        },
    )


def create(caller: Caller) -> Response:
    """Announces a file: its length, hash and record. Its first bytes may come along."""
    service = caller.service
    caller.refuse_erased()
    _check_version(caller)
    asked, data = _announced(caller), _bytes_along(caller)
    with service.database.writing() as connection:
        scope = None if caller.device.state == "drain" else _scope(connection, caller)
        found = uploads.begin(
            connection, blobs(service), scope, device_id=caller.device.id, asked=asked, now=service.now()
        )
        moved = found if found.is_complete or not data else _added(connection, service, found, data)
    return _answer(201, _refuse_other_file(moved), Location=f"/v1/uploads/{found.id}")


def offset(caller: Caller, place: UploadPlace) -> Response:
    """How much has arrived."""
    service = caller.service
    caller.refuse_erased()
    _check_version(caller)
    with service.database.reading() as connection:
        found = uploads.find(connection, place.upload_id, caller.device.id, service.now())
    return _answer(200, found)


def part(caller: Caller, place: UploadPlace) -> Response:
    """The next bytes. 409: not where the upload stands, ask with HEAD. 460: they are not what they should be."""
    service = caller.service
    caller.refuse_erased()
    _check_version(caller)
    if caller.header("content-type") != CONTENT:
        raise Refused(415, "content_type", f"A part is sent as {CONTENT}.")
    _check_sum(caller.header("upload-checksum"), caller.body)
    with service.database.writing() as connection:
        found = uploads.find(connection, place.upload_id, caller.device.id, service.now(), lock=True)
        if _number(caller, "upload-offset") != found.offset:
            raise Refused(409, "offset", f"The upload stands at {found.offset}.")
        moved = _added(connection, service, found, caller.body) if caller.body else found
    return _answer(204, _refuse_other_file(moved))


def give_up(caller: Caller, place: UploadPlace) -> Response:
    """Ends an upload; a file that is complete stays."""
    service = caller.service
    caller.refuse_erased()
    _check_version(caller)
    with service.database.writing() as connection:
        found = uploads.find(connection, place.upload_id, caller.device.id, service.now(), lock=True)
        uploads.end(connection, blobs(service), found)
    return Response(status_code=204, headers={"Tus-Resumable": VERSION})


def blob(caller: Caller, place: BlobPlace) -> Response:
    """A file of a record this officer may see; a part of it with Range."""
    service = caller.service
    caller.refuse_withdrawn()
    with service.database.reading() as connection:
        size = uploads.size_of(connection, _scope(connection, caller), place.sha256)
    store = blobs(service)
    if size is None or not store.path(place.sha256).exists():
        raise Refused(404, "unknown", "There is no such file here, or not yet.")
    return part_of(caller.header("range"), size, lambda start, stop: store.read(place.sha256, start, stop))


def blobs(service: Service) -> Blobs:
    return Blobs(service.home.blobs)


def _added(connection: Connection, service: Service, found: Upload, data: bytes) -> Upload | None:
    """None when the whole file turned out to be another than was announced; the upload then stands at nought."""
    moved = uploads.add(connection, blobs(service), found, data, service.now())
    if moved.offset == 0:
        uploads.reset(connection, found)
        return None
    return moved


def _refuse_other_file(moved: Upload | None) -> Upload:
    """After the transaction, which has thrown it away."""
    if moved is None:
        raise Refused(460, "checksum", "The file is not what it was announced to be. It was thrown away; begin again.")
    return moved


def _bytes_along(caller: Caller) -> bytes:
    """The tus extension creation-with-upload: a body of any other type is nobody's file."""
    if caller.header("content-type") != CONTENT:
        return b""
    _check_sum(caller.header("upload-checksum"), caller.body)
    return caller.body


def _scope(connection: Connection, caller: Caller) -> Scope:
    return Senders(connection, caller.service.now()).of(caller.device.id).scope


def _answer(status: int, found: Upload, **headers: str) -> Response:
    return Response(
        status_code=status,
        headers={
            "Tus-Resumable": VERSION,
            "Upload-Offset": str(found.offset),
            "Upload-Length": str(found.bytes),
            "Upload-Expires": found.expires_at,
            "Cache-Control": "no-store",
            **headers,
        },
    )


def _check_version(caller: Caller) -> None:
    if caller.header("tus-resumable") != VERSION:
        raise Refused(412, "tus_version", "Uploads speak tus 1.0.0.", **{"Tus-Version": VERSION})


def _announced(caller: Caller) -> Upload:
    described = _metadata(caller.header("upload-metadata"))
    sha256, record_id = described.get("sha256", ""), described.get("record_id", "")
    if not re.fullmatch(r"[0-9a-f]{64}", sha256) or not re.fullmatch(r"[A-Za-z0-9_.:-]{1,96}", record_id):
        raise Refused(400, "malformed", "An upload names the sha256 of its file, and its record.")
    return Upload("", DeviceId(""), RecordId(record_id), sha256, _number(caller, "upload-length"), 0, "")


def _metadata(text: str) -> dict[str, str]:
    found = {}
    for pair in filter(None, (item.strip() for item in text.split(","))):
        name, _, value = pair.partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError, ValueError) as error:
            raise Refused(400, "malformed", "The description of the upload cannot be read.") from error
    return found


def _number(caller: Caller, header: str) -> int:
    text = caller.header(header)
    if not re.fullmatch(r"\d{1,15}", text, re.ASCII):
        raise Refused(400, "malformed", f"The header {header} needs a whole number.")
    return int(text)


def _check_sum(header: str, data: bytes) -> None:
    if not header:
        return
    name, _, value = header.partition(" ")
    if name not in ("sha256", "sha1"):
        raise Refused(400, "malformed", "Checksums are sha256 or sha1.")
    try:
        wanted = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(400, "malformed", "The checksum cannot be read.") from error
    found = hashlib.new(name, data, usedforsecurity=False).digest()
    if not hmac.compare_digest(found, wanted):
        raise Refused(460, "checksum", "These bytes were changed on the way. Send them again.")


ADDRESSES = (
    Address("OPTIONS", "/v1/uploads", capabilities, status=204),
    Address("POST", "/v1/uploads", create, status=201),
    Address("HEAD", "/v1/uploads/{upload_id}", offset),
    Address("PATCH", "/v1/uploads/{upload_id}", part, status=204),
    Address("DELETE", "/v1/uploads/{upload_id}", give_up, status=204),
    Address("GET", "/v1/blobs/{sha256}", blob, media_type="application/octet-stream"),
)
