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
from typing import TYPE_CHECKING, TypeVar

import zstandard
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.errors import AnswerError
from casework.identifiers import DeviceId
from casework.wire.council_roots import roots_in
from casework.wire.message import Message
from casework.wire.signed_texts import authorization, content_digest, request_text
from casework.wire.withdrawals import CouncilLists
from desktop.sync.connection_failures import BROKEN_OFF, not_answered, refusal_in, unreadable
from desktop.sync.errors import ClockRefusal, NotTheCouncil, Refusal, UnknownLaptop, Unreachable
from desktop.sync.proven_answers import AnswerProof

if TYPE_CHECKING:
    import httpx

R = TypeVar("R", bound=Message)
Now = Callable[[], datetime]
Way = tuple[ssl.SSLContext, AnswerProof | None]
Body = tuple[bytes, dict[str, str]]  # as it travels, and the headers that say how it is packed
WAITS = 60.0, 15.0  # in seconds: for an answer, and for a connection
PACK_FROM = 1024
PARTIAL = 206
WITHDRAWN = 23  # OpenSSL's own number (X509_V_ERR_CERT_REVOKED)


@dataclass(frozen=True)
class RequestSigner:
    """The laptop's id and key."""

    device_id: DeviceId
    key: Ed25519PrivateKey


