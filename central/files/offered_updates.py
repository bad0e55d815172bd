"""The newer versions of Homeward that laptops may fetch: one for each system, with what two keepers signed of it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casework.version_order import is_before
from casework.wire.updates import MOST_BYTES, SYSTEMS, Manifest, OfferedUpdate
from central.database.errors import CentralError, UnknownThing
from central.database.home import write_private

CHUNK = 256 * 1024
NONE = "No newer version of Homeward is offered here for this system."
TOO_LARGE = "{} is empty, or larger than an update may be."
_NAME = re.compile(rf"({'|'.join(SYSTEMS)})-([0-9.]+)\.json")


@dataclass(frozen=True)
class Shelf:
    """A folder beside the service's database; instances of one council share it."""

    folder: Path

    def offered(self) -> dict[str, str]:
        """The version by system. Read at each hello: names only, and no folder on most days."""
        try:
            names = [file.name for file in self.folder.iterdir()]
        except FileNotFoundError:
            return {}
        found: dict[str, str] = {}
        for match in filter(None, map(_NAME.fullmatch, names)):
            if match[1] not in found or is_before(found[match[1]], match[2]):
                found[match[1]] = match[2]
        return found

    def put(self, manifest: Manifest, offer: OfferedUpdate, source: Path) -> None:
        """The file first: what is offered is there. Raises CentralError when it changed since it was hashed."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self.folder / f".{manifest.sha256}.part"
        try:
            if _copied(source, part) != manifest.sha256:
                message = f"{source.name} changed while it was read. Offer it again."
                raise CentralError(message)
            part.replace(self.folder / manifest.sha256)
        finally:
            part.unlink(missing_ok=True)
        write_private(self._said(manifest.system, manifest.version), offer.to_bytes())
        self._forget(manifest.system, but=manifest.version)

    def of(self, system: str) -> OfferedUpdate:
        """Raises UnknownThing where none is offered."""
        version = self.offered().get(system)
        if version is None:
            raise UnknownThing(NONE)
        return OfferedUpdate.from_bytes(self._said(system, version).read_bytes())

    def file(self, system: str, sha256: str) -> Path:
        """Of what is offered for that system now. Raises UnknownThing."""
        found = self.folder / sha256
        if Manifest.from_bytes(self.of(system).text).sha256 != sha256 or not found.is_file():
            raise UnknownThing(NONE)
        return found

    def withdraw(self, system: str) -> None:
        """Raises UnknownThing where none is offered."""
        self.of(system)
        self._forget(system)

    def _said(self, system: str, version: str) -> Path:
        return self.folder / f"{system}-{version}.json"

    def _forget(self, system: str, but: str = "") -> None:
        for said in self.folder.glob(f"{system}-*.json"):
            if said != self._said(system, but):
                said.unlink()
        kept = {Manifest.from_bytes(self.of(each).text).sha256 for each in self.offered()}
        for file in self.folder.iterdir():
            if len(file.name) == 64 and file.name not in kept:
                file.unlink()


def measured(source: Path) -> tuple[str, int]:
    """SHA-256 and bytes. Raises CentralError for an empty file and one that is too large."""
    size = source.stat().st_size
    if not 0 < size <= MOST_BYTES:
        raise CentralError(TOO_LARGE.format(source.name))
    digest = hashlib.sha256()
    for piece in pieces_of(source):
        digest.update(piece)
    return digest.hexdigest(), size


def pieces_of(file: Path, start: int = 0, stop: int = MOST_BYTES) -> Iterator[bytes]:
    """From this byte on to the one before `stop`, or to its end."""
    with file.open("rb") as source:
        source.seek(start)
        while piece := source.read(min(CHUNK, stop - source.tell())):
            yield piece


def _copied(source: Path, to: Path) -> str:
    """On the disk when this returns."""
    digest = hashlib.sha256()
    with to.open("wb") as target:
        for piece in pieces_of(source):
            digest.update(piece)
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest()
