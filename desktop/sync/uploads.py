"""The client half of tus 1.0: photographs go after their record, in parts, from wherever the last try ended."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import httpx

from desktop.store.attachments import Attachment
from desktop.store.errors import AttachmentMissing, AttachmentRefused
from desktop.store.vault import Vault
from desktop.sync.errors import Refusal
from desktop.sync.transport import Signer, Transport

PART = 1024 * 1024
TRIES = 3  # a file that arrives changed three times is damaged here, and a person must know
TUS = {"Tus-Resumable": "1.0.0"}
GONE = (404, 410)
CHECKSUM = 460


@dataclass(frozen=True, slots=True)
class Moved:
    """How many files went, how many came, and which could not be sent as they are."""

    sent: int = 0
    fetched: int = 0
    damaged: tuple[str, ...] = ()


class Uploads:
    """One conversation's worth of attachments, both ways."""

    def __init__(self, vault: Vault, transport: Transport, signer: Signer, stopped: Callable[[], bool]) -> None:
        self._vault = vault
        self._transport = transport
        self._signer = signer
        self._stopped = stopped

    def send(self, at: str) -> tuple[int, tuple[str, ...]]:
        """Everything whose record has arrived. Unreachable and Refusal pass through: what was sent stays sent."""
        waiting = self._vault.outbox.records()
        sent, damaged = 0, []
        for file in self._vault.attachments.to_send():
            record_id = self._vault.attachments.record_of(file.sha256)
            if self._stopped():
                break
            if not record_id or record_id in waiting:
                continue
            if self._send_whole(file, record_id):
                self._vault.attachments.sent(file.sha256, at)
                sent += 1
            else:
                damaged.append(file.sha256)
        return sent, tuple(damaged)

    def fetch(self) -> int:
        """What colleagues' records name and this laptop lacks; a photograph still on its way is asked for again."""
        wanted = self._vault.settings.get("to_fetch", {})
        found = dict(wanted) if isinstance(wanted, dict) else {}
        count = 0
        for sha256, about in list(found.items()):
            if self._stopped() or not isinstance(about, dict):
                break
            if self._vault.attachments.has(sha256) or self._fetch_one(sha256, {k: str(v) for k, v in about.items()}):
                del found[sha256]
                count += 1
        if count:
            self._vault.settings.put("to_fetch", found)
        return count

    def _send_whole(self, file: Attachment, record_id: str) -> bool:
        for _try in range(TRIES):
            try:
                self._send_rest(file, record_id)
            except Refusal as refusal:
                if refusal.status != CHECKSUM:
                    raise
                self._forget(file.sha256)
            except (AttachmentMissing, AttachmentRefused):
                return False
            else:
                self._forget(file.sha256)
                return True
        return False

    def _send_rest(self, file: Attachment, record_id: str) -> None:
        address, offset = self._resumed(file.sha256) or self._created(file, record_id)
        with self._vault.attachments.open(file.sha256) as source:
            _skip(source, offset)
            while offset < file.bytes:
                part = source.read(PART)
                offset = self._part(address, offset, part)

    def _part(self, address: str, offset: int, part: bytes) -> int:
        """Says where the upload stands now. 409 means somebody counted differently: ask, and go on from there."""
        checksum = base64.b64encode(hashlib.sha256(part).digest()).decode()
        headers = TUS | {
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {checksum}",
        }
        response = self._transport.signed("PATCH", address, part, headers, self._signer)
        return _offset(response)

    def _created(self, file: Attachment, record_id: str) -> tuple[str, int]:
        described = ",".join(
            f"{name} {_coded(text)}" for name, text in (("sha256", file.sha256), ("record_id", record_id))
        )
        headers = TUS | {"Upload-Length": str(file.bytes), "Upload-Metadata": described}
        response = self._transport.signed("POST", "/v1/uploads", b"", headers, self._signer)
        address = response.headers["location"]
        self._vault.settings.put(f"upload/{file.sha256}", address)
        return address, _offset(response)

    def _resumed(self, sha256: str) -> tuple[str, int] | None:
        address = self._vault.settings.get(f"upload/{sha256}")
        if not isinstance(address, str):
            return None
        try:
            return address, _offset(self._transport.signed("HEAD", address, b"", TUS, self._signer))
        except Refusal as refusal:
            if refusal.status not in GONE:
                raise
            self._forget(sha256)
            return None

    def _forget(self, sha256: str) -> None:
        self._vault.settings.forget(f"upload/{sha256}")

    def _fetch_one(self, sha256: str, about: dict[str, str]) -> bool:
        try:
            with self._transport.stream(f"/v1/blobs/{sha256}", self._signer) as pieces:
                self._vault.attachments.receive(
                    io.BufferedReader(_Readable(pieces), PART),
                    sha256=sha256,
                    media_type=about.get("type", ""),
                    name=about.get("name", ""),
                    record_id=about.get("record_id", ""),
                )
        except Refusal as refusal:
            if refusal.status not in GONE:
                raise
            return False
        return True


class _Readable(io.RawIOBase):
    """Pieces as they come from the network, as a file: nothing waits on a disk in between."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _skip(source: BinaryIO, offset: int) -> None:
    """The file is encrypted in order, so it is read in order."""
    while offset > 0:
        offset -= len(source.read(min(PART, offset)))


def _offset(response: httpx.Response) -> int:
    return int(response.headers.get("upload-offset", "0"))


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
