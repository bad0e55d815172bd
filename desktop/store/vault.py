"""The vault of one officer on one laptop: everything it holds, behind one passphrase."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from casework.identifiers import OfficerId
from casework.records import Operation, RecordView, Stamp
from casework.wire.council_recovery import Box
from desktop.store import backup, rekeying, vault_life
from desktop.store.attachments.attachment_files import Attachments
from desktop.store.database import opening
from desktop.store.database.remembered import (
    BACKUP_PLAN,
    DEVICE,
    LAST_BACKUP,
    OFFICER,
    SERVICE,
    BackupPlan,
    LastBackup,
)
from desktop.store.database.search_words import Wording
from desktop.store.database.settings import Settings
from desktop.store.disk import try_delays
from desktop.store.disk.errors import DiskFull, DiskReadOnly
from desktop.store.disk.keys import Argon2Cost, DataKey, calibrate
from desktop.store.disk.lock_file import InstanceLock
from desktop.store.disk.on_failure import on_failure
from desktop.store.exchange.colleagues_operations import Relay
from desktop.store.exchange.outbox import Outbox
from desktop.store.exchange.quarantine import Quarantine
from desktop.store.exchange.received_pages import Feed, Page
from desktop.store.exchange.repair import Mending
from desktop.store.exchange.written_before import WrittenBefore
from desktop.store.records.audit_trail import Audit
from desktop.store.records.children_at_rest import ChildrenAtRest
from desktop.store.records.children_read import ChildRead, by_child
from desktop.store.records.drafts import Draft, Drafts
from desktop.store.records.half_typed import HalfTyped
from desktop.store.records.histories import History
from desktop.store.records.records import Made, Place, Records
from desktop.store.records.search import Hit, Search
from desktop.store.records.summaries import Summaries, Summary
from desktop.store.unlock import keyfile
from desktop.store.unlock.passphrases import refuse_weak
from desktop.store.unlock.recovery_code import RecoveryCode
from desktop.store.unlock.ways_in import CouncilRecovery, Holder, Ways, by_code, by_passphrase
from desktop.store.vault_life import USUAL, Terms

__all__ = [
    "ChildRead", "CouncilRecovery", "Draft", "Hit", "Page", "Summary", "Terms", "Vault", "by_child",
]  # fmt: skip


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
        self.children = ChildrenAtRest(writer, readers)
        self._search = Search(readers, self._records.words)
        self.settings = Settings(writer, readers)
        self.drafts = Drafts(writer, readers)
        self.half_typed = HalfTyped(writer, readers)
        self.outbox = Outbox(writer, readers, self._records)
        self.quarantine = Quarantine(writer, readers, self._records)
        self.feed = Feed(writer, readers, self._records)
        self.relay = Relay(readers)
        self.before = WrittenBefore(readers, self.settings, self._records)
        self.mending = Mending(writer, readers, self._records)
        self.attachments = Attachments(store.folder, writer, readers)
        self.audit = Audit(writer, readers, key.subkey("audit"))
        self.ways = Ways(store.folder, key, audit=self.audit.add, now=terms.now)
        writer.actor = self.settings.get(OFFICER).id

    @classmethod
    def create(
        cls, folder: Path, passphrase: str, *, label: str, cost: Argon2Cost | None = None, terms: Terms = USUAL
    ) -> Vault:
        """A new, empty vault, built beside `folder` and moved there whole. Raises VaultExists, WeakPassphrase."""
        refuse_weak(passphrase)
        key = vault_life.build(folder, passphrase, label=label, cost=cost or calibrate(), terms=terms)
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
        key = vault_life.restore(backup, folder, passphrase, terms)
        vault = cls._newly(folder, key, terms)
        vault.audit.add("restored", backup=backup.name)
        return vault

    @classmethod
    def rescue(cls, source: Path, folder: Path, passphrase: str, *, terms: Terms = USUAL) -> Vault:
        """A store whose disk is full, or may not be written, as a vault in a new folder elsewhere. Raises
        WrongPassphrase, TooManyTries, VaultExists, VaultInUse."""
        with vault_life.held_if_possible(source):
            key = vault_life.rescue(source, folder, passphrase, terms)
        vault = cls._newly(folder, key, terms)
        vault.audit.add("rescued", source=source.name)
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
        with on_failure(lock.release):
            old = vault_life.unlock(folder, card, lambda found: by_passphrase(found, passphrase, terms.bounds), terms)
            ways = rekeying.NewWays.choose(folder, new_passphrase)
            key = rekeying.rekey(folder, old, ways, terms.now, progress)
            old.forget()
            vault = cls._with_key(folder, lock, key, terms)
        return vault.settled(), ways.code

    def close(self) -> None:
        """What was being saved is saved; then no connection and no key is left. Twice is harmless."""
        self._store.close()
        self.settings.close()
        self._key.forget()
        self._lock.release()

    def check_passphrase(self, passphrase: str) -> None:
        """Before signing, exporting and the like. Raises WrongPassphrase, TooManyTries."""
        with vault_life.counted_tries(self.folder, self._terms.uptime):
            by_passphrase(keyfile.read(self.folder), passphrase, self._terms.bounds).forget()
        try_delays.right(self.folder)

    def backup(self, to: Path) -> Path:
        """A new folder in `to`, read back and opened before it counts. Raises BackupFailed, DiskFull, DiskGone."""
        made = backup.make(self.folder, to, self._key, self._terms.now())
        with contextlib.suppress(DiskFull, DiskReadOnly):  # it counts, though this disk has no room to note it
            self.settings.put(LAST_BACKUP, LastBackup(self._terms.now().isoformat(timespec="seconds"), made.name))
            self.audit.add("backed_up", backup=made.name)
        return made

    def schedule_backups(self, to: Path | None, *, every_days: int = 7, keep: int = 4) -> None:
        """None ends them. `backup_if_due` does the work, whenever somebody calls it."""
        self.settings.put(BACKUP_PLAN, None if to is None else BackupPlan(str(to), every_days, keep))

    def backup_if_due(self) -> Path | None:
        """The new backup, or None when it is too early or none are planned; older ones beyond the plan are removed."""
        plan = backup.Plan.of(self.settings.get(BACKUP_PLAN), self.settings.get(LAST_BACKUP))
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
        vault_life.erase(self.folder)

    def author(self, compose: Callable[[Stamp], Operation], *, clears: Sequence[Place] = ()) -> Operation:
        """One transaction: a number and a time for the operation that `compose` makes of them, the operation, the view,
        the search, the outbox, the audit trail, and the drafts at `clears` gone. `compose` must touch no vault."""
        before = self.before
        return self._records.author(
            compose, device_id=before.device(), clears=clears, look=before.look(), waits=before.has_joined
        )

    def made_ready(self, operations: Iterable[Operation]) -> dict[str, Made]:
        """What can be made ready for `take` while another page is still being kept. On any thread."""
        return self._records.made_ready(operations)

    def take(
        self,
        operations: Iterable[Operation],
        *,
        page: Page | None = None,
        ready: Mapping[str, Made] | None = None,
    ) -> None:
        """From the central service: the operations, the cursor and the digests, or nothing. Raises StalePage."""
        self.feed.take(operations, page, ready)

    def word_by(self, wording: Wording, versions: Iterable[tuple[str, int]] = ()) -> None:
        """Which words can be searched for from now on; in records of these versions of forms, those of before too."""
        self._records.word_by(wording, versions)

    def catch_up(self) -> None:
        """What full pages brought is made ready to be searched; nobody waits for it but whoever searches meanwhile."""
        self._records.words.catch_up()

    def operations(self, record_id: str) -> tuple[Operation, ...]:
        return self._records.operations(record_id)

    def histories(self, record_ids: Sequence[str]) -> dict[str, History]:
        """By record, its view without drafts and its operations: for a list that would ask for each."""
        return self._records.histories.of(record_ids)

    def view(self, record_id: str, *, drafts: bool = False) -> RecordView:
        """What was said, or with `drafts` what is on the screen. A record nobody knows is an empty view."""
        typed = self.drafts.changes(record_id) if drafts else ()
        return self._records.working_view(record_id, typed) if typed else self._records.view(record_id)

    def summaries(self, *, form_id: str | None = None, child_id: str | None = None) -> list[Summary]:
        return self._summaries.find(form_id=form_id, child_id=child_id)

    def not_found(self) -> list[Summary]:
        """Episodes of children of whom nobody has said when they were found."""
        return self._summaries.not_found()

    def undecided(self) -> list[Summary]:
        """Records in which a person has to decide between two texts, or about one that came after the signature."""
        return self._summaries.undecided()

    def unsigned(self, form_ids: Iterable[str], *, most: int) -> list[Summary]:
        """The latest of these forms that nobody has signed, of the children whose own record is here."""
        return self._summaries.unsigned(form_ids, most)

    def latest(self, without: Iterable[str], most: int) -> list[Summary]:
        """Those that were changed last, but of these forms."""
        return self._summaries.latest(without, most)

    def named(self, record_ids: Iterable[str]) -> dict[str, Summary]:
        """Of these records those that are here, by id, in one reading."""
        return self._summaries.named(record_ids)

    def begun_by(self, record_ids: Sequence[str]) -> dict[str, OfficerId]:
        """Who began each of these records, by its id: an officer's id."""
        return self._summaries.begun_by(record_ids)

    def summary(self, record_id: str) -> Summary | None:
        return self._summaries.one(record_id)

    def search(self, text: str, limit: int = 20, *, near: bool = False) -> list[Hit]:
        return self._search.find(text, limit, near=near)

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
        with on_failure(lock.release):
            key = vault_life.unlock(folder, card, find_key, terms)
            vault = cls._with_key(folder, lock, key, terms)
        return vault.settled()

    @classmethod
    def _newly(cls, folder: Path, key: DataKey, terms: Terms) -> Vault:
        lock = InstanceLock(folder)
        with on_failure(lock.release):
            return cls._with_key(folder, lock, key, terms)

    @classmethod
    def _with_key(cls, folder: Path, lock: InstanceLock, key: DataKey, terms: Terms) -> Vault:
        store = opening.open_store(folder, key, terms.now)
        with on_failure(store.close):
            return cls(lock, store, key, terms)

    def settled(self) -> Vault:
        """Just opened. Closes it again when even that cannot be written."""
        with on_failure(self.close):
            self.settle_in(try_delays.right(self.folder))
        return self

    def settle_in(self, wrong_tries: int) -> None:
        """After opening: what happened at the door goes into the trail, and what a power cut left behind goes."""
        if wrong_tries:
            self.audit.add("failed_unlock", tries=wrong_tries)
        for notice in self.notices:
            self.audit.add("alarm", words=notice)
        self.attachments.sweep()
        self.know_council()
        self.catch_up()

    def know_council(self, *, anew: bool = False) -> bool:
        """Gives the council's recovery key its slot once this laptop has joined; whether there is a new one."""
        officer, pem = self.settings.get(OFFICER), self.settings.get(SERVICE).recovery_public_pem
        whose = Holder(officer.id, officer.name, self.settings.get(DEVICE).id)
        return bool(pem) and self.ways.set_council_key(pem, whose, anew=anew)
