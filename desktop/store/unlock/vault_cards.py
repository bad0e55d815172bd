"""Whose stores lie here: what can be known before one is opened, and all that the door needs of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from casework.errors import VaultError
from desktop.store.disk.files import MAKING
from desktop.store.unlock.two_copies import COPY, NAME, bytes_of

PRACTICE = "practice-"  # how the name of the folder begins where somebody practises


class VaultCard(NamedTuple):
    """What can be known of a vault without opening it."""

    folder: Path
    label: str
    vault_id: str

    @property
    def is_practice(self) -> bool:
        """By where it lies: what the store itself says counts once it is open."""
        return self.folder.name.startswith(PRACTICE)


def vaults(home: Path) -> list[VaultCard]:
    """One for each officer whose work is on this laptop, then those for practice; a damaged one is listed by its
    folder's name."""
    if not home.is_dir():
        return []
    cards = [_card(folder) for folder in sorted(home.iterdir()) if _is_whole(folder)]
    return sorted(cards, key=lambda card: card.is_practice)


def _is_whole(folder: Path) -> bool:
    """A store, and not one that is still being built or was left half built by a kill."""
    return not folder.name.startswith(MAKING) and (folder / NAME).exists()


def _card(folder: Path) -> VaultCard:
    """Two copies that agree need no sum to show that they are whole; of two that differ the sums tell."""
    try:
        first, second = bytes_of(folder / NAME), bytes_of(folder / COPY)
        return _as_written(folder, first) if first == second else _as_proven(folder)
    except (VaultError, ValueError, RecursionError):
        return VaultCard(folder, folder.name, "")


def _as_written(folder: Path, data: bytes) -> VaultCard:
    found = json.loads(data)
    if not isinstance(found, dict):
        raise ValueError(folder.name)
    return VaultCard(folder, str(found.get("label", "")), str(found.get("vault", "")))


def _as_proven(folder: Path) -> VaultCard:
    from desktop.store.unlock import keyfile  # noqa: PLC0415 - the door is seen before what reads slots is loaded

    found = keyfile.read(folder)
    return VaultCard(folder, found.label, found.vault_id)
