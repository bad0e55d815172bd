"""The vault of one officer on one laptop: everything it holds, behind one passphrase."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from casework.canonical import JSON
from casework.errors import NotJoined
from casework.records import Operation, RecordView, Stamp
from casework.recovery import Box
from desktop.store import backup, delays, doors, keyfile, opening, rekeying
from desktop.store.attachments import Attachments
from desktop.store.audit import Audit
from desktop.store.doors import USUAL, Terms
from desktop.store.drafts import Draft, Drafts
from desktop.store.errors import VaultError
from desktop.store.feed import Feed, Page
from desktop.store.instance import InstanceLock
from desktop.store.keys import Argon2Cost, DataKey, calibrate
from desktop.store.mending import Mending
from desktop.store.outbox import Outbox
from desktop.store.passphrases import refuse_weak
from desktop.store.quarantine import Quarantine
from desktop.store.records import Made, Place, Records
from desktop.store.recovery import RecoveryCode
from desktop.store.relay import Relay
from desktop.store.search import Hit, Search
from desktop.store.settings import Settings, officer_of
from desktop.store.summaries import Summaries, Summary
from desktop.store.ways import CouncilRecovery, Holder, Ways, by_code, by_passphrase

__all__ = ["CouncilRecovery", "Draft", "Hit", "Page", "Summary", "Terms", "Vault", "VaultCard", "vaults"]


@dataclass(frozen=True, slots=True)
class VaultCard:
    """What can be known of a vault without opening it."""

    folder: Path
    label: str
    vault_id: str


def vaults(home: Path) -> list[VaultCard]:
    """One for each officer whose work is on this laptop; a damaged one is listed by its folder's name."""
    if not home.is_dir():
        return []
    return [_card(folder) for folder in sorted(home.iterdir()) if (folder / keyfile.NAME).exists()]


def _card(folder: Path) -> VaultCard:
    try:
        found = keyfile.read(folder)
    except VaultError:
        return VaultCard(folder, folder.name, "")
    return VaultCard(folder, found.label, found.vault_id)


