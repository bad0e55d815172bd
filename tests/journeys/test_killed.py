"""Journey 1: the lid closes mid-sentence and the battery dies; the sentence is there on restart."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.compose import build_gate
from desktop.demo.caseload import PASSPHRASE, Council
from desktop.flows.access import joining_a_council
from desktop.flows.desk import Desk
from desktop.flows.record import editing, notes
from tests.desktop.doors import set_up_quickly
from tests.journeys.interviews import CHILD, episode
from tests.journeys.typist import words

MET = {"offer_decision": "yes", "offers": [{"id": "o", "reply": "accepted"}], "went_ahead": "yes"}


@pytest.fixture
def home(council: Council, tmp_path: Path) -> Path:
    """A joined laptop whose passphrase is quick to check."""
    home = tmp_path / "home"
    desk = set_up_quickly(build_gate(home), "Nadia", PASSPHRASE)
    joining_a_council.join(desk, council.url, str(council.ask("device", "code", "nadia")["code"]))
    desk.vault.close()
    return home


def kill_while_typing(home: Path, times: int) -> None:
    gate = build_gate(home)
    desk = gate.unlock(home / "vault-1", PASSPHRASE)
    child = editing.new_record(desk, "child", known=CHILD)
    about = editing.new_record(desk, "missing_episode", child, episode())
    record = editing.new_record(desk, "return_home_interview", child, {"episode_id": about})
    desk.vault.close()
    kept, chance = 0, random.Random(20260327)
    for round_number in range(times):
        promised = _typed_then_killed(home, record, kept, chance)
        desk = gate.unlock(home / "vault-1", PASSPHRASE)
        found = str(editing.current_view(desk, record).answer("f/during") or "")
        desk.vault.close()

        assert len(found) >= promised, f"round {round_number}: shown as saved {promised}, found {len(found)}"
        assert found == words()[: len(found)], f"round {round_number}: other letters than were typed"
        kept = len(found)
    assert kept > times


def _typed_then_killed(home: Path, record: str, start: int, chance: random.Random) -> int:
    """Letters the window had shown as saved when it was killed, at a random moment after the first such promise."""
    command = [sys.executable, "-m", "tests.journeys.typist", str(home), record, str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        assert lines[0].startswith("SHOWN"), "the window never said that anything was saved"
        time.sleep(chance.uniform(0, 1.2))
        os.kill(process.pid, signal.SIGKILL)
        lines += process.stdout.read().splitlines()
    return max(int(line.split()[1]) for line in lines if line.startswith("SHOWN "))


def test_killed_while_typing_nothing_shown_as_saved_is_lost(home: Path) -> None:
    kill_while_typing(home, 5)


def kill_half_way(home: Path, seed: int) -> None:
    """Killed once a random number of boxes stood as saved; what stood there is there, and is no answer."""
    gate, chance = build_gate(home), random.Random(seed)
    desk = gate.unlock(home / "vault-1", PASSPHRASE)
    child = editing.new_record(desk, "child", known=CHILD)
    about = editing.new_record(desk, "missing_episode", child, episode())
    record = editing.new_record(desk, "return_home_interview", child, {"episode_id": about, **MET})
    desk.vault.close()
    shown = dict(line.split(" ", 2)[1:] for line in _half_typed_then_killed(home, record, seed, chance.randint(1, 6)))
    desk = gate.unlock(home / "vault-1", PASSPHRASE)
    found = _standing(desk, record)
    desk.vault.close()

    assert {box: found.get(box) for box in shown} == shown


def _half_typed_then_killed(home: Path, record: str, seed: int, boxes: int) -> list[str]:
    command = [sys.executable, "-m", "tests.journeys.half_typist", str(home), record, str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().rstrip("\n") for _ in range(boxes)]
        os.kill(process.pid, signal.SIGKILL)
        lines += process.stdout.read().splitlines()
    assert all(line.startswith("SHOWN") for line in lines), lines
    return lines


def _standing(desk: Desk, record: str) -> dict[str, object]:
    """What a window opened on this store shows, by box."""
    opened, book = editing.open_record(desk, record), notes.notebook(desk, record)
    half = opened.half["f/started_at"].raw if "f/started_at" in opened.half else {}
    assert isinstance(half, dict)
    assert "started_at" not in opened.answers
    search = editing.half_kept(desk, "find", "text")
    return {
        **{f"f/started_at/{part}": text for part, text in half.items()},
        "notes/box": next((line.text for line in book.lines if line.row_id == book.open_line), ""),
        "f/during": opened.answers.get("during"),
        "find/text": search.raw if search is not None else "",
    }


@pytest.mark.parametrize("seed", range(2))
def test_killed_half_way_through_anything_that_was_shown_as_saved_is_there(home: Path, seed: int) -> None:
    kill_half_way(home, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 140))
def test_killed_half_way_forty_times(home: Path, seed: int) -> None:
    kill_half_way(home, seed)


@pytest.mark.soak
def test_killed_a_hundred_times_while_typing(home: Path) -> None:
    kill_while_typing(home, 100)
