"""The only code that opens a connection: TLS pinned to the council’s certificate, each request signed by the laptop."""

from __future__ import annotations

import hashlib
import secrets
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

import httpx
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from casework.protocol import Message, Problem
from casework.signed_texts import authorization, request_text
from desktop.sync.errors import NotTheCouncil, Refusal, UnknownLaptop, Unreachable

R = TypeVar("R", bound=Message)
Now = Callable[[], datetime]
Body = tuple[bytes, dict[str, str]]  # as it travels, and the headers that say how it is packed
TIMEOUT = httpx.Timeout(60.0, connect=15.0)
PACK_FROM = 1024
PROBLEM = "application/problem+json"
BUSY = (429, 503)

NO_NETWORK = "There is no network here. Everything is saved on this laptop and goes as soon as there is one."
NO_ANSWER = "The council’s service did not answer in time. Everything is saved on this laptop; it will be tried again."
NOT_OURS = "This network answers in the council’s place, perhaps with a page to log in to. Nothing was sent."
BUSY_WORDS = "The council’s service is busy. Everything is saved on this laptop; it will be tried again."
IMPOSTOR = (
    "What answers at this address is not the council this laptop joined. Nothing was sent. Tell your administrator."
)


@dataclass(frozen=True)
class Signer:
    """The laptop's id and key."""

    device_id: str
    key: Ed25519PrivateKey


