"""Opening a store for the officer at the gate: its key, its lease, and the forms of its council."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from casework.errors import KnownError
from desktop.flows.access import lease
from desktop.flows.access.beforehand import give_a_name
from desktop.flows.access.council_file import catalogue_of
from desktop.flows.access.ended_commissions import let_go
from desktop.flows.access.errors import LeaseEnded, LeaseOfUnknown
from desktop.flows.access.joining_a_council import join_again
from desktop.flows.desk import Desk
from desktop.flows.record.record_words import searchable
from desktop.forms.catalogue import Catalogue
from desktop.store.disk.keys import SAFE, Argon2Cost, Bounds
from desktop.store.unlock import keyfile
from desktop.store.vault import Terms, Vault
from desktop.sync import identity
from desktop.sync.events_and_effects import Ending
from desktop.sync.runner import Runner
from desktop.sync.state import ERASED

TOO_LONG_AWAY = (
    "This laptop has not been in touch with the council for a long time, so it stays locked. "
    "Connect it to a network and unlock it again. Nothing on it is lost."
)


UNKNOWN_TOO_LONG = (
    "The council’s service does not know this laptop, so it stays locked after so long a time. Ask your administrator "
    "for a new code, and enter it here with your passphrase. Nothing on this laptop is lost."
)


class Admission:
    """What the gate knows, once somebody is to be let in by it."""

    def __init__(self, catalogue: Catalogue, now: Callable[[], datetime], bounds: Bounds | None) -> None:
        self._catalogue, self._now, self._bounds = catalogue, now, bounds or SAFE

    @property
    def terms(self) -> Terms:
        """On which every vault here is opened."""
        return Terms(bounds=self._bounds, wording=searchable(self._catalogue))

    def unlock(self, folder: Path, passphrase: str, code: str, url: str) -> Desk:
        """With a `code` the laptop joins again before its lease is looked at, which may have ended meanwhile."""
        vault = Vault.open(folder, passphrase, terms=self.terms)
        if code:
            self._join_first(self.desk(vault), code, url)
        return self.admit(vault, "unlocked")

    def admit(self, vault: Vault, event: str, **facts: object) -> Desk:
        """However it was opened: noted in the trail, and no further once the lease has ended. Raises LeaseEnded."""
        give_a_name(vault, keyfile.read(vault.folder).label)
        desk = self.desk(vault)
        vault.audit.add(event, officer=desk.officer.id, **facts)
        if lease.has_ended(vault, self._now()):
            self._ask_for_longer(desk)
        let_go(desk)
        return desk

    def set_up(self, folder: Path, passphrase: str, name: str, cost: Argon2Cost | None) -> Desk:
        """A new, empty vault."""
        vault = Vault.create(folder, passphrase, label=name, cost=cost, terms=self.terms)
        give_a_name(vault, name)
        return self.desk(vault)

    def desk(self, vault: Vault) -> Desk:
        """Of a vault that was opened here: it works by what its officer's council published."""
        found = Desk(vault, catalogue_of(vault, self._catalogue), self._now)
        if found.catalogue is not self._catalogue:
            vault.word_by(searchable(found.catalogue))
        return found

    @staticmethod
    def _join_first(desk: Desk, code: str, url: str) -> None:
        try:
            join_again(desk, code, url)
        except KnownError as error:
            desk.vault.close()
            raise LeaseOfUnknown(str(error)) from error

    def _ask_for_longer(self, desk: Desk) -> None:
        """A council that is heard from and thinks well of this laptop makes the lease longer: then it opens, whatever
        the laptop's own clock says. One that was withdrawn learns it here."""
        before = lease.until(desk.vault)
        report = Runner(desk.vault, now=self._now).sync()
        if report.ending is Ending.ERASED:
            raise LeaseEnded(ERASED)
        if lease.until(desk.vault) == before:
            desk.vault.audit.add("lease_ended", officer=desk.officer.id)
            is_unknown = identity.is_unknown(desk.vault)
            desk.vault.close()
            if is_unknown:
                raise LeaseOfUnknown(UNKNOWN_TOO_LONG)
            raise LeaseEnded(TOO_LONG_AWAY if report.is_ordinary else report.problem or TOO_LONG_AWAY)
