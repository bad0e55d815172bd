"""The gate: whose work is on this laptop, opening it, and joining a council."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from threading import Lock

from casework.errors import KnownError
from casework.practice.calendar import bank_holidays
from desktop.flows.access import lease, proxy_choice
from desktop.flows.access.council_file import catalogue_of, take_up, versions
from desktop.flows.access.ended_commissions import let_go
from desktop.flows.access.lease import LeaseEnded, LeaseOfUnknown
from desktop.flows.access.preset import preset
from desktop.flows.desk import Desk
from desktop.flows.record.editing import seal_all
from desktop.flows.record.record_words import searchable
from desktop.forms.catalogue import Catalogue
from desktop.store.disk.errors import VaultLocked
from desktop.store.disk.keys import SAFE, Argon2Cost, Bounds
from desktop.store.vault import Terms, Vault, VaultCard, vaults
from desktop.sync import identity
from desktop.sync.enrolment import address_of, enrol
from desktop.sync.events_and_effects import Ending
from desktop.sync.identity import confirm_erased
from desktop.sync.runner import Runner
from desktop.sync.state import ERASED

__all__ = ["Gate", "LeaseEnded", "LeaseOfUnknown", "VaultLocked", "is_unknown", "join", "join_again", "lock"]
# No door needs them, and every page behind it does: pictures, the network, PDFs.
NOT_AT_THE_DOOR = ("sqlite_utils", "PIL.Image", "pi_heif", "httpx", "reportlab.platypus", "pyhanko.sign", "uharfbuzz")
TOO_LONG_AWAY = (
    "This laptop has not been in touch with the council for a long time, so it stays locked. "
    "Connect it to a network and unlock it again. Nothing on it is lost."
)


UNKNOWN_TOO_LONG = (
    "The council’s service does not know this laptop, so it stays locked after so long a time. Ask your administrator "
    "for a new code, and enter it here with your passphrase. Nothing on this laptop is lost."
)


class Gate:
    """What stands before the desk: it knows where vaults lie and holds no key."""

    def __init__(
        self,
        home: Path,
        catalogue: Catalogue | Callable[[], Catalogue],
        now: Callable[[], datetime],
        *,
        bounds: Bounds = SAFE,
    ) -> None:
        """A catalogue that is yet to be read is read when first needed, once. `bounds`: what a guess at a passphrase
        may cost."""
        self.home = home
        self.now = now
        self.bounds = bounds
        self._catalogue = catalogue
        self._reading = Lock()

    @property
    def catalogue(self) -> Catalogue:
        with self._reading:
            if not isinstance(self._catalogue, Catalogue):
                self._catalogue = self._catalogue()
            return self._catalogue

    @property
    def terms(self) -> Terms:
        """On which every vault here is opened."""
        return Terms(bounds=self.bounds, wording=searchable(self.catalogue))

    def cards(self) -> list[VaultCard]:
        """One for each officer whose work is on this laptop."""
        return vaults(self.home)

    def make_ready(self) -> None:
        """Loads, while somebody types a passphrase, what a cold disk takes seconds to give."""
        _ = self.catalogue
        for library in NOT_AT_THE_DOOR:
            import_module(library)
        bank_holidays(self.now().year)

    def unlock(self, folder: Path, passphrase: str, *, code: str = "", url: str = "") -> Desk:
        """Raises WrongPassphrase, LeaseEnded and the other VaultErrors, each a sentence for the person at the door.

        With a `code` the laptop joins again before its lease is looked at, which may have ended meanwhile.
        """
        vault = Vault.open(folder, passphrase, terms=self.terms)
        if code:
            self._join_first(self.desk(vault), code, url)
        return self.admit(vault, "unlocked")

    def admit(self, vault: Vault, event: str, **facts: object) -> Desk:
        """However it was opened: noted in the trail, and no further once the lease has ended. Raises LeaseEnded."""
        desk = self.desk(vault)
        vault.audit.add(event, officer=desk.officer.id, **facts)
        if lease.has_ended(vault, self.now()):
            self._ask_for_longer(desk)
        let_go(desk)
        return desk

    @staticmethod
    def _join_first(desk: Desk, code: str, url: str) -> None:
        try:
            join_again(desk, code, url)
        except KnownError as error:
            desk.vault.close()
            raise LeaseOfUnknown(str(error)) from error

    def finish_erasing(self) -> int:
        """Tells the council of stores erased at its order while it could not be told; how many."""
        return confirm_erased(self.home, self.now)

    def set_up(self, name: str, passphrase: str, *, cost: Argon2Cost | None = None) -> Desk:
        """A new, empty vault for one officer on this laptop. A guess costs the most that this laptop computes within a
        second, unless `cost` says what."""
        if not name.strip():
            message = "Enter your name, so that others on this laptop can tell your work from theirs."
            raise KnownError(message)
        self.home.mkdir(parents=True, exist_ok=True)
        folder = self.free_folder()
        return self.desk(Vault.create(folder, passphrase, label=name.strip(), cost=cost, terms=self.terms))

    def only(self) -> VaultCard:
        """The one vault here. Raises KnownError when there is none, or a choice to make."""
        cards = self.cards()
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

    def _ask_for_longer(self, desk: Desk) -> None:
        """A council that is heard from and thinks well of this laptop makes the lease longer: then it opens, whatever
        the laptop's own clock says. One that was withdrawn learns it here."""
        before = lease.until(desk.vault)
        report = Runner(desk.vault, now=self.now).sync()
        if report.ending is Ending.ERASED:
            raise LeaseEnded(ERASED)
        if lease.until(desk.vault) == before:
            desk.vault.audit.add("lease_ended", officer=desk.officer.id)
            is_unknown = identity.is_unknown(desk.vault)
            desk.vault.close()
            if is_unknown:
                raise LeaseOfUnknown(UNKNOWN_TOO_LONG)
            raise LeaseEnded(TOO_LONG_AWAY if report.is_ordinary else report.problem or TOO_LONG_AWAY)

    def desk(self, vault: Vault) -> Desk:
        """Of a vault that was opened here: it works by what its officer's council published."""
        found = Desk(vault, catalogue_of(vault, self.catalogue), self.now)
        if found.catalogue is not self.catalogue:
            vault.word_by(searchable(found.catalogue))
        return found

    def free_folder(self) -> Path:
        number = 1
        while (self.home / f"vault-{number}").exists():
            number += 1
        return self.home / f"vault-{number}"


