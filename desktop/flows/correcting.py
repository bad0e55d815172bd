"""A correction beside a signed record: what is half written of it is kept until it is signed or discarded."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from casework.canonical import JSON
from desktop.flows import signing
from desktop.flows.desk import Desk

HALF_WRITTEN = "half_written_corrections"  # by record, on this laptop only: nobody has signed it yet


@dataclass(frozen=True, slots=True)
class Correction:
    question: str = ""
    words: str = ""
    reason: str = ""

    @property
    def is_begun(self) -> bool:
        return bool(self.words.strip() or self.reason.strip())


def keep(desk: Desk, record_id: str, correction: Correction) -> None:
    """Durable and encrypted; an empty one forgets what there was."""
    found = _all(desk)
    wanted: JSON = asdict(correction) if correction.is_begun else None
    if found.get(record_id) != wanted:
        rest: dict[str, JSON] = {name: kept for name, kept in found.items() if name != record_id}
        desk.vault.settings.put(HALF_WRITTEN, rest if wanted is None else {**rest, record_id: wanted})


def kept(desk: Desk, record_id: str) -> Correction:
    found = _all(desk).get(record_id)
    return Correction(**{name: str(text) for name, text in found.items()}) if isinstance(found, dict) else Correction()


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


def _all(desk: Desk) -> dict[str, JSON]:
    found = desk.vault.settings.get(HALF_WRITTEN, {})
    return found if isinstance(found, dict) else {}
