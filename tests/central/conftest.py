"""Both databases, for tests that must hold on either."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.central.postgres import Cluster, cluster
from tests.central.running import Council, running

BOTH = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgres", id="postgres", marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres")]),
]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    with cluster() as found:
        yield found


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> str | None:
    """The address of a new database; None for the SQLite file in the council's own folder."""
    if request.param == "sqlite":
        return None
    found: Cluster = request.getfixturevalue("postgres")
    return found.new_database(f"council_{secrets.token_hex(6)}", like=found.migrated)


@pytest.fixture
def council(tmp_path: Path, database: str | None) -> Iterator[Council]:
    with running(tmp_path / "central", database) as found:
        for officer_id in ("ann", "ben", "cas"):
            found.officer(officer_id)
        yield found
