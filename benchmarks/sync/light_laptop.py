"""A laptop without a vault, over a connection of its own: what it says was composed, signed and packed beforehand, as a
real one does on its own cores; what it is answered is read in full once the clock has stopped."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import ssl
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

import msgspec
import zstandard

from benchmarks.sync.laptops import now
from casework.identifiers import BucketId, OperationId
from casework.records import Author, Operation
from casework.wire.message import Message
from casework.wire.protocol import PROTOCOL, Hello, Pull, PullReply, Push, PushReply, entitled_digest, seal
from casework.wire.signed_texts import authorization, content_digest, request_text

PATIENCE = 120.0  # seconds: then something is broken, and not slow
PACK_FROM = 1024  # bytes, as a real laptop packs them


class Onward(msgspec.Struct):
    """As much of a page as says what to ask for next."""

    cursor_to: int
    filled: dict[BucketId, int]
    more: bool
    entitled: list[BucketId] | None = None


@dataclass
class LightLaptop:
    """`seconds`: of each answer, by what was asked; the first one’s with its connection and its handshake."""

    author: Author
    work: list[Operation]
    epoch: str
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _ready: list[bytes] = field(default_factory=list)
    _answers: list[bytes] = field(default_factory=list)

    def prepare(self) -> Self:
        """Before the clock: the greeting, its work, and the first question, written, packed and signed."""
        push = Push(batch_id=self.work[0].op_id, epoch=self.epoch, ops=[seal(op) for op in self.work])
        hello = Hello(proto_min=PROTOCOL, proto_max=PROTOCOL, app="b")
        asked: dict[str, Message] = {"hello": hello, "push": push, "pull": Pull(epoch=self.epoch)}
        self._ready = [self._request(path, message) for path, message in asked.items()]
        return self

    async def sync(self, url: str, context: ssl.SSLContext) -> None:
        at, (hello, push, pull) = urlsplit(url), self._ready
        begun = time.perf_counter()
        opening = asyncio.open_connection(at.hostname, at.port, ssl=context, ssl_handshake_timeout=PATIENCE)
        reader, writer = await opening
        try:
            await self._ask(reader, writer, "hello", hello, begun)
            await self._ask(reader, writer, "push", push)
            told = msgspec.json.decode(await self._ask(reader, writer, "pull", pull), type=Onward)
            buckets = frozenset(told.entitled or ())
            filling, cursor, more = dict.fromkeys(buckets, 0), 0, True
            while more:
                asked = Pull(epoch=self.epoch, cursor=cursor, filling=filling, entitled=entitled_digest(buckets))
                answer = await self._ask(reader, writer, "pull", self._request("pull", asked))
                page = msgspec.json.decode(answer, type=Onward)
                filling = {name: place for name, place in page.filled.items() if place < page.cursor_to}
                cursor, more = page.cursor_to, page.more
        finally:
            writer.transport.abort()

    def missing(self) -> set[OperationId]:
        """After the clock: what it sent that was not accepted, or that it was not given back word for word."""
        _, pushed, _, *pages = self._answers
        accepted = {each.op_id for each in PushReply.from_bytes(pushed).results if each.status == "accepted"}
        found = [item.op for page in pages for item in PullReply.from_bytes(page).items]
        given = {op.op_id: op for op in found if op is not None}
        return {op.op_id for op in self.work if op.op_id not in accepted or given.get(op.op_id) != seal(op)}

    async def _ask(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        name: str,
        request: bytes,
        begun: float | None = None,
    ) -> bytes:
        begun = time.perf_counter() if begun is None else begun
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        body = await reader.readexactly(int(_header(head, b"content-length")))
        self.seconds[name].append(time.perf_counter() - begun)
        if not head.startswith(b"http/1.1 200 "):
            raise AssertionError(head + body)
        if _header(head, b"content-encoding") == b"zstd":
            body = zstandard.ZstdDecompressor().decompress(body)
        self._answers.append(body)
        return body

    def _request(self, name: str, message: Message) -> bytes:
        plain, packing = message.to_bytes(), ""
        body = plain if len(plain) < PACK_FROM else zstandard.ZstdCompressor(level=3).compress(plain)
        if body is not plain:
            packing = "Content-Encoding: zstd\r\n"
        hashed = hashlib.sha256(body).hexdigest()
        signed = self._credentials(f"/v1/{name}", hashed)
        return (
            f"POST /v1/{name} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate, zstd\r\n"
            f"User-Agent: bench\r\nContent-Type: application/json\r\n{packing}Content-Length: {len(body)}\r\n"
            f"Authorization: {signed}\r\nContent-Digest: {content_digest(hashed)}\r\n\r\n"
        ).encode() + body

    def _credentials(self, path: str, body_sha256: str) -> str:
        at_ms, nonce, device = int(now().timestamp() * 1000), secrets.token_urlsafe(18), self.author.device_id
        text = request_text(
            method="POST", target=path, body_sha256=body_sha256, at_ms=at_ms, nonce=nonce, device_id=device
        )
        return authorization(device_id=device, at_ms=at_ms, nonce=nonce, signature=self.author.key.sign(text).hex())


def _header(head: bytes, name: bytes) -> bytes:
    return head.partition(b"\r\n" + name + b": ")[2].partition(b"\r\n")[0]
