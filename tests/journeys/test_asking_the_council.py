"""Journey 8: a forgotten passphrase and no recovery code. A real laptop and a real `homeward-central`."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QTextEdit
from pytestqt.qtbot import QtBot

from desktop.compose import build_gate
from desktop.demo.caseload import Council
from desktop.ui.app import application
from desktop.ui.unlock.asking import AskCouncilPage
from desktop.ui.window import MainWindow
from tests.desktop.clock import Clock
from tests.desktop.ui.conftest import Driven, Planted
from tests.forked_verbs import program
from tests.journeys.conftest import Done, Laptop

NEW = "copper anthem walrus ladder quilt"


@dataclass
class Administrator:
    """Types `homeward-central`: on the service, and on a machine of its own that has no service's folder."""

    council: Council

    def recover(self, request: Path, to: Path, *more: str, typed: str = "") -> Done:
        standing, note = to.with_name("standing.json"), to.with_name("note.txt")
        self.council.ask("recover", "standing", "--to", str(standing))
        own = ("--home", str(to.with_name("nowhere")), "recover", "answer", str(request))
        files = ("--key", str(self.council.recovery_file), "--standing", str(standing), "--note", str(note))
        command = (*own, *files, "--to", str(to), "--json", *self.council.keepers, *more)
        done = program("central").run(*command, typed=typed)
        return Done(done.returncode, done.stdout, done.stderr)

    def noted(self, note: Path) -> list[dict[str, object]]:
        """Once the note was carried back; twice is once."""
        for _ in range(2):
            self.council.ask("recover", "noted", str(note))
        done = program("central").run("--home", self.council.home, "keys", "notes", "--json")
        found: list[dict[str, object]] = json.loads(done.stdout)
        return found


@pytest.fixture
def administrator(council: Council) -> Administrator:
    return Administrator(council)


def test_the_command_line_asks_waits_and_opens(council: Council, administrator: Administrator, tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "home").joined(council, "nadia", "Nadia Brightwater")
    request, answer, new = tmp_path / "request.txt", tmp_path / "answer.txt", tmp_path / "new.txt"
    new.write_text(NEW)
    command = [program("desktop").file, "--home", str(laptop.home), "--json", "recover"]
    with subprocess.Popen(
        [*command, "--ask-council", str(request), "--new-passphrase-file", str(new)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as asking:  # fmt: skip
        assert asking.stderr is not None
        number = asking.stderr.readline().rsplit(": ", 1)[-1].strip()
        wrong = administrator.recover(request, answer, typed="dele\n")
        assert (wrong.code, answer.exists()) == (1, False)
        given = administrator.recover(request, answer, typed="nadia\n")
        out, _errors = asking.communicate(f"{answer}\n")

    assert "Nadia Brightwater (nadia)" in given.err
    assert number in given.err
    assert given.json["number"] == number
    assert given.json["by"] == "Ada Ruiz, Ben Sato"
    notes = administrator.noted(tmp_path / "note.txt")
    assert [(note["officer"], note["by"]) for note in notes] == [("nadia", "Ada Ruiz, Ben Sato")]
    assert asking.returncode == 0
    assert json.loads(out)["number"] == number
    assert laptop.run("records").code == 1
    assert laptop.run("records", passphrase=NEW).code == 0
    trail = laptop.run("audit", passphrase=NEW).json["entries"]
    assert [entry["event"] for entry in trail if entry["event"] == "recovered"] == ["recovered"]


def test_a_withdrawn_laptop_is_not_opened_again(council: Council, administrator: Administrator, tmp_path: Path) -> None:
    """Journey 7 beside journey 8: the thief asks too. And what is no request is said to be none."""
    laptop = Laptop(tmp_path / "home")
    laptop.ok("setup", "--name", "Nadia Brightwater")
    device = laptop.ok("enrol", council.url, str(council.ask("device", "code", "nadia")["code"]))["device"]
    request, answer = tmp_path / "request.txt", tmp_path / "answer.txt"
    done = program("desktop").run("--home", laptop.home, "recover", "--ask-council", request, typed="\n")
    assert done.returncode == 1
    council.ask("revoke", device, "--wipe", *council.keepers)
    refused = administrator.recover(request, answer, "--yes")
    request.write_text("Please let me in")
    nonsense = administrator.recover(request, answer, "--yes")

    assert (refused.code, nonsense.code, answer.exists()) == (1, 1, False)
    assert f"{device} of Nadia Brightwater is not among the laptops in good standing" in refused.err
    assert nonsense.err.startswith("There is no Homeward recovery request in this text.")


def words_of(driven: Driven, name: str) -> str:
    found = driven.find(name)
    assert isinstance(found, (QLabel, QTextEdit))
    return found.toPlainText() if isinstance(found, QTextEdit) else found.text()


def test_the_window_asks_and_opens(
    qtbot: QtBot, council: Council, administrator: Administrator, tmp_path: Path
) -> None:
    laptop = Laptop(tmp_path / "home").joined(council, "nadia", "Nadia Brightwater")
    application()
    clock = Clock()
    gate = build_gate(laptop.home)
    window = MainWindow(gate)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    driven = Driven(window, Planted(laptop.home, "", "", ""), clock, gate, qtbot)
    request, answer = tmp_path / "request.txt", tmp_path / "answer.txt"
    driven.click("unlock/forgotten")
    driven.click("recover/ask")
    page = window.findChild(AskCouncilPage)
    assert page is not None
    page.save_to(request)
    driven.settle()
    assert words_of(driven, "asking/said") == "Saved as request.txt."
    assert words_of(driven, "asking/number") in request.read_text()
    driven.type("asking/new", NEW)
    driven.click("asking/go")
    assert words_of(driven, "asking/problem").startswith("There is no Homeward recovery answer in this text.")
    given = administrator.recover(request, answer, "--yes")
    page.read_from(answer)
    driven.settle()
    driven.click("asking/go")

    assert given.json["number"] in request.read_text()
    assert driven.shell.desk.officer.name == "Nadia Brightwater"
    window.close()
    assert laptop.run("records").code == 1
    assert laptop.run("records", passphrase=NEW).code == 0
