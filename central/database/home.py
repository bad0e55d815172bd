"""The service's folder: where its keys, its settings and, unless PostgreSQL has it, its database are."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from central.database.errors import CentralError, NotInitialised


@dataclass(frozen=True, slots=True)
class Home:
    """Paths under one folder; nothing else knows where a file is."""

    folder: Path

    @property
    def settings_file(self) -> Path:
        return self.folder / "central.json"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def blobs(self) -> Path:
        return self.folder / "blobs"

    @property
    def updates(self) -> Path:
        return self.folder / "updates"

    @property
    def default_database(self) -> str:
        return f"sqlite:///{self.folder / 'central.sqlite'}"

    def settings(self) -> Settings:
        """Raises NotInitialised when `init` has not been run here, CentralError for a damaged file."""
        try:
            found = json.loads(self.settings_file.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            message = f"There is no council in {self.folder}. Run “homeward-central init” first."
            raise NotInitialised(message) from error
        except ValueError as error:
            raise CentralError(self._damaged) from error
        if not isinstance(found, dict) or not all(isinstance(found.get(name), str) for name in ("council", "database")):
            raise CentralError(self._damaged)
        return Settings(council=found["council"], database=found["database"] or self.default_database)

    @property
    def _damaged(self) -> str:
        return f"{self.settings_file.name} in {self.folder} is damaged. Bring it back from a backup."

    def keep(self, settings: Settings) -> None:
        """A database in this folder is not named: so the folder may move, and be named from anywhere."""
        database = "" if settings.database == self.default_database else settings.database
        content = json.dumps({"council": settings.council, "database": database}, ensure_ascii=False)
        write_private(self.settings_file, content.encode())


@dataclass(frozen=True, slots=True)
class Settings:
    """`database` is an SQLAlchemy address."""

    council: str
    database: str


def write_private(path: Path, content: bytes) -> None:
    """Whole or not at all, readable by this account only; of two who write at once, each writes the whole."""
    if not path.name:
        message = "Name the file itself, and not only the folder it goes to."
        raise CentralError(message)
    if path.exists() and not (path.is_file() or path.is_dir()):
        message = f"{path.name} is a device or a pipe, and would be replaced by a file. Name a file."
        raise CentralError(message)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)  # of a full disk


def write_private_once(path: Path, content: bytes) -> None:
    """As `write_private`, unless it is there: of two who write at once, the first one's content stays."""
    if path.exists():
        return
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    write_private(beside, content)
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()


def note_down(path: Path, entry: Mapping[str, object]) -> None:
    """One more line of JSON, on the disk when this returns, readable by this account only."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
