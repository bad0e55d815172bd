"""The council's own numbers and calendar, as it last published them, by which facts are worked out."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from sqlalchemy import Connection, select

from casework.practice.council import Council, load_published
from central.database.tables import council_file

EXAMPLE = "rotherham.toml"
_NEWEST_HASH = select(council_file.c.hash).order_by(council_file.c.number.desc()).limit(1)
_as_read: dict[str, Council] = {}  # by hash; a council publishes a few in a year


class CouncilFile(NamedTuple):
    """`number` counts the files that were published here; `hash` is of its text, SHA-256."""

    number: int
    file: str
    hash: str
    text: str
    published_at: str


def newest_file(connection: Connection) -> CouncilFile | None:
    """None until the council has published one."""
    row = connection.execute(select(council_file).order_by(council_file.c.number.desc()).limit(1)).first()
    return CouncilFile(row.number, row.file, row.hash, row.text, row.published_at) if row else None


def newest_hash(connection: Connection) -> str | None:
    """None until the council has published a file."""
    found: str | None = connection.execute(_NEWEST_HASH).scalar_one_or_none()
    return found


def council_now(connection: Connection) -> Council:
    """The example that comes with Homeward where nothing was published. A file that was read is not fetched again."""
    hashed = newest_hash(connection)
    if hashed is None:
        return _example()
    if hashed not in _as_read and (newest := newest_file(connection)):
        hashed, _as_read[newest.hash] = newest.hash, _read(newest.text, newest.file)
    return _as_read[hashed]


@cache
def _example() -> Council:
    return _read(example(), EXAMPLE)


def example() -> str:
    """A council's file to copy and change."""
    return resources.files("resources").joinpath("councils", EXAMPLE).read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def _read(text: str, file: str) -> Council:
    return load_published(text, file=file)
