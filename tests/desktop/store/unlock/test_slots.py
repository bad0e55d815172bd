"""A passphrase is its letters: not the mark that Notepad puts before them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.store.disk.errors import WrongPassphrase
from desktop.store.disk.keys import DataKey, stretch
from desktop.store.unlock import slots, written_slot
from desktop.store.unlock.slots import MARK, open_passphrase, passphrase_slot
from tests.desktop.store.making import CHEAP, PASSPHRASE, TRIAL, made, opened

KEY = DataKey(os.urandom(32))


@pytest.mark.parametrize("made_with", [PASSPHRASE, MARK + PASSPHRASE])
@pytest.mark.parametrize("typed", [PASSPHRASE, MARK + PASSPHRASE])
def test_a_mark_is_no_part_of_it_when_made_nor_when_typed(tmp_path: Path, made_with: str, typed: str) -> None:
    """A store made from a file with the mark could never be opened by typing (pp-bom.txt)."""
    made(tmp_path / "vault-1", made_with).close()

    opened(tmp_path / "vault-1", typed).close()


@pytest.mark.parametrize("typed", [PASSPHRASE, MARK + PASSPHRASE])
def test_a_slot_made_when_the_mark_counted_still_opens(typed: str) -> None:
    slot = passphrase_slot("vault", KEY, PASSPHRASE, CHEAP, "2026-03-27")
    salt = written_slot.decode(slot.rule["salt"])
    older = slots.wrap(slot, "vault", KEY, stretch(MARK + PASSPHRASE, salt, CHEAP))

    assert open_passphrase(older, "vault", typed, TRIAL).secret() == KEY.secret()
    with pytest.raises(WrongPassphrase):
        open_passphrase(older, "vault", PASSPHRASE + "x", TRIAL)
