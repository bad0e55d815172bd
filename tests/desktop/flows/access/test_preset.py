"""What an administrator set for a laptop counts on the line and in the window, and a mistake in it is one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.compose import build_catalogue
from desktop.flows.access import proxy_choice
from desktop.flows.access.joining_a_council import join
from desktop.flows.access.preferences import keep, preferences
from desktop.flows.access.preset import NAMED, NO_ADDRESS, Preset, preset
from desktop.flows.access.unlocking import Gate
from desktop.flows.desk import Desk
from desktop.store.database.remembered import SERVICE
from desktop.ui.app import application
from desktop.ui.settings.joining import BOTH
from desktop.ui.window import MainWindow
from tests.central.running import Clock, Council, running
from tests.desktop.doors import quick_gate, set_up_quickly
from tests.desktop.ui.conftest import Driven, Planted
from tests.journeys.conftest import PASSPHRASE, Laptop


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(NAMED, str(tmp_path / "laptop.toml"))
    return tmp_path / "laptop.toml"


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    with running(tmp_path / "central") as found:
        found.officer("nadia")
        yield found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = set_up_quickly(quick_gate(tmp_path / "home", build_catalogue(), Clock()), "Nadia", PASSPHRASE)
    yield found
    found.vault.close()


def test_a_machine_on_which_nothing_is_set_leaves_it_all_to_its_officer(file: Path, desk: Desk) -> None:
    assert preset() == Preset()
    keep(desk, replace(preferences(desk), lock_minutes=60))
    assert preferences(desk).lock_minutes == 60
    assert not file.exists()


def test_the_code_alone_joins_where_the_address_is_set(file: Path, tmp_path: Path) -> None:
    """By the program as it is run; without one set it says what to type."""
    laptop = Laptop(tmp_path / "home")
    set_up_quickly(Gate(laptop.home, build_catalogue(), Clock.real()), "Nadia", PASSPHRASE).vault.close()
    none = laptop.run("enrol", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF")
    assert (none.code, none.err) == (1, f"{NO_ADDRESS}\n")

    with running(tmp_path / "central") as council:
        council.clock = Clock.real()
        council.stop()
        council.restart()
        council.officer("nadia")
        file.write_text(f'service = "{council.url}"\n')
        assert laptop.ok("enrol", council.code("nadia"))["officer"] == "nadia"


def test_the_way_and_the_longest_time_untouched_are_the_councils(file: Path, desk: Desk, council: Council) -> None:
    file.write_text('proxy = "none"\nlock_minutes = 3\n')
    keep(desk, replace(preferences(desk), lock_minutes=60))
    join(desk, council.url, council.code("nadia"))

    assert preferences(desk).lock_minutes == 3
    assert proxy_choice.way_now(desk) == proxy_choice.STRAIGHT
    assert desk.vault.settings.get(SERVICE).url == council.url


def test_the_environment_stands_over_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('service = "https://one.example:1"\nlock_minutes = 3\n')
    monkeypatch.setenv("HOMEWARD_SERVICE", "https://two.example:2")
    monkeypatch.setenv("HOMEWARD_LOCK_MINUTES", "7")

    assert preset() == Preset(service="https://two.example:2", lock_minutes=7)


@pytest.mark.parametrize(
    "text", ["service = ", "servce = 'x'", "lock_minutes = 0.5", "lock_minutes = 61", "fault = 'x'"]
)
def test_what_cannot_be_read_is_said_and_binds_nobody(file: Path, text: str, desk: Desk) -> None:
    file.write_text(text)

    assert preset().fault.startswith("What your administrator set for this laptop cannot be read (laptop.toml)")
    assert preferences(desk).lock_minutes == 5


def test_the_second_step_shows_the_address_and_joining_can_wait(file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    file.write_text('service = "https://homeward.example:8443"\n')
    application()
    window = MainWindow(quick_gate(tmp_path / "home", build_catalogue(), Clock()))
    qtbot.addWidget(window)
    window.show()
    driven = Driven(window, Planted(tmp_path / "home", "", "", ""), window.gate.now, window.gate, qtbot)  # type: ignore[arg-type]
    driven.type("setup/name", "Nadia")
    for box in ("setup/passphrase", "setup/again"):
        driven.type(box, PASSPHRASE)
    driven.click("setup/finish")
    driven.click("recovery/done")

    address, problem = driven.find("join/address"), driven.find("join/code")
    assert isinstance(address, QLineEdit)
    assert address.text() == "https://homeward.example:8443"
    driven.click("join/join")
    assert problem.accessibleDescription() == BOTH
    driven.click("join/later")
    assert driven.window.where.place == "today"
    window.close()
