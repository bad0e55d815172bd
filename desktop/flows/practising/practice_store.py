"""A store of its own for each person who practises, beside the one with their work: a dozen invented children."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from casework.errors import KnownError
from desktop.flows.access.beforehand import give_a_name
from desktop.flows.access.unlocking import Gate
from desktop.flows.desk import PRACTICE, Desk
from desktop.flows.practising.invented_caseload import fill, steps_in
from desktop.store.disk.files import MAKING
from desktop.store.disk.keys import Argon2Cost
from desktop.store.unlock.vault_cards import PRACTICE as BEGINS
from desktop.store.unlock.vault_cards import VaultCard
from desktop.store.vault import Vault

CHILDREN = frozenset(
    ("wren", "milo", "otis", "isla", "juno", "robin", "kit", "grace", "poppy", "ash", "rowan", "saoirse")
)
STOPPED = "Stopped. Nothing was made, and your own work is as it was."
Progress = Callable[[int, int], None]


class OwnStore(NamedTuple):
    """The one with somebody's work: where it lies, and whose it is."""

    folder: Path
    label: str


class PracticeStopped(KnownError):
    """By the person who waited for it."""


def card_of(home: Path, own: OwnStore) -> VaultCard:
    """Where somebody practises, whether or not they ever have: by the store with their work."""
    return VaultCard(home / f"{BEGINS}{own.folder.name}", f"{PRACTICE}, {own.label}", "")


def practise(
    gate: Gate,
    own: OwnStore,
    passphrase: str,
    *,
    afresh: bool = False,
    progress: Progress = lambda _done, _of: None,
    stopped: Callable[[], bool] = lambda: False,
    cost: Argon2Cost | None = None,
) -> Desk:
    """Opens it; makes it first, if it is not there or `afresh`. Raises PracticeStopped, and what unlocking does."""
    card = card_of(gate.home, own)
    if afresh or not card.folder.exists():
        making = _new(gate, card, own.label, passphrase, cost)
        _filled(gate, making, _steps(progress, stopped))
        _put_in_place(making.folder, card.folder)
    return gate.unlock(card.folder, passphrase)


def check_passphrase(desk: Desk, passphrase: str) -> None:
    """Before anything is closed for it: practice opens with the same. Raises WrongPassphrase, TooManyTries."""
    desk.vault.check_passphrase(passphrase)


def own_store(gate: Gate, desk: Desk) -> OwnStore:
    """The store with the work of whoever is at this desk, also when it is their practice that is open."""
    name = desk.vault.folder.name.removeprefix(BEGINS)
    return OwnStore(gate.home / name, desk.officer.name)


def _new(gate: Gate, card: VaultCard, whose: str, passphrase: str, cost: Argon2Cost | None) -> Vault:
    """Out of sight until it is whole: one that was stopped or cut off is no store."""
    making = gate.home / f"{MAKING}{card.folder.name}"
    shutil.rmtree(making, ignore_errors=True)
    vault = Vault.create(making, passphrase, label=card.label, cost=cost, terms=gate.terms)
    give_a_name(vault, whose, is_practice=True)
    return vault


def _filled(gate: Gate, vault: Vault, step: Callable[[], None]) -> None:
    try:
        fill(gate.desk(vault), lambda _words: None, only=CHILDREN, step=step)
    except PracticeStopped:
        vault.close()
        shutil.rmtree(vault.folder, ignore_errors=True)
        raise
    finally:
        vault.close()


def _put_in_place(making: Path, folder: Path) -> None:
    """The one before, if there is one, goes once the new one is whole."""
    if folder.exists():
        before = folder.with_name(f"{MAKING}{folder.name}-before")
        shutil.rmtree(before, ignore_errors=True)
        folder.rename(before)
        shutil.rmtree(before, ignore_errors=True)
    making.rename(folder)


def _steps(progress: Progress, stopped: Callable[[], bool]) -> Callable[[], None]:
    of, done = steps_in(CHILDREN), 0

    def step() -> None:
        nonlocal done
        if stopped():
            raise PracticeStopped(STOPPED)
        done += 1
        progress(done, of)

    return step
