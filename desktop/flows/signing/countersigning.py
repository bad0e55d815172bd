"""The manager's own signature in a PDF that its author sealed: later, on another laptop, once the check is given."""

from __future__ import annotations

from pathlib import Path

from casework.dates_in_words import day_and_time
from casework.errors import DocumentError, PasswordWanted
from casework.practice.roles import role_name
from desktop.documents.counter_signature import shown_on_paper
from desktop.documents.sealing import countersign_pdf, room_left
from desktop.flows.desk import Desk
from desktop.flows.signing.checking import approved_by_me
from desktop.flows.signing.lasting import lasting
from desktop.flows.signing.officer_identity import identity
from desktop.flows.signing.pdf_check import verify
from desktop.paths import fonts, write_new
from judgement.verdict import Verdict

_SUFFIX = "-checked"


def name_beside(file: Path) -> Path:
    """Where the signed one goes: what the author sealed stays as it is."""
    return file.with_name(f"{file.stem}{_SUFFIX}{file.suffix}")


def countersign(desk: Desk, file: Path, to: Path) -> str:
    """Returns what can be said of the file it wrote. Raises DocumentError; then nothing is written."""
    verdict = _verdict(desk, file)
    sealed, found = file.read_bytes(), verdict.attached
    room = room_left(sealed)
    if not verdict.good or found is None:
        message = f"{verdict.sentence} So it cannot be signed."
        raise DocumentError(message)
    if room is None:
        message = "There is no room left in it for a manager’s signature. Ask its author for the full copy, made anew."
        raise DocumentError(message)
    if not approved_by_me(desk, found.record):
        message = "Give the check first, and approve it: what you sign in the PDF is that check."
        raise DocumentError(message)
    officer, now = desk.officer, desk.now()
    laptop = f"laptop {desk.device.name}" if desk.device.name else "the laptop used"
    stands = f"{role_name(officer.role)}, {officer.council}"
    shown = shown_on_paper(officer.name, (stands, f"{day_and_time(now)}, by the clock of {laptop}"), room, fonts())
    signed = countersign_pdf(sealed, identity(desk), shown=shown, reason="Checked", place=officer.council, at=now)
    made = lasting(desk, signed)
    write_new(to, made.data)
    desk.vault.audit.add("countersigned", record=found.record, copy=found.copy)
    return f"{verify(to, desk).sentence} {made.sentence}"


def _verdict(desk: Desk, file: Path) -> Verdict:
    """A copy with a password goes to a reader as it is: no room is left in it."""
    try:
        return verify(file, desk)
    except PasswordWanted as error:
        message = "A copy with a password takes no manager’s signature. Ask its author for one without, and sign that."
        raise DocumentError(message) from error
