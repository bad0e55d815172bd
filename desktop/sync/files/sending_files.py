"""The client half of tus 1.0: photographs go after their record, in parts, from wherever the last try ended."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, BinaryIO

from desktop.store.attachments.attachment_files import Attachment
from desktop.store.database.remembered import Setting
from desktop.store.disk.errors import AttachmentMissing, AttachmentRefused
from desktop.store.disk.on_failure import on_failure
from desktop.store.exchange.destroyed_here import DESTROYED
from desktop.store.vault import Vault
from desktop.sync.errors import Refusal
from desktop.sync.files.wanted_files import TO_FETCH, WantedFile
from desktop.sync.transport import RequestSigner, Transport

if TYPE_CHECKING:
    import httpx

PART = 1024 * 1024
ABREAST = 3
TRIES = 3  # a file that arrives changed three times is damaged here, and a person must know
TUS = {"Tus-Resumable": "1.0.0"}
GONE = (404, 410)
NOT_OURS = 403
CHECKSUM = 460


class Uploads:
    """One conversation's worth of attachments, both ways."""

    def __init__(self, vault: Vault, transport: Transport, signer: RequestSigner, stopped: Callable[[], bool]) -> None:
        self._vault = vault
        self._transport = transport
        self._signer = signer
        self._stopped = stopped

    def send(self, at: str, *, last: bool = False) -> tuple[int, tuple[str, ...]]:
        """Everything whose record has arrived, or was destroyed; `last`: or waits for a supervisor, since nothing comes
        after it. Unreachable and Refusal pass through: what was sent stays sent."""
        destroyed = self._vault.settings.get(DESTROYED).leaving
        waiting = frozenset[str]() if last else self._vault.outbox.records() - destroyed.keys()
        waiting = waiting | self._vault.before.apart()  # of no record that the council will hear of
        files = {file.sha256: file for file in self._vault.attachments.to_send()}
        homes = {sha256: self._vault.attachments.record_of(sha256) for sha256 in files}
        ready = [sha256 for sha256, record_id in homes.items() if record_id and record_id not in waiting]

        def one(sha256: str) -> bool:
            if arrived := self._send_whole(files[sha256], homes[sha256], unnamed=homes[sha256] in destroyed):
                self._vault.attachments.sent(sha256, at)
            return arrived

        done = self._abreast(one, ready)
        return sum(done.values()), tuple(sha256 for sha256, arrived in done.items() if not arrived)

    def fetch(self) -> int:
        """What colleagues' records name and this laptop lacks; a photograph still on its way is asked for again."""
        found = self._vault.settings.get(TO_FETCH)

        def one(sha256: str) -> bool:
            return self._vault.attachments.has(sha256) or self._fetch_one(sha256, found[sha256])

        here = {sha256 for sha256, came in self._abreast(one, list(found)).items() if came}
        if here:
            left = {sha256: about for sha256, about in found.items() if sha256 not in here}
            self._vault.settings.put(TO_FETCH, left)
        return len(here)

    def _abreast(self, deed: Callable[[str], bool], files: list[str]) -> dict[str, bool]:
        """A few at a time: while one waits for a disk or the network, another is being encrypted. After the first
        that cannot go on, or when the person stops it, no other begins."""
        broken = Event()

        def guarded(sha256: str) -> bool | None:
            if broken.is_set() or self._stopped():
                return None
            with on_failure(broken.set):
                return deed(sha256)

        with ThreadPoolExecutor(ABREAST, "homeward-files") as workers:
            results = zip(files, workers.map(guarded, files), strict=True)
            return {sha256: done for sha256, done in results if done is not None}

    def _send_whole(self, file: Attachment, record_id: str, *, unnamed: bool = False) -> bool:
        """`unnamed`: perhaps no words that wait name it, and then it was part of what the council destroyed."""
        for _try in range(TRIES):
            try:
                self._send_rest(file, record_id)
            except Refusal as refusal:
                if (unnamed or file.is_to_confirm) and refusal.status == NOT_OURS:
                    return True  # a colleague's, of a record this officer only reads: whoever took it confirms it
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
        if file.bytes <= PART:
            self._send_at_once(file, record_id)
            return
        address, offset = self._resumed(file.sha256) or self._created(file, record_id)
        with self._vault.attachments.open(file.sha256) as source:
            _skip(source, offset)
            while offset < file.bytes:
                part = source.read(PART)
                offset = self._part(address, offset, part)

    def _send_at_once(self, file: Attachment, record_id: str) -> None:
        """What fits in one part goes with its announcement; a service that only took that is sent the part as well.

        One that was sent before a restore is only announced: most likely it is there.
        """
        with self._vault.attachments.open(file.sha256) as source:
            data = source.read(PART)
        address, offset = self._created(file, record_id, b"" if file.is_to_confirm else data)
        if offset < file.bytes:
            self._part(address, offset, data[offset:])

    def _part(self, address: str, offset: int, part: bytes) -> int:
        """Says where the upload stands now. 409 means somebody counted differently: ask, and go on from there."""
        headers = TUS | _described(part) | {"Upload-Offset": str(offset)}
        response = self._transport.signed("PATCH", address, part, headers, self._signer)
        return _offset(response)

    def _created(self, file: Attachment, record_id: str, data: bytes = b"") -> tuple[str, int]:
        described = ",".join(
            f"{name} {_coded(text)}" for name, text in (("sha256", file.sha256), ("record_id", record_id))
        )
        headers = TUS | {"Upload-Length": str(file.bytes), "Upload-Metadata": described}
        response = self._transport.signed("POST", "/v1/uploads", data, headers | _described(data), self._signer)
        address = response.headers["location"]
        if file.bytes > PART:  # what goes in one part is not resumed
            self._vault.settings.put(_place(file.sha256), address)
        return address, _offset(response)

    def _resumed(self, sha256: str) -> tuple[str, int] | None:
        address = self._vault.settings.get(_place(sha256))
        if not address:
            return None
        try:
            return address, _offset(self._transport.signed("HEAD", address, b"", TUS, self._signer))
        except Refusal as refusal:
            if refusal.status not in GONE:
                raise
            self._forget(sha256)
            return None

    def _forget(self, sha256: str) -> None:
        if self._vault.settings.get(_place(sha256)):
            self._vault.settings.forget(_place(sha256))

    def _fetch_one(self, sha256: str, about: WantedFile) -> bool:
        try:
            with self._transport.stream(f"/v1/blobs/{sha256}", self._signer) as pieces:
                self._vault.attachments.receive(
                    io.BufferedReader(_Readable(pieces), PART),
                    sha256=sha256,
                    media_type=about.type,
                    name=about.name,
                    record_id=about.record_id,
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


def _described(data: bytes) -> dict[str, str]:
    if not data:
        return {}
    checksum = base64.b64encode(hashlib.sha256(data).digest()).decode()
    return {"Content-Type": "application/offset+octet-stream", "Upload-Checksum": f"sha256 {checksum}"}


def _place(sha256: str) -> Setting[str]:
    """The address of an upload that has begun."""
    return Setting(f"upload/{sha256}", str, "")


def _skip(source: BinaryIO, offset: int) -> None:
    """The file is encrypted in order, so it is read in order."""
    while offset > 0:
        offset -= len(source.read(min(PART, offset)))


def _offset(response: httpx.Response) -> int:
    return int(response.headers.get("upload-offset", "0"))


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
