"""The vault of one officer on one laptop: everything it holds, behind one passphrase."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from casework.errors import NotJoined
from casework.records import Operation, RecordView, Stamp
from desktop.store import database, delays, keyfile, opening
from desktop.store.audit import Audit
from desktop.store.drafts import Draft, Drafts
from desktop.store.errors import KeyFileDamaged, VaultError, WrongPassphrase
from desktop.store.feed import Feed, Page
from desktop.store.files import built_beside
from desktop.store.instance import InstanceLock
from desktop.store.keys import SAFE, Argon2Cost, Bounds, DataKey, calibrate
from desktop.store.outbox import Outbox
from desktop.store.records import Place, Records
from desktop.store.search import Hit, Search
from desktop.store.settings import Settings, officer_of
from desktop.store.slots import damaged, open_passphrase, passphrase_slot
from desktop.store.summaries import Summaries, Summary
from desktop.store.wording import Wording, plain_wording

__all__ = ["Draft", "Hit", "Page", "Summary", "Vault", "VaultCard", "vaults"]


def local_now() -> datetime:
    """With the offset of this laptop's time zone."""
    return datetime.now().astimezone()


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


@dataclass(frozen=True, slots=True)
class Terms:
    """What the world around a vault is: its clock, the costs it accepts, and which words can be searched for."""

    now: opening.Now = local_now
    bounds: Bounds = SAFE
    wording: Wording = plain_wording


USUAL = Terms()


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
        self.feed = Feed(writer, readers, self._records)
        self.audit = Audit(writer, readers, key.subkey("audit"))
        writer.actor = officer_of(self.settings.get("officer"))

    @classmethod
    def create(
        cls, folder: Path, passphrase: str, *, label: str, cost: Argon2Cost | None = None, terms: Terms = USUAL
    ) -> Vault:
        """A new, empty vault, built beside `folder` and moved there whole. Raises VaultExists, WeakPassphrase."""
        chosen = cost or calibrate()
        terms.bounds.check(chosen)
        key = DataKey.fresh()
        at = terms.now().isoformat(timespec="seconds")
        card = keyfile.KeyFile.fresh(label, at)
        card = card.with_slot(passphrase_slot(card.vault_id, key, passphrase, chosen, at))
        with built_beside(folder) as making:
            opening.make(making / database.NAME, key, terms.now)
            keyfile.write(making, card.sealed(key.subkey("keyfile")))
        return cls._with_key(folder, InstanceLock(folder), key, terms)

    @classmethod
    def open(cls, folder: Path, passphrase: str, *, terms: Terms = USUAL) -> Vault:
        """Raises WrongPassphrase, TooManyTries and the other VaultErrors: each a sentence for whoever stands there."""
        return cls._unlocked(folder, lambda card: _by_passphrase(card, passphrase, terms.bounds), terms)

    def close(self) -> None:
        """What was being saved is saved; then no connection and no key is left. Twice is harmless."""
        self._store.close()
        self._key.forget()
        self._lock.release()

    def check_passphrase(self, passphrase: str) -> None:
        """Before signing, exporting and the like. Raises WrongPassphrase, TooManyTries."""
        with counted_tries(self.folder, self._terms.now):
            _by_passphrase(keyfile.read(self.folder), passphrase, self._terms.bounds).forget()
        delays.right(self.folder)

    def author(self, compose: Callable[[Stamp], Operation], *, clears: Sequence[Place] = ()) -> Operation:
        """One transaction: a number and a time for the operation that `compose` makes of them, the operation, the view,
        the search, the outbox, the audit trail, and the drafts at `clears` gone. `compose` must touch no vault."""
        return self._records.author(compose, device_id=self._device(), clears=clears)

    def take(self, operations: Iterable[Operation], *, page: Page | None = None) -> None:
        """From the central service: the operations, the cursor and the digests, or nothing. Raises StalePage."""
        self.feed.take(operations, page)

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
    def _unlocked(cls, folder: Path, find_key: Callable[[keyfile.KeyFile], DataKey], terms: Terms) -> Vault:
        card = keyfile.read(folder)
        lock = InstanceLock(folder)
        try:
            with counted_tries(folder, terms.now):
                key = find_key(card)
            _refuse_forged(card, key)
            keyfile.is_mended(folder, card)
            vault = cls._with_key(folder, lock, key, terms)
        except BaseException:
            lock.release()
            raise
        vault.greet(delays.right(folder))
        return vault

    @classmethod
    def _with_key(cls, folder: Path, lock: InstanceLock, key: DataKey, terms: Terms) -> Vault:
        store = opening.open_store(folder, key, terms.now)
        return cls(lock, store, key, terms)

    def greet(self, wrong_tries: int) -> None:
        """What happened at the door while it was shut goes into the trail."""
        if wrong_tries:
            self.audit.add("failed_unlock", tries=wrong_tries)
        for notice in self.notices:
            self.audit.add("alarm", words=notice)


@contextlib.contextmanager
def counted_tries(folder: Path, now: opening.Now) -> Iterator[None]:
    """Raises TooManyTries too early; counts a wrong one."""
    delays.refuse_early(folder, now())
    try:
        yield
    except WrongPassphrase:
        delays.wrong(folder, now())
        raise


def _by_passphrase(card: keyfile.KeyFile, passphrase: str, bounds: Bounds) -> DataKey:
    for slot in card.of_kind("passphrase"):
        return open_passphrase(slot, card.vault_id, passphrase, bounds)
    raise damaged()


def _refuse_forged(card: keyfile.KeyFile, key: DataKey) -> None:
    if not card.is_sealed_by(key.subkey("keyfile")):
        message = (
            "The key file of this store has been changed by somebody who did not have the passphrase. "
            "Restore it from your last backup, and tell your administrator."
        )
        raise KeyFileDamaged(message)
