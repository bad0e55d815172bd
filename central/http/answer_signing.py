"""Signs what a laptop wants signed: one that a proxy stands before, and that therefore cannot go by TLS."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casework.wire.signed_answers import HEADER, NONCE, STREAMED, SignedAnswer, answer_text
from central.keys.authority import Authority


class AnswerKey:
    """The service's own, as TLS shows it; one that was renewed needs no restart. Two files are never written at one
    moment: until the new ones fit each other, the old one signs."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self._as_of: tuple[int, ...] = ()
        self._key: ec.EllipticCurvePrivateKey
        self._chain: tuple[bytes, ...]

    def sign(self, text: bytes, *, is_streamed: bool) -> SignedAnswer:
        self._look()
        return SignedAnswer(self._chain, is_streamed, self._key.sign(text, ec.ECDSA(hashes.SHA256())))

    def _look(self) -> None:
        files = self._authority.server_files
        as_of = tuple(file.stat().st_mtime_ns for file in files)
        if as_of == self._as_of:
            return
        chain, key = x509.load_pem_x509_certificates(files[0].read_bytes()), _private(files[1])
        if key.public_key() == chain[0].public_key():
            below = [each for each in chain if each != self._authority.root]
            self._chain = tuple(each.public_bytes(serialization.Encoding.DER) for each in below)
            self._key, self._as_of = key, as_of


def _private(file: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 - the authority makes no other
    return key


class Answering:
    """Above everything else that answers, so that no refusal and no fault goes unsigned."""

    def __init__(self, app: ASGIApp, key: AnswerKey) -> None:
        self._app = app
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        nonce = Headers(scope=scope).get(HEADER, "") if scope["type"] == "http" else ""
        if not NONCE.fullmatch(nonce):
            await self._app(scope, receive, send)
            return
        begun: Message | None = None

        async def signing(message: Message) -> None:
            """The head waits for the first of the body."""
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = message
                return
            if begun is not None:
                head, begun = begun, None
                await send(self._signed(scope, nonce, head, message))
            await send(message)

        await self._app(scope, receive, signing)

    def _signed(self, scope: Scope, nonce: str, head: Message, first: Message) -> Message:
        is_streamed = bool(first.get("more_body"))
        body = b"" if scope["method"] == "HEAD" else first.get("body", b"")
        hashed = STREAMED if is_streamed else hashlib.sha256(body).hexdigest()
        said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in head.get("headers", [])}
        text = answer_text(nonce, scope["method"], target_of(scope), head["status"], said, hashed)
        value = self._key.sign(text, is_streamed=is_streamed).header
        return {**head, "headers": [*head.get("headers", []), (HEADER.encode(), value.encode())]}


def target_of(scope: Scope) -> str:
    query = scope.get("query_string", b"").decode("latin-1")
    return f"{scope['path']}?{query}" if query else str(scope["path"])
