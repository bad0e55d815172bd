"""What a laptop begins and never finishes has an end, in number and in time."""

from __future__ import annotations

import os
import time

import pytest
from sqlalchemy import func, select

from casework.identifiers import BucketId, DeviceId, RecordId
from central.database.errors import Refused
from central.database.tables import upload
from central.files import uploads
from central.files.uploads import Blobs, Upload
from central.people.scope import Scope
from tests.central.pushing import Pusher
from tests.central.running import Council


def begun(council: Council, sha256: str = "ab" * 32) -> Upload:
    scope = Scope({BucketId("child-1:core")}, None, writes=True)
    asked = Upload("", DeviceId(""), RecordId("child-1"), sha256, 100, 0, "")
    with council.service.database.writing() as connection:
        blobs = Blobs(council.home.blobs)
        found = uploads.begin(connection, blobs, scope, device_id=DeviceId("d-1"), asked=asked, now=council.clock())
        return uploads.add(connection, blobs, found, b"x" * 10, council.clock())


@pytest.fixture
def here(council: Council) -> Council:
    ann = Pusher.of(council, "ann")
    ann.push(ann.create("child-1", given_name="A"))
    return council


def test_one_laptop_begins_only_so_many(here: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_OPEN", 3)
    for _ in range(3):
        begun(here)
    with pytest.raises(Refused) as refused:
        begun(here)
    assert (refused.value.status, refused.value.code) == (429, "too_many_uploads")

    here.clock.move(seconds=uploads.LIFE.total_seconds() + 1)
    assert begun(here).offset == 10


def test_nor_does_it_fill_the_disk(here: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_OPEN_BYTES", 25)
    for _ in range(3):
        begun(here)
    with pytest.raises(Refused):
        begun(here)


def test_the_running_service_tidies_away_what_grew_old(here: Council) -> None:
    """Nobody did: parts stayed for ever. One that a crash left without its row goes as well."""
    old, blobs = begun(here), Blobs(here.home.blobs)
    orphan = blobs.part("ef" * 16)
    orphan.write_bytes(b"x")
    here.clock.move(seconds=uploads.LIFE.total_seconds() + 1)
    young = begun(here, "cd" * 32)
    os.utime(orphan, (0, 0))
    os.utime(blobs.part(young.id), (here.clock().timestamp(),) * 2)
    here.stop()
    here.restart()
    deadline = time.monotonic() + 20
    while blobs.part(old.id).exists() or orphan.exists() or _count(here) > 1:
        assert time.monotonic() < deadline
        time.sleep(0.01)

    assert blobs.part(young.id).exists()
    assert _count(here) == 1


def _count(council: Council) -> int:
    with council.service.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(upload)).scalar_one())
