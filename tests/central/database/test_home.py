"""Files that only the service’s account reads: whole or not at all, whoever else writes the same one."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from central.database.home import write_private


def test_of_two_who_write_at_once_each_writes_the_whole(tmp_path: Path) -> None:
    """A time-stamping key was made by a request and by the sweep in one moment, and one of them fell over."""
    file = tmp_path / "keys" / "stamping.pem"
    contents = [letter * 20_000 for letter in (b"a", b"b")]

    def written(content: bytes) -> set[bytes]:
        seen = set()
        for _ in range(60):
            write_private(file, content)
            seen.add(file.read_bytes())
        return seen

    with ThreadPoolExecutor(2) as two:
        seen = set[bytes]().union(*two.map(written, contents))

    assert seen <= set(contents)
    assert [one.name for one in file.parent.iterdir()] == ["stamping.pem"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_on_a_full_disk_what_was_there_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "central.json"
    write_private(file, b"before")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_private(file, b"after")

    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("central.json", b"before")]