def lock(desk: Desk) -> None:
    """Seals what was said, closes the store and drops its keys."""
    if desk.officer.id:
        seal_all(desk)
    desk.vault.close()


def join(desk: Desk, url: str, code: str) -> str:
    """Joins a council with a one-time code; returns the council's name. Raises KnownError where one was joined."""
    if desk.device.id:
        message = (
            f"This laptop has joined {desk.officer.council} already. With a new code it can join again: "
            "under Settings, or with: homeward enrol ADDRESS CODE --again"
        )
        raise KnownError(message)
    proxy_choice.choose(desk, preset().proxy)
    return _join(desk, url, code)


def join_again(desk: Desk, code: str, url: str = "") -> str:
    """After the council's service forgot this laptop: a new name, and every word stays. Returns the council's name.

    `url`: where the service answers now, if not where it did. Raises NotJoined, and what joining raises.
    """
    return _join(desk, url or address_of(desk.vault), code)


def is_unknown(desk: Desk) -> bool:
    """Whether the council's service did not know this laptop when it was last asked."""
    return identity.is_unknown(desk.vault)


def _join(desk: Desk, url: str, code: str) -> str:
    known = versions(desk)
    enrol(desk.vault, url, code, now=desk.now)
    desk.joined_anew()
    take_up(desk, known)
    desk.vault.know_council()
    return desk.officer.council
