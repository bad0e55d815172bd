"""Which laptops are behind: as they told it themselves, and whoever has not told counts as behind."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework import APP, VERSION
from central.__main__ import main
from central.database.errors import Refused
from central.people.laptop_versions import is_behind, version_in
from desktop.__main__ import main as laptop_main
from desktop.store.vault import Vault
from desktop.sync.enrolment import enrol
from desktop.sync.runner import Runner
from tests.central.running import Council, running
from tests.desktop.store.making import CHEAP, PASSPHRASE, terms

ROOT = Path(__file__).parents[3]


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    with running(tmp_path / "central") as found:
        found.officer("ann")
        yield found


def listed(council: Council, capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, object]]:
    assert main(["--home", str(council.home.folder), "device", "list", "--json", *more]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_a_laptop_tells_its_version_with_its_next_contact(
    council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vault = Vault.create(tmp_path / "vault-1", PASSPHRASE, label="Ann", cost=CHEAP, terms=terms(None))
    enrol(vault, council.url, council.code("ann"), now=council.clock)
    Runner(vault, now=council.clock).sync()
    vault.close()

    assert [row["version"] for row in listed(council, capsys)] == [VERSION]
    assert listed(council, capsys, "--behind") == []
    assert [row["version"] for row in listed(council, capsys, "--behind", "99.0")] == [VERSION]


def test_versions_are_compared_as_numbers() -> None:
    assert is_behind("homeward/0.9.2", "0.10")
    assert not is_behind("homeward/0.10.0", "0.10")
    assert not is_behind("homeward/1", "0.10")
    assert is_behind("", "0.1")
    assert is_behind("homeward/\x1b[31m9", "0.1")
    assert (version_in(APP), version_in("another/2.0")) == (VERSION, "")
    with pytest.raises(Refused, match="is no version"):
        is_behind(APP, "newest")


@pytest.mark.parametrize("program", [main, laptop_main])
def test_both_programs_say_their_version(program: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert callable(program)
    with pytest.raises(SystemExit) as ended:
        program(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == f"Homeward {VERSION}\n"


def test_what_is_installed_names_the_same_version() -> None:
    """The package takes it from the code: there is no second number to forget."""
    asked = "from importlib.metadata import version; print(version('homeward'))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, cwd=ROOT, check=True)

    assert done.stdout.strip() == VERSION
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
