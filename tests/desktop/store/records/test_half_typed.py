"""What is no answer yet is on the disk like any answer, and goes when one stands there."""

from __future__ import annotations

from pathlib import Path

from casework.typed_words import Half
from tests.desktop.store.making import PASSPHRASE, begin, made, opened

HALF = Half({"day": "31", "month": "", "year": "20", "about": True}, "Enter the day, the month and the year")


def test_it_is_there_after_a_restart_and_is_no_answer(tmp_path: Path) -> None:
    vault = made(tmp_path / "vault-1")
    begin(vault, "r1")
    vault.half_typed.save("r1", "f/when", HALF)
    vault.close()
    again = opened(tmp_path / "vault-1", PASSPHRASE)

    assert again.half_typed.of("r1") == {"f/when": HALF}
    assert again.view("r1", drafts=True).answers() == {}
    again.close()


def test_an_answer_takes_its_place_in_the_same_step(tmp_path: Path) -> None:
    vault = made(tmp_path / "vault-1")
    begin(vault, "r1")
    vault.half_typed.save("r1", "f/when", HALF)
    vault.half_typed.save("r1", "f/where", Half("x", "too many"))
    vault.drafts.save("r1", "f/when", "2026-03-31")

    assert list(vault.half_typed.of("r1")) == ["f/where"]
    vault.close()
