"""What an operator is told: which part is not well, and how many laptops are silent; only where they may ask."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from central.commands.serving import serve
from central.database.errors import CentralError
from central.http.callers import Traffic
from desktop.sync.transport import pinned
from tests.central.pushing import Pusher
from tests.central.running import Council, running


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    with running(tmp_path / "central") as found:
        found.officer("ann")
        yield found


@pytest.fixture
def client(council: Council) -> Iterator[httpx.Client]:
    with httpx.Client(
        base_url=council.url, verify=pinned(council.service.authority.pem), trust_env=False, timeout=120
    ) as found:
        yield found


def test_the_operator_counts_silent_laptops_and_what_waits(council: Council, client: httpx.Client) -> None:
    silent, heard = Pusher.of(council, "ann"), Pusher.of(council, "ann")
    council.officer("ben")
    other = Pusher.of(council, "ben")
    heard.push(heard.create("child-1", given_name="Wren"))
    quarantined = other.push(other.change("child-1", "child", "core", "given_name", "Ren"))
    council.clock.move(days=15)
    with council.service.database.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE device SET last_seen_at = ? WHERE id != ?", (council.clock().isoformat(), silent.device_id)
        )
        connection.exec_driver_sql("UPDATE device SET unsent = 4 WHERE id = ?", (silent.device_id,))
    counted = dict(line.rsplit(" ", 1) for line in client.get("/metrics").text.splitlines() if line[0] != "#")

    assert [result.status for result in quarantined] == ["quarantined"]
    assert counted["homeward_laptops"] == "3"
    assert counted["homeward_laptops_unseen"] == "1"
    assert counted["homeward_quarantine_waiting"] == "1"
    assert counted["homeward_quarantine_oldest_seconds"] == counted["homeward_oldest_unsent_seconds"] == "1296000"


def test_a_folder_that_takes_no_photograph_is_named(council: Council, client: httpx.Client) -> None:
    """Not by its rights, which say nothing to root: something else stands where the folder should."""
    council.home.blobs.write_bytes(b"")
    answer = client.get("/health")

    assert (answer.status_code, answer.json()["code"]) == (503, "files")


def test_counts_are_for_this_machine_and_the_networks_named() -> None:
    traffic = Traffic(counted_from=(ipaddress.ip_network("10.20.0.0/16"),))

    asked = ("127.0.0.1", "::1", "10.20.3.4", "10.21.0.1", "fe80::1%eth0", "no address")
    assert [traffic.may_count(host) for host in asked] == [True, True, True, False, False, False]


def test_what_is_no_network_is_said(council: Council) -> None:
    with pytest.raises(CentralError, match="A network is given as"):
        serve(council.service, host="127.0.0.1", port=0, counted_from=["the office"])
