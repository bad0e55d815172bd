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
from desktop.flows import records, unlocking
from desktop.flows.demonstration import PASSPHRASE, Council
from tests.desktop.doors import set_up_quickly
from tests.journeys.interviews import CHILD, episode
from tests.journeys.typist import words


@pytest.fixture
def home(council: Council, tmp_path: Path) -> Path:
    """A joined laptop whose passphrase is quick to check."""
    home = tmp_path / "home"
    desk = set_up_quickly(build_gate(home), "Nadia", PASSPHRASE)
    unlocking.join(desk, council.url, str(council.ask("device", "code", "nadia")["code"]))
    desk.vault.close()
    return home


def kill_while_typing(home: Path, times: int) -> None:
    gate = build_gate(home)
    desk = gate.unlock(home / "vault-1", PASSPHRASE)
    child = records.new_record(desk, "child", known=CHILD)
    about = records.new_record(desk, "missing_episode", child, episode())
    record = records.new_record(desk, "return_home_interview", child, {"episode_id": about})
    desk.vault.close()
    kept, chance = 0, random.Random(20260327)
    for round_number in range(times):
        promised = _typed_then_killed(home, record, kept, chance)
        desk = gate.unlock(home / "vault-1", PASSPHRASE)
        found = str(records.current_view(desk, record).answer("f/during") or "")
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


@pytest.mark.soak
def test_killed_a_hundred_times_while_typing(home: Path) -> None:
    kill_while_typing(home, 100)