@lru_cache(maxsize=2)
def pinned(ca_pem: str) -> ssl.SSLContext:
    """Trusts the council's own certificate and no other authority in the world. Made once: each sync needs it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cadata=ca_pem)
    return context


def unpinned() -> ssl.SSLContext:
    """For one request only: fetching the certificate that the enrolment code then has to vouch for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Transport:
    """One conversation with the service. Errors are Unreachable, Refusal or NotTheCouncil, never httpx's."""

    _ready: tuple[Message, Body] | None = None

    def __init__(self, url: str, context: ssl.SSLContext, now: Now) -> None:
        self._now = now
        self._offset_ms = 0
        self._client = httpx.Client(base_url=url, verify=context, timeout=TIMEOUT, trust_env=False)

    def close(self) -> None:
        self._client.close()

    def fetch(self, path: str) -> bytes:
        """An unsigned GET."""
        return self._send("GET", path, b"", {}).content

    def ask(self, path: str, message: Message, reply: type[R]) -> R:
        """An unsigned POST, for a laptop that has not joined yet."""
        body = message.model_dump_json().encode()
        return read_reply(self._send("POST", path, body, {"Content-Type": "application/json"}), reply)

    def call(self, path: str, message: Message, reply: type[R], signer: Signer) -> R:
        """A signed POST."""
        body, headers = self._taken(message) or _written(message)
        return read_reply(self.signed("POST", path, body, headers, signer), reply)

    def make_ready(self, message: Message) -> None:
        """Written and packed while the service is still at work on what came before it."""
        self._ready = message, _written(message)

    def _taken(self, message: Message) -> Body | None:
        ready = self._ready
        if ready is None or ready[0] is not message:
            return None
        self._ready = None
        return ready[1]

    def signed(self, method: str, path: str, body: bytes, headers: dict[str, str], signer: Signer) -> httpx.Response:
        """A laptop whose clock is wrong learns the service's time from its refusal, and asks once more."""
        try:
            return self._send_signed(method, path, body, headers, signer)
        except ClockRefusal as refusal:
            self._offset_ms = refusal.ahead_ms(self._now())
            return self._send_signed(method, path, body, headers, signer)

    @contextmanager
    def stream(self, path: str, signer: Signer) -> Iterator[Iterator[bytes]]:
        """A signed GET whose body comes in pieces: a file is never whole in memory."""
        headers = {"Accept-Encoding": "identity"} | self._credentials("GET", path, b"", signer)
        try:
            with self._client.stream("GET", path, headers=headers) as response:
                if not response.is_success:
                    response.read()
                    raise _refusal(response)
                yield response.iter_bytes()
        except httpx.HTTPError as error:
            raise Unreachable(NO_ANSWER) from error

    def _credentials(self, method: str, path: str, body: bytes, signer: Signer) -> dict[str, str]:
        at_ms = int(self._now().timestamp() * 1000) + self._offset_ms
        nonce = secrets.token_urlsafe(18)
        text = request_text(
            method=method,
            target=path,
            body_sha256=hashlib.sha256(body).hexdigest(),
            at_ms=at_ms,
            nonce=nonce,
            device_id=signer.device_id,
        )
        value = authorization(
            device_id=signer.device_id, at_ms=at_ms, nonce=nonce, signature=signer.key.sign(text).hex()
        )
        return {"Authorization": value}

    def _send_signed(
        self, method: str, path: str, body: bytes, headers: dict[str, str], signer: Signer
    ) -> httpx.Response:
        """A name that is not known and a key that is not its own are answered alike, so that nobody learns names."""
        try:
            return self._send(method, path, body, headers | self._credentials(method, path, body, signer))
        except Refusal as refusal:
            if (refusal.status, refusal.code) == (401, "bad_signature"):
                raise UnknownLaptop from refusal
            raise

    def _send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        response = self._exchange(method, path, body, headers)
        if response.is_success:
            return response
        raise _refusal(response)

    def _exchange(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        try:
            return self._client.request(method, path, content=body, headers=headers)
        except httpx.ConnectError as error:
            raise _not_connected(error) from error
        except httpx.TimeoutException as error:
            raise Unreachable(NO_ANSWER) from error
        except (httpx.HTTPError, zstandard.ZstdError) as error:
            raise Unreachable(NO_NETWORK) from error


class ClockRefusal(Refusal):
    """The service's clock and this laptop's are too far apart for a signature to count."""

    def __init__(self, message: str, service_now: str) -> None:
        super().__init__(401, "clock", message)
        self._service_now = service_now

    def ahead_ms(self, now: datetime) -> int:
        """By how much the service is ahead of this laptop."""
        return int((datetime.fromisoformat(self._service_now) - now).total_seconds() * 1000)


def _written(message: Message) -> Body:
    return _packed(message.model_dump_json().encode())


def _packed(body: bytes) -> tuple[bytes, dict[str, str]]:
    headers = {"Content-Type": "application/json"}
    if len(body) < PACK_FROM:
        return body, headers
    return zstandard.ZstdCompressor(level=3).compress(body), headers | {"Content-Encoding": "zstd"}


def read_reply(response: httpx.Response, reply: type[R]) -> R:
    """A captive portal's 200 with a page in it is told apart by its type (scenario 45)."""
    if not response.headers.get("content-type", "").startswith("application/json"):
        raise Unreachable(NOT_OURS)
    try:
        return reply.model_validate_json(response.content)
    except ValidationError as error:
        raise Unreachable(NOT_OURS) from error


def _refusal(response: httpx.Response) -> Unreachable | Refusal:
    if response.status_code in BUSY:
        after = response.headers.get("retry-after", "")
        return Unreachable(BUSY_WORDS, retry_after=int(after) if after.isdigit() else None)
    if not response.headers.get("content-type", "").startswith(PROBLEM):
        return Unreachable(NOT_OURS)
    try:
        found = Problem.model_validate_json(response.content)
    except ValidationError:
        return Unreachable(NOT_OURS)
    if found.code == "clock" and found.now:
        return ClockRefusal(found.detail, found.now)
    return Refusal(response.status_code, found.code, found.detail or found.title)


def _not_connected(error: httpx.ConnectError) -> Unreachable | NotTheCouncil:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return NotTheCouncil(IMPOSTOR)
        cause = cause.__cause__ or cause.__context__
    return Unreachable(NO_NETWORK)