class Vault:
    """Thread-safe. Every method that writes returns once the disk has it. Made by `create` or `open`."""

    def __init__(self, lock: InstanceLock, store: opening.Store, key: DataKey, terms: Terms) -> None:
        self._lock = lock
        self._store = store
        self._key = key
        self._terms = terms
        self.folder = store.folder
        self.notices = store.notices
        writer, readers = store.writer, store.readers
        self._records = Records(writer, readers, terms.wording)
        self._summaries = Summaries(readers)
        self._search = Search(readers)
        self.settings = Settings(writer, readers)
        self.drafts = Drafts(writer, readers)
        self.outbox = Outbox(writer, readers, self._records)
        self.quarantine = Quarantine(writer, readers, self._records)
        self.feed = Feed(writer, readers, self._records)
        self.relay = Relay(readers)
        self.mending = Mending(writer, readers, self._records)
        self.attachments = Attachments(store.folder, writer, readers)
        self.audit = Audit(writer, readers, key.subkey("audit"))
        self.ways = Ways(store.folder, key, audit=self.audit.add, now=terms.now)
        writer.actor = officer_of(self.settings.get("officer"))

    @classmethod
    def create(
        cls, folder: Path, passphrase: str, *, label: str, cost: Argon2Cost | None = None, terms: Terms = USUAL
    ) -> Vault:
        """A new, empty vault, built beside `folder` and moved there whole. Raises VaultExists, WeakPassphrase."""
        refuse_weak(passphrase)
        key = doors.build(folder, passphrase, label=label, cost=cost or calibrate(), terms=terms)
        return cls._newly(folder, key, terms)

    @classmethod
    def open(cls, folder: Path, passphrase: str, *, terms: Terms = USUAL) -> Vault:
        """Raises WrongPassphrase, TooManyTries and the other VaultErrors: each a sentence for whoever stands there."""
        return cls._unlocked(folder, lambda card: by_passphrase(card, passphrase, terms.bounds), terms)

    @classmethod
    def recover(cls, folder: Path, code: str, new_passphrase: str, *, terms: Terms = USUAL) -> Vault:
        """By the recovery code, setting a new passphrase. Raises WrongRecoveryCode, WeakPassphrase, TooManyTries."""
        read = RecoveryCode.read(code)
        return cls._recovered(folder, lambda card: by_code(card, read), new_passphrase, terms)

    @classmethod
    def recover_by_council(
        cls, request: CouncilRecovery, answer: Box, new_passphrase: str, *, terms: Terms = USUAL
    ) -> Vault:
        """By the council's answer to `request`, setting a new passphrase. Raises WrongRecoveryCode, WeakPassphrase."""
        vault = cls._recovered(request.folder, lambda _card: request.key(answer), new_passphrase, terms)
        vault.know_council(anew=True)  # the answer lies in somebody's post for ever
        return vault

    @classmethod
    def restore(cls, backup: Path, folder: Path, passphrase: str, *, terms: Terms = USUAL) -> Vault:
        """A backup, proved whole, as a vault in a new folder. Raises BackupFailed, WrongPassphrase, VaultExists."""
        key = doors.restore(backup, folder, passphrase, terms)
        vault = cls._newly(folder, key, terms)
        vault.audit.add("restored", backup=backup.name)
        return vault

    @classmethod
    def rekey(
        cls,
        folder: Path,
        passphrase: str,
        new_passphrase: str,
        *,
        terms: Terms = USUAL,
        progress: rekeying.Progress = lambda _done, _of: None,
    ) -> tuple[Vault, RecoveryCode]:
        """After a compromise, on a closed vault: a new data key for everything, and a new code. Nothing that opened
        it before does. Raises WrongPassphrase, WeakPassphrase, DiskFull; then it is as it was."""
        refuse_weak(new_passphrase)
        card = keyfile.read(folder)
        lock = InstanceLock(folder)
        try:
            old = doors.unlock(folder, card, lambda found: by_passphrase(found, passphrase, terms.bounds), terms.now)
            ways = rekeying.NewWays.choose(folder, new_passphrase)
            key = rekeying.rekey(folder, old, ways, terms.now, progress)
            old.forget()
            vault = cls._with_key(folder, lock, key, terms)
        except BaseException:
            lock.release()
            raise
        return vault.settled(), ways.code

    def close(self) -> None:
        """What was being saved is saved; then no connection and no key is left. Twice is harmless."""
        self._store.close()
        self._key.forget()
        self._lock.release()

    def check_passphrase(self, passphrase: str) -> None:
        """Before signing, exporting and the like. Raises WrongPassphrase, TooManyTries."""
        with doors.counted_tries(self.folder, self._terms.now):
            by_passphrase(keyfile.read(self.folder), passphrase, self._terms.bounds).forget()
        delays.right(self.folder)

    def backup(self, to: Path) -> Path:
        """A new folder in `to`, read back and opened before it counts. Raises BackupFailed, DiskFull, DiskGone."""
        made = backup.make(self.folder, to, self._key, self._terms.now())
        self.settings.put("last_backup", {"at": self._terms.now().isoformat(timespec="seconds"), "name": made.name})
        self.audit.add("backed_up", backup=made.name)
        return made

    def schedule_backups(self, to: Path | None, *, every_days: int = 7, keep: int = 4) -> None:
        """None ends them. `backup_if_due` does the work, whenever somebody calls it."""
        plan = None if to is None else {"to": str(to), "every_days": every_days, "keep": keep}
        self.settings.put("backup_plan", cast("JSON", plan))

    def backup_if_due(self) -> Path | None:
        """The new backup, or None when it is too early or none are planned; older ones beyond the plan are removed."""
        plan = backup.Plan.read(self.settings.get("backup_plan"), self.settings.get("last_backup"))
        if plan is None or not plan.is_due(self._terms.now()):
            return None
        made = self.backup(plan.to)
        backup.thin_out(plan, keyfile.read(self.folder).vault_id)
        return made

    def prove_backup(self, folder: Path) -> None:
        """The drill: every hash, every page, every photograph. Raises BackupFailed, VaultDamaged."""
        backup.prove(folder, self._key)

    def erase(self) -> None:
        """Closes the vault and destroys every way into it. Copies and backups elsewhere still open: see security.md."""
        self.close()
        doors.erase(self.folder)

    def author(self, compose: Callable[[Stamp], Operation], *, clears: Sequence[Place] = ()) -> Operation:
        """One transaction: a number and a time for the operation that `compose` makes of them, the operation, the view,
        the search, the outbox, the audit trail, and the drafts at `clears` gone. `compose` must touch no vault."""
        return self._records.author(compose, device_id=self._device(), clears=clears)

    def beginnings(self, operations: Iterable[Operation]) -> dict[str, Made]:
        """What can be made ready for `take` while another page is still being kept. On any thread."""
        return self._records.beginnings(operations)

    def take(
        self,
        operations: Iterable[Operation],
        *,
        page: Page | None = None,
        ready: Mapping[str, Made] | None = None,
    ) -> None:
        """From the central service: the operations, the cursor and the digests, or nothing. Raises StalePage."""
        self.feed.take(operations, page, ready)

    def operations(self, record_id: str) -> tuple[Operation, ...]:
        return self._records.operations(record_id)

    def view(self, record_id: str, *, drafts: bool = False) -> RecordView:
        """What was said, or with `drafts` what is on the screen. A record nobody knows is an empty view."""
        typed = self.drafts.changes(record_id) if drafts else ()
        return self._records.working_view(record_id, typed) if typed else self._records.view(record_id)

    def summaries(self, *, form_id: str | None = None, child_id: str | None = None) -> list[Summary]:
        return self._summaries.find(form_id=form_id, child_id=child_id)

    def summary(self, record_id: str) -> Summary | None:
        return self._summaries.one(record_id)

    def search(self, text: str, limit: int = 20) -> list[Hit]:
        return self._search.find(text, limit)

    def _device(self) -> str:
        device = self.settings.get("device")
        device_id = device.get("id") if isinstance(device, dict) else None
        if not isinstance(device_id, str) or not device_id:
            message = "This laptop has not joined a council yet, so nothing can be written in its name."
            raise NotJoined(message)
        return device_id

    @classmethod
    def _recovered(
        cls, folder: Path, find_key: Callable[[keyfile.KeyFile], DataKey], new_passphrase: str, terms: Terms
    ) -> Vault:
        refuse_weak(new_passphrase)
        vault = cls._unlocked(folder, find_key, terms)
        vault.ways.change_passphrase(new_passphrase)
        return vault

    @classmethod
    def _unlocked(cls, folder: Path, find_key: Callable[[keyfile.KeyFile], DataKey], terms: Terms) -> Vault:
        card = keyfile.read(folder)
        lock = InstanceLock(folder)
        try:
            key = doors.unlock(folder, card, find_key, terms.now)
            vault = cls._with_key(folder, lock, key, terms)
        except BaseException:
            lock.release()
            raise
        return vault.settled()

    @classmethod
    def _newly(cls, folder: Path, key: DataKey, terms: Terms) -> Vault:
        lock = InstanceLock(folder)
        try:
            return cls._with_key(folder, lock, key, terms)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _with_key(cls, folder: Path, lock: InstanceLock, key: DataKey, terms: Terms) -> Vault:
        store = opening.open_store(folder, key, terms.now)
        try:
            return cls(lock, store, key, terms)
        except BaseException:
            store.close()
            raise

    def settled(self) -> Vault:
        """Just opened. Closes it again when even that cannot be written."""
        try:
            self.settle_in(delays.right(self.folder))
        except BaseException:
            self.close()
            raise
        return self

    def settle_in(self, wrong_tries: int) -> None:
        """After opening: what happened at the door goes into the trail, and what a power cut left behind goes."""
        if wrong_tries:
            self.audit.add("failed_unlock", tries=wrong_tries)
        for notice in self.notices:
            self.audit.add("alarm", words=notice)
        self.attachments.sweep()
        self.know_council()

    def know_council(self, *, anew: bool = False) -> bool:
        """Gives the council's recovery key its slot once this laptop has joined; whether there is a new one."""
        found = [self.settings.get(name) for name in ("service", "officer", "device")]
        service, officer, device = (one if isinstance(one, dict) else {} for one in found)
        pem = service.get("recovery_public_pem")
        whose = Holder(str(officer.get("id", "")), str(officer.get("name", "")), str(device.get("id", "")))
        return isinstance(pem, str) and self.ways.set_council_key(pem, whose, anew=anew)
