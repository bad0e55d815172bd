"""Two restores at once: each puts its store beside what is here, and neither takes the other's away."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop.demo.caseload import PASSPHRASE
from desktop.flows.access import backups
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.store.disk.errors import VaultExists
from desktop.store.disk.files import built_beside
from desktop.store.vault import Vault
from tests.desktop.clock import Clock
from tests.desktop.doors import QUICK, quick_gate
from tests.desktop.flows.conftest import CATALOGUE


def given_name(folder: Path, child: str) -> object:
    vault = Vault.open(folder, PASSPHRASE, terms=QUICK)
    try:
        return vault.view(child).answer("f/given_name")
    finally:
        vault.close()


def test_two_restores_at_once_leave_two_whole_stores(desk: Desk, tmp_path: Path) -> None:
    child = editing.new_record(desk, "child", known={"given_name": "Otto"})
    (tmp_path / "stick").mkdir()
    backup = backups.back_up(desk, tmp_path / "stick")
    gate = quick_gate(tmp_path / "home", CATALOGUE, Clock())
    gate.home.mkdir()
    with ThreadPoolExecutor(2) as both:
        folders = list(both.map(lambda _n: backups.restore(gate, backup, PASSPHRASE), range(2)))

    assert sorted(folder.name for folder in folders) == ["vault-1", "vault-2"]
    assert [given_name(folder, child) for folder in folders] == ["Otto", "Otto"]
    assert sorted(path.name for path in gate.home.iterdir()) == ["vault-1", "vault-2"]


def test_whoever_comes_second_leaves_what_was_built_first(tmp_path: Path) -> None:
    folder = tmp_path / "vault-1"

    def second() -> None:
        with built_beside(folder) as late:
            (late / "mine").write_text("late", encoding="utf-8")
            with built_beside(folder) as first:
                (first / "mine").write_text("first", encoding="utf-8")

    with pytest.raises(VaultExists, match="already"):
        second()

    assert (folder / "mine").read_text(encoding="utf-8") == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["vault-1"]


def test_what_a_kill_left_half_built_goes_after_a_day(tmp_path: Path) -> None:
    old, young = tmp_path / ".making-vault-1-a", tmp_path / ".making-vault-1-b"
    for left in (old, young):
        left.mkdir()
    os.utime(old, (0, 0))
    with built_beside(tmp_path / "vault-1") as making:
        assert making.exists()

    assert sorted(path.name for path in tmp_path.iterdir()) == [young.name, "vault-1"]
