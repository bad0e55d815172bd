"""`homeward update`, as it is typed: told, saved where it was said, and nothing else happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework import VERSION
from central.__main__ import main
from desktop.compose import build_catalogue
from desktop.flows.access.unlocking import Gate
from desktop.flows.council.updating import ASK, NEEDED, NOTHING
from tests.central.running import Clock, Council, keepers_words, running
from tests.desktop.doors import set_up_quickly
from tests.journeys.conftest import PASSPHRASE, Laptop


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    """By the machine's own clock, as the program is."""
    with running(tmp_path / "central") as found:
        found.clock = Clock.real()
        found.stop()
        found.restart()
        found.officer("nadia")
        yield found


def test_a_laptop_is_told_and_saves_what_its_council_signed(council: Council, tmp_path: Path) -> None:
    laptop, kept = Laptop(tmp_path / "home"), tmp_path / "kept"
    kept.mkdir()
    set_up_quickly(Gate(laptop.home, build_catalogue(), Clock.real()), "Nadia", PASSPHRASE).vault.close()
    laptop.ok("enrol", council.url, council.code("nadia"))
    assert laptop.run("update", as_json=False).out == f"{NOTHING.format(own=VERSION)}\n"
    assert laptop.run("update", "--to", kept).err.startswith("Nothing newer than version")

    home, package = str(council.home.folder), tmp_path / "homeward_99.1_amd64.deb"
    package.write_bytes(b"a newer Homeward")
    assert main(["--home", home, "floor", "99.0"]) == 0
    refused = laptop.run("sync", as_json=False)
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert NEEDED in laptop.run("update", as_json=False).out
    assert ASK in laptop.run("update", as_json=False).out

    keepers = keepers_words(council.home.folder)
    assert main(["--home", home, "update", "offer", str(package), *keepers]) == 0
    laptop.run("sync")
    assert laptop.ok("update") == {"version": VERSION, "floor": "99.0", "offered": "99.1"}
    told = laptop.ok("update", "--to", kept)

    assert told["saved"] == str(kept / package.name)
    assert [file.read_bytes() for file in kept.iterdir()] == [b"a newer Homeward"]
