"""The door: reads a body within its limits, checks who signed the request, unpacks it within its limits, and turns
refusals into problem documents (RFC 9457). Nothing behind it sees raw bytes."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import hmac
import io
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Lock

import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from starlette.requests import Request
from starlette.responses import Response

from casework.identifiers import DeviceId
from casework.wire.protocol import CLOCK_WINDOW_MS, Problem
from casework.wire.signed_texts import request_text
from central.database.clock import Now, stamp
from central.database.errors import Refused
from central.http.connection_limits import Limits
from central.people.accounts import Device, Officer

MAX_WIRE = 4 * 1024 * 1024
MAX_UNPACKED = 16 * 1024 * 1024
MAX_UNANNOUNCED = 64 * 1024  # of a body that may be anybody's, until it has been read
_DIGEST = re.compile(r"sha-256=:(?P<hash>[A-Za-z0-9+/]{43}=):")
PROBLEM = "application/problem+json"
_CREDENTIALS = re.compile(
    r'Homeward device="(?P<device>[A-Za-z0-9_.:-]{1,96})", at="(?P<at>\d{1,15})", '
    r'nonce="(?P<nonce>[A-Za-z0-9_-]{16,64})", signature="(?P<signature>[0-9a-f]{128})"'
)


@dataclass(frozen=True, slots=True)
class Credentials:
    device_id: DeviceId
    at_ms: int
    nonce: str
    signature: bytes


@dataclass
class Replays:
    """Nonces seen within the window. Kept in memory: every request is idempotent, so another instance may see one
    again without harm; this only makes a replay useless as an oracle (docs/decisions/requests-signed-by-the-laptop)."""

    window_ms: int = CLOCK_WINDOW_MS
    _seen: OrderedDict[tuple[str, str], int] = field(default_factory=OrderedDict)
    _turn: Lock = field(default_factory=Lock)

    def is_new(self, device_id: DeviceId, nonce: str, now_ms: int) -> bool:
        with self._turn:
            while self._seen and next(iter(self._seen.values())) < now_ms - 2 * self.window_ms:
                self._seen.popitem(last=False)
            if (device_id, nonce) in self._seen:
                return False
            self._seen[device_id, nonce] = now_ms
            return True


def has_body(request: Request) -> bool:
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers


def check_length(request: Request, limit: int = MAX_WIRE) -> int:
    """How long the body is said to be, or may be where nothing is said. Raises Refused for too long a one."""
    declared = request.headers.get("content-length", str(limit))
    if not declared.isascii() or not declared.isdigit() or int(declared) > limit:
        raise too_large()
    return int(declared)


async def read_body(request: Request, limits: Limits, limit: int = MAX_WIRE) -> bytes:
    """The body as it came over the wire. Stops reading as soon as it is too large, or comes too slowly."""
    parts, size = [], 0
    try:
        async with asyncio.timeout(limits.body_seconds(check_length(request, limit))):
            async for part in request.stream():
                size += len(part)
                if size > limit:
                    raise too_large()
                parts.append(part)
    except TimeoutError as error:
        raise Refused(408, "too_slow", "The body came too slowly. Try again.", Connection="close") from error
    return b"".join(parts)


def announced_hash(request: Request) -> str:
    """The SHA-256 of the body as RFC 9530 announces it, in figures; empty where it does not."""
    match = _DIGEST.fullmatch(request.headers.get("content-digest", ""))
    return base64.b64decode(match["hash"]).hex() if match else ""


def check_announced(body: bytes, announced: str) -> None:
    if not hmac.compare_digest(hash_of(body), announced):
        raise _not_yours()


def hash_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def credentials(request: Request) -> Credentials:
    match = _CREDENTIALS.fullmatch(request.headers.get("authorization", ""))
    if match is None:
        raise Refused(401, "not_signed", "The request does not carry a laptop's signature.")
    return Credentials(DeviceId(match["device"]), int(match["at"]), match["nonce"], bytes.fromhex(match["signature"]))


def signer(
    found: Credentials, registered: tuple[Device, Officer] | None, request: Request, body_sha256: str
) -> tuple[Device, Officer]:
    """The laptop whose key signed exactly this request, and whose it is; raises Refused when none did."""
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    text = request_text(
        method=request.method,
        target=target,
        body_sha256=body_sha256,
        at_ms=found.at_ms,
        nonce=found.nonce,
        device_id=found.device_id,
    )
    # An unknown laptop costs the same work as a known one, so that timing does not tell which ids exist.
    key = registered[0].signing_key if registered else _NOBODY
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(found.signature, text)
    except InvalidSignature:
        raise _not_yours() from None
    if registered is None or not hmac.compare_digest(registered[0].id, found.device_id):
        raise _not_yours()
    return registered


def check_fresh(found: Credentials, replays: Replays, now_ms: int) -> None:
    """After the signature, so that strangers cannot fill the memory of nonces."""
    if abs(found.at_ms - now_ms) > replays.window_ms:
        raise Refused(401, "clock", "The request's time is too far from the service's; use the time in this answer.")
    if not replays.is_new(found.device_id, found.nonce, now_ms):
        raise Refused(401, "replayed", "That request has been made already.")


def unpack(body: bytes, encoding: str) -> bytes:
    """Never holds more than the limit, however small the packed body is (scenario 46)."""
    try:
        if encoding == "zstd":
            with zstandard.ZstdDecompressor(max_window_size=MAX_UNPACKED).stream_reader(body) as reader:
                plain = reader.read(MAX_UNPACKED + 1)
        elif encoding == "gzip":
            with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
                plain = file.read(MAX_UNPACKED + 1)
        elif encoding in ("", "identity"):
            plain = body
        else:
            raise Refused(415, "encoding", "Bodies are sent as they are, or packed with zstd or gzip.")
    except (zstandard.ZstdError, OSError, EOFError) as error:
        raise Refused(400, "malformed", "The body could not be unpacked.") from error
    if len(plain) > MAX_UNPACKED:
        raise too_large()
    return plain


def packed(content: bytes, accepts: str, media_type: str = "application/json") -> Response:
    """The answer, compressed when the laptop can unpack it and it is worth it."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if len(content) > 1024 and "zstd" in accepts:
        content = zstandard.ZstdCompressor(level=1).compress(content)
        headers["Content-Encoding"] = "zstd"
    elif len(content) > 1024 and "gzip" in accepts:
        content = gzip.compress(content, compresslevel=1, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(content, media_type=media_type, headers=headers)


def problem(status: int, code: str, detail: str, now: Now, headers: dict[str, str] | None = None) -> Response:
    try:
        title = HTTPStatus(status).phrase
    except ValueError:
        title = "Checksum mismatch"  # tus's own 460
    body = Problem(title=title, status=status, code=code, detail=detail, now=stamp(now()))
    return Response(body.to_bytes(), status, {"Cache-Control": "no-store", **(headers or {})}, media_type=PROBLEM)


def now_ms(now: Now) -> int:
    return int(now().timestamp() * 1000)


def too_large() -> Refused:
    return Refused(413, "too_large", "The body is too large. Send fewer items at a time.")


def _not_yours() -> Refused:
    return Refused(401, "bad_signature", "The request's signature is not that of a laptop known here.")


_NOBODY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