@lru_cache(maxsize=2)
def pinned(roots_pem: str, lists: str = "") -> ssl.SSLContext:
    """Trusts the council's own roots and no other authority in the world, nor an issuing key that the council
    has withdrawn (`lists`, as last heard). Made once: each sync needs it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cadata=roots_pem)
    if lists:
        held = CouncilLists.read(roots_in(roots_pem), [lists])
        context.sslsocket_class = type("Checked", (_Checked,), {"held": held})
    return context


class _Checked(ssl.SSLSocket):
    """Asks the lists after the handshake, before a byte is sent. OpenSSL would ask them too, but refuses everything
    once a list is older than it said, and a laptop may have been away for months."""

    held: CouncilLists

    def do_handshake(self, block: bool = False) -> None:
        super().do_handshake(block)
        chain = self._sslobj.get_verified_chain()  # type: ignore[attr-defined]  # public since Python 3.13 only
        if any(self.held.withdrawn_on(_certificate(each)) for each in chain):
            self.close()
            error = ssl.SSLCertVerificationError("the issuing key was withdrawn")
            error.verify_code = WITHDRAWN
            raise error


def _certificate(found: object) -> x509.Certificate:
    return x509.load_pem_x509_certificate(found.public_bytes().encode())  # type: ignore[attr-defined]  # as above


def unpinned() -> ssl.SSLContext:
    """For one request only: fetching the certificate that the enrolment code then has to vouch for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Transport:
    """One conversation with the service. Errors are Unreachable, Refusal or NotTheCouncil, never httpx's. `proof`: how
    answers are believed that come through a proxy; without one TLS itself is pinned. `next_way`: asked once what to
    believe instead, where what answers cannot be believed; it may raise NotTheCouncil with a better reason."""

    _ready: tuple[Message, Body] | None = None
    next_way: Callable[[], Way | None] | None = None

    def __init__(
        self,
        url: str,
        context: ssl.SSLContext,
        now: Now,
        proof: AnswerProof | None = None,
        *,
        proxied: bool = False,
        waits: tuple[float, float] = WAITS,
    ) -> None:
        import httpx  # noqa: PLC0415 - a fifth of a second that nobody at the door should wait for

        self._now = now
        self._failure = httpx.HTTPError
        self._offset_ms = 0
        self._proof = proof
        self._proxied = proxied
        self._pinned = context.verify_mode is ssl.CERT_REQUIRED
        self._url = url
        self._timeout = httpx.Timeout(waits[0], connect=waits[1])
        self._client = self._opened(context)

    def _opened(self, context: ssl.SSLContext) -> httpx.Client:
        import httpx  # noqa: PLC0415 - as above

        return httpx.Client(base_url=self._url, verify=context, timeout=self._timeout, trust_env=False)

    def close(self) -> None:
        self._client.close()

    def fetch(self, path: str) -> bytes:
        """An unsigned GET."""
        return self._send("GET", path, b"", {}).content

    def ask(self, path: str, message: Message, reply: type[R]) -> R:
        """An unsigned POST, for a laptop that has not joined yet."""
        response = self._send("POST", path, message.to_bytes(), {"Content-Type": "application/json"})
        return read_reply(response, reply, pinned=self._pinned)

    def call(self, path: str, message: Message, reply: type[R], signer: RequestSigner) -> R:
        """A signed POST."""
        body, headers = self._taken(message) or _written(message)
        return read_reply(self.signed("POST", path, body, headers, signer), reply)

    def get(self, path: str, reply: type[R], signer: RequestSigner) -> R:
        """A signed GET of something short."""
        return read_reply(self.signed("GET", path, b"", {}, signer), reply, pinned=self._pinned)

    def make_ready(self, message: Message) -> None:
        """Written and packed while the service is still at work on what came before it."""
        self._ready = message, _written(message)

    def _taken(self, message: Message) -> Body | None:
        ready = self._ready
        if ready is None or ready[0] is not message:
            return None
        self._ready = None
        return ready[1]

    def signed(
        self, method: str, path: str, body: bytes, headers: dict[str, str], signer: RequestSigner
    ) -> httpx.Response:
        """A laptop whose clock is wrong learns the service's time from its refusal, and asks once more; one whose
        council has another root by now follows it first."""
        try:
            return self._send_signed(method, path, body, headers, signer)
        except ClockRefusal as refusal:
            self._offset_ms = refusal.ahead_ms(self._now())
        except NotTheCouncil:
            if not self._turned():
                raise
        return self._send_signed(method, path, body, headers, signer)

    def _turned(self) -> bool:
        """Once a conversation."""
        ask, self.next_way = self.next_way, None
        way = ask() if ask is not None else None
        if way is None:
            return False
        self._client.close()
        self._client, self._proof = self._opened(way[0]), way[1]
        return True

    @contextmanager
    def stream(self, path: str, signer: RequestSigner, *, after: int = 0) -> Iterator[Iterator[bytes]]:
        """A signed GET whose body comes in pieces: a file is never whole in memory. `after`: without so many of its
        first bytes, whether or not the service can leave them out."""
        headers = {"Accept-Encoding": "identity"} | self._credentials("GET", path, b"", signer)
        if after:
            headers["Range"] = f"bytes={after}-"
        try:
            with self._client.stream("GET", path, headers=headers | self._wanted()) as response:
                if not response.is_success:
                    raise refusal_in(self._whole(response), pinned=self._pinned)
                if self._proof is not None:
                    self._proof.check(response, None)
                yield _without(0 if response.status_code == PARTIAL else after, response.iter_bytes())
        except self._failure as error:
            raise not_answered(error, proxied=self._proxied) from error

    def _credentials(self, method: str, path: str, body: bytes, signer: RequestSigner) -> dict[str, str]:
        at_ms = int(self._now().timestamp() * 1000) + self._offset_ms
        nonce = secrets.token_urlsafe(18)
        body_sha256 = hashlib.sha256(body).hexdigest()
        text = request_text(
            method=method,
            target=path,
            body_sha256=body_sha256,
            at_ms=at_ms,
            nonce=nonce,
            device_id=signer.device_id,
        )
        value = authorization(
            device_id=signer.device_id, at_ms=at_ms, nonce=nonce, signature=signer.key.sign(text).hex()
        )
        return {"Authorization": value} | ({"Content-Digest": content_digest(body_sha256)} if body else {})

    def _send_signed(
        self, method: str, path: str, body: bytes, headers: dict[str, str], signer: RequestSigner
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
        raise refusal_in(response, pinned=self._pinned)

    def _exchange(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        try:
            with self._client.stream(method, path, content=body, headers=headers | self._wanted()) as response:
                return self._whole(response)
        except self._failure as error:
            raise not_answered(error, proxied=self._proxied) from error
        except zstandard.ZstdError as error:
            raise Unreachable(BROKEN_OFF) from error

    def _wanted(self) -> dict[str, str]:
        return self._proof.wanted() if self._proof is not None else {}

    def _whole(self, response: httpx.Response) -> httpx.Response:
        if self._proof is not None:
            return self._proof.received(response)
        response.read()
        return response


def _without(first: int, pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        if kept := piece[first:]:
            yield kept
        first = max(0, first - len(piece))


def _written(message: Message) -> Body:
    return _packed(message.to_bytes())


def _packed(body: bytes) -> tuple[bytes, dict[str, str]]:
    headers = {"Content-Type": "application/json"}
    if len(body) < PACK_FROM:
        return body, headers
    return zstandard.ZstdCompressor(level=3).compress(body), headers | {"Content-Encoding": "zstd"}


def read_reply(response: httpx.Response, reply: type[R], *, pinned: bool = True) -> R:
    """A captive portal's 200 with a page in it is told apart by its type (scenario 45)."""
    if not response.headers.get("content-type", "").startswith("application/json"):
        raise unreadable(response, pinned=pinned)
    try:
        return reply.from_bytes(response.content)
    except AnswerError as error:
        raise unreadable(response, pinned=pinned) from error
