"""`homeward-central certificate`: when each of the council's ends, and a new one for the service."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from central.commands import founding
from central.database.home import Home
from tests.central.commands.people.test_people_verbs import run
from tests.central.running import keeping


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Founded two years and some ago: the service’s own certificate has a fortnight left."""
    found = Home(tmp_path / "central")
    then = datetime.now(UTC) - timedelta(days=810)
    founding.found(found, name="Rotherham", database=None, hosts=["a.example"], now=then, keeping=keeping(found.folder))
    return found.folder


def test_it_is_shown_renewed_and_given_another_address(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = run(home, "certificate", "show", "--json", capsys=capsys)
    before = json.loads(out)
    renewed = json.loads(run(home, "certificate", "renew", "--json", capsys=capsys)[1])
    added = json.loads(run(home, "certificate", "add-host", "b.example", "10.0.0.7", "--json", capsys=capsys)[1])
    after = json.loads(run(home, "certificate", "show", "--json", capsys=capsys)[1])

    assert [(each["certificate"], each["days_left"]) for each in before] == [
        ("service", 14), ("stamping", 1014), ("issuing", 1014), ("root", 2839),
    ]  # fmt: skip
    assert err.count("\n") == 1
    assert err.startswith("The council’s service certificate ends on")
    assert "a.example" in renewed["hosts"]
    assert {"a.example", "b.example", "10.0.0.7"} <= set(added["hosts"])
    assert after[0]["days_left"] == 824
    served = x509.load_pem_x509_certificates((home / "keys" / "server.pem").read_bytes())
    served[0].verify_directly_issued_by(served[1])
    served[1].verify_directly_issued_by(served[2])


def test_what_is_no_address_changes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = (home / "keys" / "server.pem").read_bytes()
    status, _, err = run(home, "certificate", "add-host", "no such host", capsys=capsys)

    assert (status, err.count("\n")) == (1, 1)
    assert (home / "keys" / "server.pem").read_bytes() == kept
