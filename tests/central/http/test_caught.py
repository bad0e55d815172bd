"""A database that goes away in the middle: the laptop is told to come back, and does, when it is there again."""

from __future__ import annotations

import secrets
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, text

from desktop.sync.transport import pinned
from tests.central.postgres import END_ALL, Cluster
from tests.central.running import running


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_a_database_that_is_gone_is_told_as_such_and_comes_back(tmp_path: Path, postgres: Cluster) -> None:
    name = f"council_{secrets.token_hex(6)}"
    with (
        running(tmp_path / "central", postgres.new_database(name)) as council,
        httpx.Client(
            base_url=council.url, verify=pinned(council.service.authority.pem), trust_env=False, timeout=120
        ) as client,
    ):
        well = client.get("/health")
        _rename(postgres, name, f"{name}_away")
        gone, lists = client.get("/health"), client.get("/v1/crl.pem")
        _rename(postgres, f"{name}_away", name)
        again = client.get("/health")

    assert well.json() == {"status": "well", "parts": {"database": "well", "files": "well"}}
    assert [(one.status_code, one.json()["code"]) for one in (gone, lists)] == [(503, "database")] * 2
    assert gone.headers["content-type"] == "application/problem+json"
    assert gone.headers["retry-after"] == "30"
    assert again.status_code == 200


def _rename(postgres: Cluster, old: str, new: str) -> None:
    """As when somebody moves it: whoever is connected is thrown out first."""
    engine = create_engine(postgres.address("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(END_ALL), {"name": old})
        connection.execute(text(f'ALTER DATABASE "{old}" RENAME TO "{new}"'))
    engine.dispose()
