"""A correction beside a signed record: what is half written of it is kept until it is signed or discarded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.flows.desk import Desk
from desktop.flows.record.editing import Saved
from desktop.flows.signing import signing
from desktop.store.database.remembered import Setting


@dataclass(frozen=True, slots=True)
class Correction:
    question: str = ""
    words: str = ""
    reason: str = ""

    @property
    def is_begun(self) -> bool:
        return bool(self.question or self.words or self.reason)


# By record, on this laptop only: nobody has signed it yet.
HALF_WRITTEN: Setting[Mapping[str, Correction]] = Setting("half_written_corrections", dict[str, Correction], {})


def keep(desk: Desk, record_id: str, correction: Correction) -> None:
    """Durable and encrypted; an empty one forgets what there was."""
    found = desk.vault.settings.get(HALF_WRITTEN)
    wanted = correction if correction.is_begun else None
    if found.get(record_id) != wanted:
        rest = {name: kept for name, kept in found.items() if name != record_id}
        desk.vault.settings.put(HALF_WRITTEN, rest if wanted is None else {**rest, record_id: wanted})


def keep_part(desk: Desk, record_id: str, part: str, words: str) -> Saved:
    """One of its boxes, as it stands."""
    keep(desk, record_id, replace(kept(desk, record_id), **{part: words}))
    return Saved(record_id, part, desk.now())


def kept(desk: Desk, record_id: str) -> Correction:
    return desk.vault.settings.get(HALF_WRITTEN).get(record_id, Correction())


def sign(desk: Desk, record_id: str, correction: Correction, *, name: str, passphrase: str) -> str:
    """Raises SignatureRefused and WrongPassphrase; then it is still kept."""
    signed = signing.amend(
        desk,
        record_id,
        question=correction.question,
        value=correction.words.strip(),
        reason=correction.reason,
        name=name,
        passphrase=passphrase,
    )
    keep(desk, record_id, Correction())
    return signed
