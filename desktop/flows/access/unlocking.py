"""The gate: whose work is on this laptop, and the way to it.

It stands at the door, so what opens a store is loaded by the deed that opens one, or while a passphrase is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from casework.errors import KnownError
from desktop.flows.access.errors import LeaseEnded, LeaseOfUnknown
from desktop.store.disk.errors import VaultLocked
from desktop.store.unlock.vault_cards import VaultCard, vaults

if TYPE_CHECKING:  # names of what stands behind the door
    from datetime import datetime

    from desktop.flows.access.admission import Admission
    from desktop.flows.desk import Desk
    from desktop.forms.catalogue import Catalogue
    from desktop.store.disk.keys import Argon2Cost, Bounds
    from desktop.store.vault import Terms, Vault

__all__ = ["Gate", "LeaseEnded", "LeaseOfUnknown", "VaultLocked", "lock"]
OPENS_STORES = ("sqlite_utils", "uharfbuzz")
# No door needs them, and every page behind it does: pictures, the network, PDFs.
NOT_AT_THE_DOOR = ("PIL.Image", "pi_heif", "httpx", "reportlab.platypus", "pyhanko.sign")


class Gate:
    """What stands before the desk: it knows where vaults lie and holds no key."""

    def __init__(
        self,
        home: Path,
        catalogue: Catalogue | Callable[[], Catalogue],
        now: Callable[[], datetime],
        *,
        bounds: Bounds | None = None,
    ) -> None:
        """A catalogue that is yet to be read is read when first needed, once. `bounds`: what a guess at a passphrase
        may cost, where that is not the usual."""
        self.home = home
        self.now = now
        self.bounds = bounds
        self._catalogue = catalogue
        self._reading = Lock()

    @property
    def catalogue(self) -> Catalogue:
        with self._reading:
            if callable(self._catalogue):
                self._catalogue = self._catalogue()
            return self._catalogue

    @property
    def terms(self) -> Terms:
        """On which every vault here is opened."""
        return self._admission().terms

    def cards(self) -> list[VaultCard]:
        """One for each officer whose work is on this laptop."""
        return vaults(self.home)

    def make_ready(self) -> None:
        """Loads, while somebody types a passphrase, what opens a store."""
        from casework.practice.calendar import bank_holidays  # noqa: PLC0415

        self._admission()
        for library in OPENS_STORES:
            import_module(library)
        bank_holidays(self.now().year)

    def make_all_ready(self) -> None:
        """And then what a cold disk takes seconds to give, so that no page waits for it."""
        for library in NOT_AT_THE_DOOR:
            import_module(library)

    def unlock(self, folder: Path, passphrase: str, *, code: str = "", url: str = "") -> Desk:
        """Raises WrongPassphrase, LeaseEnded and the other VaultErrors, each a sentence for the person at the door.

        With a `code` the laptop joins again before its lease is looked at, which may have ended meanwhile.
        """
        return self._admission().unlock(folder, passphrase, code, url)

    def admit(self, vault: Vault, event: str, **facts: object) -> Desk:
        """However it was opened: noted in the trail, and no further once the lease has ended. Raises LeaseEnded."""
        return self._admission().admit(vault, event, **facts)

    def finish_erasing(self) -> int:
        """Tells the council of stores erased at its order while it could not be told; how many."""
        from desktop.sync.identity import confirm_erased  # noqa: PLC0415

        return confirm_erased(self.home, self.now)

    def set_up(self, name: str, passphrase: str, *, cost: Argon2Cost | None = None) -> Desk:
        """A new, empty vault for one officer on this laptop. A guess costs the most that this laptop computes within a
        second, unless `cost` says what."""
        if not name.strip():
            message = "Enter your name, so that others on this laptop can tell your work from theirs."
            raise KnownError(message)
        self.home.mkdir(parents=True, exist_ok=True)
        return self._admission().set_up(self.free_folder(), passphrase, name.strip(), cost)

    def only(self) -> VaultCard:
        """The one vault here, of those that hold work. Raises KnownError when there is none, or a choice to make."""
        cards = [card for card in self.cards() if not card.is_practice]
        if not cards:
            message = "There is no store here yet. Make one with: homeward setup"
            raise KnownError(message)
        if len(cards) > 1:
            names = ", ".join(card.label for card in cards)
            message = f"Several people use this laptop ({names}). Say whose store to open with --officer."
            raise KnownError(message)
        return cards[0]

    def named(self, label: str) -> VaultCard:
        for card in self.cards():
            if card.label.casefold() == label.casefold():
                return card
        message = f"Nobody called {label} has a store on this laptop."
        raise KnownError(message)

    def desk(self, vault: Vault) -> Desk:
        """Of a vault that was opened here: it works by what its officer's council published."""
        return self._admission().desk(vault)

    def free_folder(self) -> Path:
        number = 1
        while (self.home / f"vault-{number}").exists():
            number += 1
        return self.home / f"vault-{number}"

    def _admission(self) -> Admission:
        from desktop.flows.access.admission import Admission  # noqa: PLC0415 - the door is seen before it is loaded

        return Admission(self.catalogue, self.now, self.bounds)


def lock(desk: Desk) -> None:
    """Seals what was said, closes the store and drops its keys."""
    from desktop.flows.record.editing import seal_all  # noqa: PLC0415

    if desk.officer.id:
        seal_all(desk)
    desk.vault.close()
